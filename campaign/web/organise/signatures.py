"""Signatures looked for by what is known of them, one of them, and, for whoever may, what is kept of a person."""

from flask import Blueprint, g, render_template, request

from campaign.domain import search as searches
from campaign.domain.arrows import SIGNATURE_STATUSES
from campaign.domain.rule import REVIEWS
from campaign.errors import InputRefusedError, Problem
from campaign.services import access, find
from campaign.services import erase as erasing
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_signatures", __name__)


@blueprint.get("/organise/signatures/")
@needs("moderate")
def show() -> str | tuple[str, int]:
    """Show signatures that the filters in the address mean, the newest first."""
    edition = chosen.edition()
    try:
        search = searches.read(request.args, edition)
        return _page(find.find(here.parts(), edition, search, request.args.get("after", "")[:32]))
    except InputRefusedError as refused:
        return _page(find.Page((), ""), refused.problems), 422


def _page(page: find.Page, problems: tuple[Problem, ...] = ()) -> str:
    return render_template(
        "organise/signatures.html",
        page=page,
        problems=problems,
        asked={name: request.args.get(name, "") for name in searches.FIELDS},
        statuses=SIGNATURE_STATUSES,
        reviews=[one for one in REVIEWS if one],
        known_marks=searches.MARKED,
    )


@blueprint.get("/organise/signatures/<signature>/")
@needs("moderate")
def one(signature: str) -> str:
    """Show one signature and its letters' fate; nothing of the person."""
    edition = chosen.edition()
    return render_template("organise/signature.html", one=find.look_at(here.parts(), edition, signature[:32]))


@blueprint.get("/organise/people/")
@needs("people", fresh=True)
def people() -> str:
    """Ask for an address, and why."""
    return _people()


def _people(
    person: access.Person | None = None,
    problems: tuple[Problem, ...] = (),
    *,
    is_asked: bool = False,
    erased: erasing.Erased | None = None,
) -> str:
    return render_template(
        "organise/people.html",
        person=person,
        problems=problems,
        is_asked=is_asked,
        erased=erased,
        typed=g.fields,
        most=access.MAX_REASON,
    )


@blueprint.post("/organise/people/")
@needs("people", fresh=True)
def look_up() -> str | tuple[str, int]:
    """Show what is kept of an address; nobody's address is ever in one of ours, so this page follows no redirect."""
    try:
        found = access.look_up(
            here.parts(), gate.login().organiser_id, g.fields.get("email", ""), g.fields.get("reason", "")
        )
    except InputRefusedError as refused:
        return _people(problems=refused.problems), 422
    return _people(found, is_asked=True)


@blueprint.post("/organise/people/erase/")
@needs("people", fresh=True)
def erase() -> str | tuple[str, int]:
    """Remove all that is kept of an address; as where it is looked up, this page follows no redirect."""
    try:
        erased = erasing.erase(
            here.parts(), gate.login().organiser_id, g.fields.get("email", ""), g.fields.get("reason", "")
        )
    except InputRefusedError as refused:
        return _people(problems=refused.problems), 422
    return _people(erased=erased)
