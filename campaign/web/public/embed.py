"""What another site's page may hold in a frame: a state's letter with its form, and the count with its goal.

Who may hold it, the headers say (`web/headers`). What a mail leads to, confirming above all, is never in a frame.
"""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from campaign.domain.edition import Edition, StateEdition
from campaign.services import count as counting
from campaign.web import headers, here
from campaign.web.kept import kept
from campaign.web.paths import LANGUAGE
from campaign.web.public import signing

blueprint = Blueprint(headers.FRAMED, __name__)

_CAMPAIGN = f"/{LANGUAGE}/<slug:campaign>/embed/"
_STATE = f"/{LANGUAGE}/<slug:campaign>/<slug:state>/embed/"


@blueprint.get(_CAMPAIGN)
def count(lang: str, campaign: str) -> str:  # noqa: ARG001  its address says the language
    """Show the count with its goal, and the way to the campaign."""
    here.stand("embed")
    edition = here.edition(campaign)
    return kept(edition, lambda: _count(edition))


def _count(edition: Edition) -> str:
    return render_template(
        "public/embed.html",
        counts=counting.public(here.parts(), edition),
        is_open=edition.is_open(here.today()),
    )


def _state(campaign: str, state: str) -> tuple[Edition, StateEdition]:
    """The state whose form stands in another site's page. Raises NotFoundError."""
    here.stand("embed")
    return here.state(campaign, state)


@blueprint.get(_STATE)
def show(lang: str, campaign: str, state: str) -> str:
    """Show a state's letter with an empty form; the page is the same for everyone, whichever page holds it."""
    edition, chosen = _state(campaign, state)
    return kept(edition, lambda: signing.show(edition, chosen, lang))


@blueprint.post(_STATE)
def act(lang: str, campaign: str, state: str) -> Response | tuple[str, int] | str:
    """Sign, or show what would be signed, or go back to the form; all of it within the frame."""
    return signing.act(*_state(campaign, state), lang)


@blueprint.get(_STATE + "sent/")
def sent(lang: str, campaign: str, state: str) -> str:  # noqa: ARG001  its address says the language
    """Say that a mail is under way: one page, the same whoever signed before."""
    return signing.sent(_state(campaign, state)[1])


@blueprint.get(_STATE + "logged/")
def logged(lang: str, campaign: str, state: str) -> str:  # noqa: ARG001  its address says the language
    """Say what a letter that somebody sent themselves is counted as: one page, the same for everyone."""
    return signing.logged(_state(campaign, state)[1])
