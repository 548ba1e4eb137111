"""Exports: what can be taken away, how far it is, and the files."""

import base64
from collections.abc import Mapping

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain.edition import Edition
from campaign.domain.export import EXPORT_KINDS, PEOPLE, may_take
from campaign.errors import InputRefusedError, Problem
from campaign.queries.export import news_purposes
from campaign.services import order as orders
from campaign.services.export import COUNT_BY
from campaign.services.order import File, Wish
from campaign.web import here
from campaign.web.organise import asked, chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_exports", __name__)

_PATH = "/organise/exports/"
_SECONDS = "5"
_SAID = ("ordered", "removed", "large")
_BARE = tuple(kind for kind in EXPORT_KINDS if kind not in PEOPLE)


@blueprint.get(_PATH)
@needs("counts")
def show() -> Response:
    """Show what somebody asked for, and the form for one kind of export."""
    return _page(chosen.edition(), request.args)


def _page(edition: Edition, said: Mapping[str, str], problems: tuple[Problem, ...] = ()) -> Response:
    """Draw the page; one that somebody follows is drawn anew by the browser while something is written."""
    parts, login = here.parts(), gate.login()
    kinds = [kind for kind in EXPORT_KINDS if may_take(login.role, kind)]
    kind = next((one for one in kinds if one == said.get("kind")), kinds[0])
    ordered = orders.ordered(parts, edition, login)
    is_open = any(one.status in ("queued", "running") for one in ordered)
    is_watched = is_open and bool(said.get("watch"))
    with parts.reading() as session:
        purposes = news_purposes(session, edition.campaign_id)
    page = render_template(
        "organise/exports.html",
        edition=edition,
        kinds=kinds,
        kind=kind,
        is_of_people=kind in PEOPLE,
        needs_fresh=kind in PEOPLE and not login.is_fresh,
        ordered=ordered,
        is_open=is_open,
        is_watched=is_watched,
        typed=said,
        by=COUNT_BY,
        formats=orders.formats(),
        purposes=purposes,
        said=next((one for one in _SAID if one == said.get("said")), ""),
        problems=problems,
    )
    answer = gate.fresh_response(page, 422 if problems else 200)
    if is_watched:
        answer.headers["Refresh"] = _SECONDS
    return answer


@blueprint.post(_PATH)
@needs("counts")
def order() -> Response:
    """Ask for counts, or signatures without names. Raises ForbiddenError where the role may not take them."""
    return _order(_BARE)


@blueprint.post(f"{_PATH}people/")
@needs("people", fresh=True)
def order_people() -> Response:
    """Ask for people, or for those who agreed to news."""
    return _order(tuple(PEOPLE))


def _order(kinds: tuple[str, ...]) -> Response:
    edition, fields = chosen.edition(), g.fields
    kind = fields.get("kind", "")
    try:
        if kind not in kinds:
            raise InputRefusedError((Problem("kind", "E-EXPORT-KIND"),))
        wish = Wish(
            kind=kind,
            format=fields.get("format", ""),
            asked=asked.read(edition, fields),
            reason=fields.get("reason", ""),
            recipient=fields.get("recipient", ""),
        )
        orders.order(here.parts(), edition, gate.login(), wish)
    except InputRefusedError as refused:
        return _page(edition, fields, refused.problems)
    return redirect(chosen.at(_PATH, said="ordered", kind=kind), 303)


@blueprint.post(f"{_PATH}<export_id>/file/")
@needs("counts")
def take(export_id: str) -> Response:
    """Give a file of counts, or of signatures without names. Raises NotFoundError."""
    return _file(orders.take(here.parts(), gate.login(), export_id, _BARE))


@blueprint.post(f"{_PATH}people/<export_id>/file/")
@needs("people", fresh=True)
def take_people(export_id: str) -> Response:
    """Give a file of people. Raises NotFoundError."""
    return _file(orders.take(here.parts(), gate.login(), export_id, PEOPLE))


def _file(file: File) -> Response:
    """Stream a file. Its length and its fingerprint (RFC 9530) tell whether all of it came."""
    answer = Response(file.pieces, mimetype=file.media_type)
    answer.content_length = file.size
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    answer.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(file.digest)).decode()}:"
    answer.headers["Campaign-Rows"] = str(file.rows)
    return answer


@blueprint.post(f"{_PATH}<export_id>/remove/")
@needs("counts")
def remove(export_id: str) -> Response:
    """Remove one's own export now. Raises NotFoundError."""
    orders.remove(here.parts(), gate.login(), export_id)
    return redirect(chosen.at(_PATH, said="removed"), 303)
