"""Exports of counts for other programs: asked for, looked at, taken; with a key that opens them."""

import datetime as dt
import json
from typing import cast

from flask import Blueprint, Response

from campaign.domain.dates import iso
from campaign.domain.export import Asked
from campaign.errors import InputRefusedError, Problem
from campaign.services import order
from campaign.services.enter import Login
from campaign.services.export import COUNT_BY
from campaign.services.order import Order, Wish
from campaign.web import here
from campaign.web.api import door
from campaign.web.api.answering import ROOT, asked, whole
from campaign.web.api.door import scope

blueprint = Blueprint("api_exports", __name__)

_FIELDS = ("campaign", "format", "by", "state", "since", "until")
_FORMATS = ("csv", "xlsx", "json", "parquet")


@blueprint.post("/api/v1/exports")
@scope("exports")
def begin() -> tuple[Response, int]:
    """Ask for an export of a campaign's counts. Raises InputRefusedError, ForbiddenError, NotFoundError."""
    asked()
    said = door.document()
    _check_fields(said)
    edition = door.edition(cast("str", said["campaign"]))
    found = edition.state(cast("str", said["state"])) if "state" in said else None
    if "state" in said and found is None:
        raise InputRefusedError((Problem("state", "E-STATE"),))
    wish = Wish(
        kind="counts",
        format=cast("str", said.get("format", "csv")),
        asked=Asked(
            state=found.state.code if found is not None else "",
            since=_day(said, "since"),
            until=_day(said, "until"),
            by=tuple(dict.fromkeys(cast("list[str]", said.get("by", ["state"])))),
        ),
    )
    export_id = order.order(here.parts(), edition, _who(), wish)
    answer = _answer(order.one(here.parts(), _who(), export_id))
    answer.headers["Location"] = f"{ROOT}/exports/{export_id}"
    return answer, 202


def _check_fields(said: dict[str, object]) -> None:
    """Refuse a body that is not as described, each field by its name."""
    wrong = [Problem(name[:60], "E-PARAMETER", {"names": ", ".join(_FIELDS)}) for name in said if name not in _FIELDS]
    texts = ("campaign", "format", "state", "since", "until")
    wrong += [Problem(name, "E-TEXT") for name in texts if name in said and not isinstance(said[name], str)]
    if "campaign" not in said:
        wrong.append(Problem("campaign", "E-NEEDED"))
    if isinstance(said.get("format"), str) and said["format"] not in _FORMATS:
        wrong.append(Problem("format", "E-FORMAT"))
    by = said.get("by", ["state"])
    if not isinstance(by, list) or not by or any(one not in COUNT_BY for one in by) or len(by) > len(COUNT_BY):
        wrong.append(Problem("by", "E-BY"))
    if wrong:
        raise InputRefusedError(tuple(wrong))


def _day(said: dict[str, object], name: str) -> dt.date | None:
    text = said.get(name)
    if not isinstance(text, str):
        return None
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise InputRefusedError((Problem(name, "E-DAY"),))
    return found


def _who() -> Login:
    """The key in the door as exports know who asks: it may take counts, and nothing of people."""
    return Login(
        id="",
        organiser_id=f"key {door.key().id}",
        email="",
        role="viewer",
        is_whole=True,
        has_factor=False,
        is_fresh=False,
        key="",
    )


@blueprint.get("/api/v1/exports/<slug:export>")
@scope("exports")
def show(export: str) -> Response:
    """Show how far an export is that this key asked for. Raises NotFoundError."""
    asked()
    return _answer(order.one(here.parts(), _who(), export))


def _answer(found: Order) -> Response:
    at = f"{ROOT}/exports/{found.id}"
    document = {
        "export": found.id,
        "format": found.format,
        "status": found.status,
        "rows": found.rows_done,
        "size": found.size,
        "sha256": found.digest or None,
        "failure": found.failure or None,
        "created_at": iso(found.created_at),
        "expires_at": iso(found.expires_at) if found.expires_at else None,
        "links": {"self": whole(at), "file": whole(f"{at}/file") if found.status == "done" else None},
    }
    return Response(json.dumps(document), mimetype="application/json")


@blueprint.get("/api/v1/exports/<slug:export>/file")
@scope("exports")
def take(export: str) -> Response:
    """Give the file of an export that is done. Raises NotFoundError."""
    asked()
    file = order.take(here.parts(), _who(), export, ("counts",))
    answer = Response(file.pieces, mimetype=file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    answer.content_length = file.size
    return answer
