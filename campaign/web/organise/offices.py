"""The directory of offices, on the organisers' side: what is known of each, and what is done about it."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain import office as offices
from campaign.domain.courtesy import TAKES
from campaign.errors import InputRefusedError, NotFoundError, Problem, WordsRefusedError
from campaign.services import directory, halt
from campaign.services.edit import By, edit
from campaign.services.takes import take
from campaign.services.verify import set_email, verify
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_offices", __name__)

LIST = "/organise/offices/"
_ONE = f"{LIST}<state>/<office>/"
_SAID = ("set", "verified", "suspended", "lifted", "takes", "changed", "same", "added", "retired")


def by() -> By:
    """Who presses, and why."""
    return By(gate.login().organiser_id, g.fields.get("reason", ""))


def done(said: str, *names: str, **told: str) -> Response:
    """Lead to the list, or to an office's page, which then says what was done."""
    path = LIST + "".join(f"{name}/" for name in names)
    return redirect(chosen.at(path, said=said, **told), 303)


@blueprint.get(LIST)
@needs("offices")
def show() -> str:
    """List every office, or those that a filter in the address shows."""
    return _list()


def _list(problems: tuple[Problem, ...] = ()) -> str:
    edition = chosen.edition()
    wanted = next((one for one in directory.FILTERS if one == request.args.get("filter")), None)
    said = request.args.get("said", "")
    return render_template(
        "organise/offices.html",
        edition=edition,
        found=directory.listed(here.parts(), edition, wanted),
        wanted=wanted or "",
        filters=directory.FILTERS,
        said=said if said in (*_SAID, "imported") else "",
        count=request.args.get("count", "") if request.args.get("count", "").isdigit() else "0",
        addable={one.state.slug: offices.addable(edition.cause, one.state) for one in edition.states},
        problems=problems,
    )


@blueprint.get(_ONE)
@needs("offices")
def one(state: str, office: str) -> str:
    """Show one office. Raises NotFoundError."""
    return page(state, office)


def page(state: str, office: str, problems: tuple[Problem, ...] = ()) -> str:
    """Draw an office's page, with what was refused where something was."""
    edition = chosen.edition()
    said = request.args.get("said", "")
    letters = request.args.get("letters", "")
    return render_template(
        "organise/office.html",
        edition=edition,
        whole=directory.whole(here.parts(), edition, state, office, gate.login().organiser_id),
        takes=TAKES,
        typed=g.fields if problems else {},
        problems=problems,
        said=said if said in _SAID else "",
        letters=int(letters) if letters.isascii() and letters.isdigit() and len(letters) < 10 else 0,
    )


@blueprint.post(_ONE)
@needs("offices", fresh=True)
def change(state: str, office: str) -> Response | tuple[str, int]:
    """Set or verify its address, let its letters go again, or write down how it wants them. Raises NotFoundError."""
    slug = chosen.edition().cause.slug
    try:
        said, letters = _change(slug, state, office)
    except InputRefusedError as refused:
        return page(state, office, refused.problems), 422
    return done(said, state, office, letters=str(letters or ""))


def _change(slug: str, state: str, office: str) -> tuple[str, int]:
    """Do what the button says: the word for it, and how many letters it moved. Raises InputRefusedError."""
    parts, fields, who = here.parts(), g.fields, gate.login().organiser_id
    do, reason = fields.get("do", ""), fields.get("reason", "")
    if do == "set":
        set_email(parts, slug, state, office, fields.get("email", ""), fields.get("source", ""), who)
        return "set", 0
    if do == "verify":
        return "verified", verify(parts, slug, state, office, who, fields.get("seen", "") or "-").released
    if do == "lift":
        return "lifted", halt.let_go(parts, slug, state, office, reason, who).letters
    takes = next((one for one in TAKES if one == fields.get("takes")), None)
    if do != "takes" or takes is None:
        raise NotFoundError(do)
    return "takes", take(parts, slug, state, office, takes, reason, who).letters


@blueprint.post(_ONE + "suspend/")
@needs("offices")
def suspend(state: str, office: str) -> Response | tuple[str, int]:
    """Hold its letters at once; no password is asked for again. Raises NotFoundError."""
    slug, by_whom = chosen.edition().cause.slug, by()
    try:
        halted = halt.suspend(here.parts(), slug, state, office, by_whom.reason, by_whom.who)
    except InputRefusedError as refused:
        return page(state, office, refused.problems), 422
    return done("suspended", state, office, letters=str(halted.letters or ""))


@blueprint.post(LIST)
@needs("offices", fresh=True)
def add() -> Response | tuple[str, int]:
    """Add an office to a state, or take one out of it. Raises NotFoundError."""
    slug, fields = chosen.edition().cause.slug, g.fields
    state, _, office = fields.get("office", "").partition("/")
    is_new = fields.get("do") == "add"
    make = offices.added(state, office, here.today()) if is_new else offices.removed(state, office)
    try:
        edit(here.parts(), slug, by(), make, what="official.add" if is_new else "official.retire")
    except InputRefusedError as refused:
        return _list(refused.problems), 422
    except WordsRefusedError as refused:
        return _list(told(refused)), 422
    return done("added", state, office) if is_new else done("retired")


def told(refused: WordsRefusedError) -> tuple[Problem, ...]:
    """What the rules of a campaign's folder have against a change, as problems of a form."""
    return tuple(Problem("reason", "E-OFFICE-RULES", {"what": one.what}) for one in refused.faults)
