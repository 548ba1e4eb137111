"""On the street, on the organisers' side: links for tablets at stalls, and signatures on paper, counted apart."""

import datetime as dt

from flask import Blueprint, g, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from campaign.domain import street
from campaign.errors import InputRefusedError
from campaign.outside.pdf import code
from campaign.services import enter_paper, lend
from campaign.services.enter_paper import Counted
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_street", __name__)

_SAID = ("ended", "entered", "undone")


@blueprint.get("/organise/street/")
@needs("campaigns")
def show() -> str:
    """List tablets and counts on paper, and show the forms for another of each."""
    said = request.args.get("said", "")
    return _page(said=said if said in _SAID else "")


def _page(refused: InputRefusedError | None = None, link: str = "", said: str = "") -> str:
    parts, edition = here.parts(), chosen.edition()
    return render_template(
        "organise/street.html",
        edition=edition,
        devices=lend.listed(parts, edition),
        sheets=enter_paper.listed(parts, edition),
        link=link,
        drawing=Markup(code(link)) if link else "",  # noqa: S704  drawn here, of an address of ours
        said=said,
        problems=refused.problems if refused is not None else (),
        fields=g.fields if refused is not None else {},
        today=here.today(),
        limits=street,
    )


@blueprint.post("/organise/street/devices/")
@needs("campaigns")
def lend_out() -> tuple[str, int] | str:
    """Make a tablet's link and show it this once."""
    days = _number(g.fields.get("days", ""))
    try:
        link = lend.lend(here.parts(), chosen.edition(), gate.login().organiser_id, g.fields.get("name", ""), days)
    except InputRefusedError as refused:
        return _page(refused), 422
    return _page(link=link)


@blueprint.post("/organise/street/devices/end/")
@needs("campaigns")
def end() -> Response:
    """End a tablet's link at once. Raises NotFoundError."""
    lend.end(here.parts(), chosen.edition(), gate.login().organiser_id, g.fields.get("device", ""))
    return redirect(chosen.at("/organise/street/", said="ended"), 303)


@blueprint.post("/organise/street/paper/")
@needs("campaigns")
def enter() -> Response | tuple[str, int]:
    """Enter how many signed on paper."""
    fields = g.fields
    counted = Counted(
        fields.get("state", ""), _day(fields.get("day", "")), _number(fields.get("count", "")), fields.get("place", "")
    )
    try:
        enter_paper.enter_paper(here.parts(), chosen.edition(), gate.login().organiser_id, counted)
    except InputRefusedError as refused:
        return _page(refused), 422
    return redirect(chosen.at("/organise/street/", said="entered"), 303)


@blueprint.post("/organise/street/paper/undo/")
@needs("campaigns")
def undo() -> Response:
    """Take a count on paper back. Raises NotFoundError."""
    enter_paper.undo(here.parts(), chosen.edition(), gate.login().organiser_id, g.fields.get("sheet", ""))
    return redirect(chosen.at("/organise/street/", said="undone"), 303)


def _number(said: str) -> int:
    """A whole number as typed; 0, which nothing here takes, where it is none."""
    said = said.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 6 else 0


def _day(said: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said.strip())
    except ValueError:
        return None
