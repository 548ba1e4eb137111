"""A state's page: the letter, and the form that signs it."""

from flask import Blueprint
from werkzeug.wrappers import Response

from campaign.web import here
from campaign.web.kept import kept
from campaign.web.paths import LANGUAGE
from campaign.web.public import signing

blueprint = Blueprint("sign", __name__)

_STATE = f"/{LANGUAGE}/<slug:campaign>/<slug:state>/"


@blueprint.get(_STATE)
def show(lang: str, campaign: str, state: str) -> str:
    """Show a state's letter with an empty form; the page is the same for everyone."""
    edition, chosen = here.state(campaign, state)
    return kept(edition, lambda: signing.show(edition, chosen, lang))


@blueprint.post(_STATE)
def act(lang: str, campaign: str, state: str) -> Response | tuple[str, int] | str:
    """Sign, or show what would be signed, or go back to the form; what is wrong comes back with what was typed."""
    return signing.act(*here.state(campaign, state), lang)


@blueprint.get(_STATE + "sent/")
def sent(lang: str, campaign: str, state: str) -> str:  # noqa: ARG001  its address says the language
    """Say that a mail is under way: one page, the same whoever signed before."""
    return signing.sent(here.state(campaign, state)[1])


@blueprint.get(_STATE + "logged/")
def logged(lang: str, campaign: str, state: str) -> str:  # noqa: ARG001  its address says the language
    """Say what a letter that somebody sent themselves is counted as: one page, the same for everyone."""
    return signing.logged(here.state(campaign, state)[1])
