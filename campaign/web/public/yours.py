"""One's own page: asked for by an address, opened by a link that its mailbox gets, and good for two hours."""

import json

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from campaign.domain import schedule
from campaign.domain.edition import Edition, StateEdition
from campaign.errors import InputRefusedError, NotFoundError, TokenError
from campaign.outside.words import LANGUAGES
from campaign.services import correct as corrects
from campaign.services import reach as reaches
from campaign.services import take as takes
from campaign.services import yours
from campaign.web import here
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("yours", __name__)

_ASK = f"/{LANGUAGE}/<slug:campaign>/yours/"
OWN = f"/{LANGUAGE}/yours/<token>/"
HOURS = schedule.YOURS_LIFE // schedule.HOUR


def lost(error: TokenError) -> tuple[str, int]:
    """Say that a link opens nothing, with the form that sends a new one."""
    return render_template("public/yours_link.html", is_over=str(error) == "expired"), 404


blueprint.register_error_handler(TokenError, lost)


def _edition(slug: str) -> Edition:
    """The campaign at hand: one that is over too, for what it keeps of people is theirs still. Raises NotFoundError."""
    found = here.parts().editions.current(slug)
    if here.paths().language not in found.cause.languages:
        raise NotFoundError(slug)
    return here.frame(found)


@blueprint.get(_ASK)
def ask(lang: str, campaign: str) -> str:  # noqa: ARG001  its address says the language
    """Ask for an address; the page is the same for everyone."""
    _edition(campaign)
    return render_template("public/yours_ask.html", email="", problem=None)


@blueprint.post(_ASK)
def send(lang: str, campaign: str) -> Answer | tuple[str, int]:  # noqa: ARG001
    """Send a link to the address if somebody signed with it; the answer never tells whether."""
    edition = _edition(campaign)
    email = g.fields.get("email", "")
    try:
        reaches.reach(here.parts(), edition, email, request.remote_addr or "")
    except InputRefusedError as refused:
        return render_template("public/yours_ask.html", email=email, problem=refused.problems[0]), 422
    return redirect(here.paths().yours() + "sent/", 303)


@blueprint.get(_ASK + "sent/")
def sent(lang: str, campaign: str) -> str:  # noqa: ARG001
    """Say where to look: one page, the same whoever asked."""
    _edition(campaign)
    return render_template("public/yours_sent.html", hours=HOURS, has_mailbox=here.parts().settings.has_mailbox)


@blueprint.get(f"/{LANGUAGE}/yours/")
def cut(lang: str) -> str:
    """A link that lost its token on the way. Raises TokenError."""
    here.first()
    raise TokenError(f"yours {lang}")


@blueprint.get(OWN)
@blueprint.get(OWN + "<any(corrected, spoken, kept):said>/")
def show(lang: str, token: str, said: str = "") -> str:
    """Show what is kept and what became of it; `said` is what a press before has done. Nothing changes."""
    edition = here.of_link("yours", token)
    opened = yours.opened(here.parts(), token, lang)
    return render_template(
        "public/yours.html",
        token=token,
        opened=opened,
        said=said,
        titles={one.state.state.slug: titles(one.state, lang) for one in opened.signatures},
        speaks=[(code, name) for code, name in LANGUAGES.items() if code in edition.cause.languages],
    )


@blueprint.post(OWN + "language/")
def speak(lang: str, token: str) -> Answer:
    """Choose the language of mails."""
    here.of_link("yours", token)
    corrects.speak(here.parts(), token, g.fields.get("language", ""))
    return redirect(f"/{lang}/yours/{token}/spoken/", 303)


@blueprint.get(OWN + "data/")
def data(lang: str, token: str) -> str:  # noqa: ARG001
    """Show everything that is kept, by the names that the file has for it."""
    here.of_link("yours", token)
    return render_template("public/yours_data.html", token=token, facts=takes.take(here.parts(), token))


@blueprint.get(OWN + "data.json")
def file(lang: str, token: str) -> Response:  # noqa: ARG001
    """Hand everything that is kept out as a file."""
    edition = here.of_link("yours", token)
    said = json.dumps(takes.take(here.parts(), token), ensure_ascii=False, indent=2)
    answer = Response(said + "\n", mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{edition.cause.slug}.json")
    return answer


def titles(state: StateEdition, language: str) -> dict[str, str]:
    """What each office of a state is called in a language."""
    letter = state.letter(language, here.today()) or state.letter("en", here.today())
    return {one.office: letter.title(one.office) if letter else one.office for one in state.officials}
