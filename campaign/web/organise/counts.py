"""The first page: figures, counts, offices, what needs a person; and counts to take away."""

import dataclasses
import datetime as dt
import io

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from campaign.domain.edition import Edition
from campaign.domain.export import NO_SOURCE
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.services import count
from campaign.services import export as exports
from campaign.services.overview import known, overview
from campaign.services.plot import View
from campaign.services.table import FORMATS, TYPES
from campaign.web import here
from campaign.web.organise import asked, chosen
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_counts", __name__)

_FILTERS = ("state", "since", "until", "country", "language", "source")
_FORMS = ("csv", "xlsx", "json")


@blueprint.get("/organise/")
@needs("counts")
def show() -> str | tuple[str, int]:
    """Show the campaign's figures for a state and a period, both in the address, so that a view can be shared."""
    edition = chosen.edition()
    try:
        return _page(edition, _view(edition))
    except InputRefusedError as refused:
        return _page(edition, View(), refused.problems), 422


def _page(edition: Edition, view: View, problems: tuple[Problem, ...] = ()) -> str:
    return render_template(
        "organise/counts.html",
        edition=edition,
        seen=overview(here.parts(), edition, view),
        asked={name: request.args.get(name, "") for name in _FILTERS},
        known=known(here.parts(), edition),
        on_paper=count.entered_on_paper(here.parts(), edition, view.state),
        formats=_FORMS,
        by=exports.COUNT_BY,
        problems=problems,
    )


def _view(edition: Edition) -> View:
    """Read from the address what is to be shown. Raises InputRefusedError for a state or a day that is none."""
    since, until = (_day(name) for name in ("since", "until"))
    state = request.args.get("state", "")
    found = edition.state(state)
    if state and found is None:
        raise InputRefusedError((Problem("state", "E-STATE"),))
    country, language, source = (request.args.get(name) or None for name in ("country", "language", "source"))
    return View(
        state=found.state.code if found is not None else None,
        since=since,
        until=until,
        country=country,
        language=language,
        source="" if source == NO_SOURCE else source,
    )


def _day(name: str) -> dt.date | None:
    said = request.args.get(name, "")
    try:
        return dt.date.fromisoformat(said) if said else None
    except ValueError:
        raise InputRefusedError((Problem(name, "E-DAY"),)) from None


@blueprint.get("/organise/counts/<form>")
@needs("counts")
def take(form: str) -> Answer | tuple[str, int]:
    """Give counts by any of the columns asked for, as a file. Raises NotFoundError for another format."""
    if form not in _FORMS:
        raise NotFoundError
    edition = chosen.edition()
    try:
        wanted = asked.read(edition, request.args)
        wanted = wanted if wanted.by else dataclasses.replace(wanted, by=("state",))
        if exports.needs_worker(here.parts(), edition, wanted):
            return redirect(chosen.at("/organise/exports/", **{**request.args, "said": "large"}), 303)
        table = exports.open_export(here.parts(), edition, "counts", wanted)
    except InputRefusedError as refused:
        return _page(edition, View(), refused.problems), 422
    made = io.BytesIO()
    FORMATS[form](table, made, None)
    answer = Response(made.getvalue(), mimetype=TYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{edition.cause.slug}-counts.{form}")
    return answer
