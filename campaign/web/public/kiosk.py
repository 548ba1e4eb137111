"""A tablet at a stall, on which many people sign, one after the other: nothing of anybody stays on it."""

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from campaign.errors import NotFoundError, TokenError
from campaign.services import lend
from campaign.web import here, opening, source
from campaign.web.paths import LANGUAGE
from campaign.web.public import reading, signing

blueprint = Blueprint("kiosk", __name__)

STAY = 20  # seconds that the page after signing stays
IDLE = 60  # seconds without a touch, after which a page asks whether anybody is there
WAIT = 20  # seconds that it then waits for an answer
_KIOSK = f"/{LANGUAGE}/kiosk/<token>/"
_STATE = f"{_KIOSK}<slug:state>/"
_ACTS = ("", "preview", "edit")  # what is made to take home, and what one says one did there, is not for a tablet


@blueprint.app_context_processor
def times() -> dict[str, int]:
    """How long a tablet's pages wait: what its frame asks for, around pages of errors too."""
    return {"kiosk_idle": IDLE, "kiosk_wait": WAIT}


@blueprint.url_value_preprocessor
def stay(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Put the tablet's frame around pages of errors that come before it is found: a form too long, no database."""
    here.stand("kiosk", (values or {}).get("token", ""))


@blueprint.before_request
def enter() -> tuple[str, int] | None:
    """Find the tablet's campaign, and put its own frame around every page; a link that has ended opens nothing.

    Raises TokenError where it is not genuine, NotFoundError where the campaign is gone or not in this language.
    """
    token = (request.view_args or {}).get("token", "")
    try:
        found = lend.lent(here.parts(), token)
    except TokenError:
        here.stand("page")
        here.first()
        raise
    here.edition(found.campaign)
    source.hold(found.source)
    return (render_template("kiosk/over.html"), 410) if found.is_over else None


@blueprint.get(_KIOSK)
def start(lang: str, token: str) -> str:  # noqa: ARG001  the tablet was found before
    """Show the cause in two sentences, and the states to choose from."""
    edition = here.of_request()
    standings = {one.state.code: one.standing("apmbc", here.today()) for one in edition.states}
    return render_template(
        "kiosk/start.html", states=edition.states, standings=standings, is_open=edition.is_open(here.today())
    )


@blueprint.get(f"{_KIOSK}privacy/")
def privacy(lang: str, token: str) -> str:  # noqa: ARG001  as above
    """Show what becomes of what people type."""
    found = reading.read(here.of_request().cause, "privacy", lang)
    if found is None:
        raise NotFoundError("privacy")
    return render_template("public/page.html", reading=found)


@blueprint.get(_STATE)
def show(lang: str, token: str, state: str) -> str:  # noqa: ARG001  as above
    """Show a state's letter with an empty form."""
    edition, chosen = here.state(here.of_request().cause.slug, state)
    opening.count(edition.campaign_id, chosen.id, lang, source.held())
    return signing.show(edition, chosen, lang)


@blueprint.post(_STATE)
def act(lang: str, token: str, state: str) -> Response | tuple[str, int] | str:  # noqa: ARG001  as above
    """Sign, or show what would be signed, or go back to the form. Raises NotFoundError for anything else."""
    if g.fields.get("do", "") not in _ACTS:
        raise NotFoundError
    return signing.act(*here.state(here.of_request().cause.slug, state), lang)


@blueprint.get(f"{_STATE}sent/")
def sent(lang: str, token: str, state: str) -> str:  # noqa: ARG001  as above
    """Say that a mail is under way; the page goes back to the start by itself."""
    _, chosen = here.state(here.of_request().cause.slug, state)
    return render_template(
        "kiosk/sent.html",
        state=chosen.state,
        mail_from=here.parts().settings.mail_from,
        stay=STAY,
        returns=f"{STAY};url={here.paths().campaign()}",
    )
