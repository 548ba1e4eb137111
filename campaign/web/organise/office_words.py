"""An office's words in each language, and what it asks for: two forms on a page of their own."""

from collections.abc import Callable

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from campaign.domain import inventory
from campaign.domain import office as offices
from campaign.domain.cause import DAYS, Cause, Official
from campaign.domain.piece import Name
from campaign.errors import InputRefusedError, Problem, StaleEditError, WordsRefusedError
from campaign.services import whole
from campaign.services.edit import edit
from campaign.web import here
from campaign.web.organise import chosen
from campaign.web.organise.gate import needs
from campaign.web.organise.offices import LIST, by, done, told

blueprint = Blueprint("organise_office_words", __name__)

_WORDS = f"{LIST}<state>/<office>/words/"


def _cause() -> Cause:
    slug = chosen.edition().cause.slug
    with here.parts().reading() as session:
        return whole.whole(session, slug)


def _version(cause: Cause, state: str, office: str) -> str:
    return inventory.pieces(cause)[Name("official", f"{state}/{office}")].version


@blueprint.get(_WORDS)
@needs("offices")
def show(state: str, office: str) -> str:
    """Show an office's words in a language, and what it asks for. Raises NotFoundError."""
    return _page(state, office)


def _page(state: str, office: str, problems: tuple[Problem, ...] = ()) -> str:
    cause = _cause()
    official = offices.find(cause, state, office)
    known = next(one for one in cause.states if one.slug == state)
    said = request.args.get("language") or g.fields.get("language", "")
    language = said if said in cause.languages else known.languages[0]
    kind = next(one for one in cause.office_kinds if one.office == office)
    typed = g.fields if problems else {}
    return render_template(
        "organise/office_words.html",
        cause=cause,
        state=known,
        official=official,
        kind=kind,
        language=language,
        words=offices.words(official, language) | (typed if typed.get("do") == "words" else {}),
        facts=offices.facts(official) | (typed if typed.get("do") == "facts" else {}),
        genders=offices.GENDERS,
        days=DAYS,
        seen=typed.get("seen") or _version(cause, state, office),
        problems=problems,
    )


@blueprint.post(_WORDS)
@needs("offices", fresh=True)
def change(state: str, office: str) -> Response | tuple[str, int]:
    """Change an office's words in a language, or what it asks for. Raises NotFoundError."""
    fields, slug = dict(g.fields), chosen.edition().cause.slug
    seen = {Name("official", f"{state}/{office}"): fields.get("seen", "")}
    try:
        make = offices.changed(state, office, _changed(fields))
        result = edit(here.parts(), slug, by(), make, seen=seen, what="official.words")
    except InputRefusedError as refused:
        return _page(state, office, refused.problems), 422
    except WordsRefusedError as refused:
        return _page(state, office, told(refused)), 422
    except StaleEditError:
        g.fields["seen"] = ""
        return _page(state, office, (Problem("reason", "E-OFFICE-STALE"),)), 409
    return done("changed" if result.changes else "same", state, office)


def _changed(fields: dict[str, str]) -> Callable[[Official], Official]:
    """What the form asks to make of an office. What it gives raises InputRefusedError."""
    if fields.get("do") == "words":
        return lambda official: offices.with_words(official, fields.get("language", ""), fields)
    return lambda official: offices.with_facts(official, fields)
