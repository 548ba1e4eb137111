"""The first page: figures, counts, offices, what needs a person; and counts to take away."""

import datetime as dt
import io

from flask import Blueprint, Response, render_template, request

from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.queries.tally import BY
from campaign.services import export as exports
from campaign.services.export import Period
from campaign.services.overview import overview
from campaign.services.table import FORMATS
from campaign.web import here
from campaign.web.organise import chosen
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_counts", __name__)

_FILTERS = ("state", "since", "until")


@blueprint.get("/organise/")
@needs("counts")
def show() -> str | tuple[str, int]:
    """Show the campaign's figures for a state and a period, both in the address, so that a view can be shared."""
    edition = chosen.edition()
    try:
        return _page(edition, _period(edition))
    except InputRefusedError as refused:
        return _page(edition, Period(), refused.problems), 422


def _page(edition: Edition, period: Period, problems: tuple[Problem, ...] = ()) -> str:
    return render_template(
        "organise/counts.html",
        edition=edition,
        seen=overview(here.parts(), edition, period),
        asked={name: request.args.get(name, "") for name in _FILTERS},
        formats=[name for name in FORMATS if name != "parquet"],
        by=BY,
        problems=problems,
    )


def _period(edition: Edition) -> Period:
    """Read state and period from the address. Raises InputRefusedError for a day that is none."""
    since, until = (_day(name) for name in ("since", "until"))
    state = request.args.get("state", "")
    found = edition.state(state)
    if state and found is None:
        raise InputRefusedError((Problem("state", "E-STATE"),))
    return Period(state=found.state.code if found is not None else None, since=since, until=until)


def _day(name: str) -> dt.date | None:
    said = request.args.get(name, "")
    try:
        return dt.date.fromisoformat(said) if said else None
    except ValueError:
        raise InputRefusedError((Problem(name, "E-DAY"),)) from None


@blueprint.get("/organise/counts/<form>")
@needs("counts")
def take(form: str) -> Response | tuple[str, int]:
    """Give counts by any of the columns asked for, as a file. Raises NotFoundError for another format."""
    if form not in _TYPES:
        raise NotFoundError
    edition = chosen.edition()
    try:
        wanted = tuple(name for name in BY if request.args.get(name + "-by"))
        table = exports.counts(here.parts(), edition, wanted or ("state",), _period(edition), has_small=False)
    except InputRefusedError as refused:
        return _page(edition, Period(), refused.problems), 422
    made = io.BytesIO()
    FORMATS[form](table, made)
    answer = Response(made.getvalue(), mimetype=_TYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{edition.cause.slug}-counts.{form}")
    return answer


_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
