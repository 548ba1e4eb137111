"""Batches of signatures that are taken out of the count: made, looked at, run, stopped, put back."""

from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain.batch import MARKS
from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError
from campaign.parts import Parts
from campaign.services import heed, invalidate
from campaign.web import here
from campaign.web.forms import countries
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_batches", __name__)

_SAID = ("created", "running", "cancelled", "undoing")
_ONE = "/organise/batches/<batch>/"


@blueprint.get("/organise/batches/")
@needs("moderate")
def show() -> str:
    """List the batches, and show the form for another, filled in for an alarm, a signature's network or a mark."""
    edition = chosen.edition()
    asked = {name: request.args.get(name, "") for name in ("alarm", "like", "mark")}
    filled = {"mark": asked["mark"]} if asked["mark"] in MARKS else {}
    if asked["alarm"] or asked["like"]:
        filled = heed.conditions_of(here.parts(), edition, alarm_id=asked["alarm"], signature_id=asked["like"])
    return _page(edition, filled)


def _page(edition: Edition, filled: Mapping[str, str], refused: InputRefusedError | None = None) -> str:
    return render_template(
        "organise/batches.html",
        edition=edition,
        batches=invalidate.listed(here.parts(), edition),
        filled={name: filled.get(name, "") for name in _FIELDS},
        countries=countries.choices("en"),
        mark_names=MARKS,
        problems=refused.problems if refused is not None else (),
    )


_FIELDS = (
    "name", "reason", "state", "country", "language", "source", "domain", "mark", "since", "until",
    "domain_key", "network_key",
)  # fmt: skip


@blueprint.post("/organise/batches/")
@needs("moderate")
def create() -> Response | tuple[str, int]:
    """Write a batch down; nothing is taken out yet."""
    edition = chosen.edition()
    try:
        made = invalidate.create(here.parts(), edition, gate.login().organiser_id, g.fields)
    except InputRefusedError as refused:
        return _page(edition, g.fields, refused), 422
    return redirect(chosen.at(f"/organise/batches/{made}/", said="created"), 303)


@blueprint.get(_ONE)
@needs("moderate")
def one(batch: str) -> str:
    """Show a batch: what it would take out, or how far it is."""
    said = request.args.get("said", "")
    return _one(batch, said if said in _SAID else "")


def _one(batch: str, said: str = "", beaten: invalidate.StartedError | None = None) -> str:
    edition = chosen.edition()
    return render_template(
        "organise/batch.html",
        edition=edition,
        batch=invalidate.look(here.parts(), edition, batch, has_small=False),
        said=said,
        beaten=beaten,
    )


@blueprint.post(_ONE + "run/")
@needs("moderate", fresh=True)
def run(batch: str) -> Response | tuple[str, int]:
    """Begin to take signatures out."""
    return _do(partial(invalidate.run, has_small=False), batch, "running")


@blueprint.post(_ONE + "cancel/")
@needs("moderate")
def cancel(batch: str) -> Response | tuple[str, int]:
    """Stop where it is."""
    return _do(invalidate.cancel, batch, "cancelled")


@blueprint.post(_ONE + "undo/")
@needs("moderate", fresh=True)
def undo(batch: str) -> Response | tuple[str, int]:
    """Begin to put signatures back."""
    return _do(invalidate.undo, batch, "undoing")


def _do(act: Callable[[Parts, Edition, str, str], int], batch: str, said: str) -> Response | tuple[str, int]:
    """Act on a batch; whoever comes second is told who was first."""
    try:
        act(here.parts(), chosen.edition(), gate.login().organiser_id, batch)
    except invalidate.StartedError as beaten:
        return _one(batch, beaten=beaten), 409
    except InputRefusedError:
        return _one(batch), 422  # so few of a domain that the page says no more than that
    return redirect(chosen.at(f"/organise/batches/{batch}/", said=said), 303)
