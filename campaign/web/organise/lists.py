"""Lists of what is let in and what is kept out: networks, mail domains, addresses."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain.rule import ACTIONS, KINDS
from campaign.errors import InputRefusedError, NotFoundError
from campaign.services import enlist, heed
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_lists", __name__)

_SAID = ("added", "ended")


@blueprint.get("/organise/lists/")
@needs("moderate")
def show() -> str:
    """Show the lists, and a form for another entry, filled in for the domain of an alarm."""
    filled: dict[str, str] = {}
    if request.args.get("alarm"):
        which = heed.name_of_domain(here.parts(), chosen.edition(), request.args["alarm"])
        filled = {"action": "block", "kind": "domain", "value": which}
    said = request.args.get("said", "")
    return _page(filled, said=said if said in _SAID else "")


def _page(filled: dict[str, str], refused: InputRefusedError | None = None, said: str = "") -> str:
    edition = chosen.edition()
    return render_template(
        "organise/lists.html",
        edition=edition,
        entries=enlist.entries(here.parts(), edition),
        over=enlist.entries(here.parts(), edition, are_over=True),
        actions=ACTIONS,
        kinds=KINDS,
        filled={name: filled.get(name, "") for name in ("action", "kind", "value", "reason", "everywhere")},
        said=said,
        problems=refused.problems if refused is not None else (),
    )


@blueprint.post("/organise/lists/")
@needs("moderate")
def add() -> Response | tuple[str, int]:
    """Add an entry."""
    fields = g.fields
    wanted = enlist.Wanted(
        action=fields.get("action", ""),
        kind=fields.get("kind", ""),
        value=fields.get("value", ""),
        reason=fields.get("reason", ""),
        is_everywhere="everywhere" in fields,
        is_sure="sure" in fields,
    )
    try:
        enlist.enlist(here.parts(), chosen.edition(), gate.login().organiser_id, wanted)
    except InputRefusedError as refused:
        return _page(fields, refused), 422
    return redirect(chosen.at("/organise/lists/", said="added"), 303)


@blueprint.post("/organise/lists/end/")
@needs("moderate")
def end() -> Response:
    """End an entry. Raises NotFoundError where none holds."""
    said = g.fields.get("rule", "")
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise NotFoundError
    enlist.end(here.parts(), chosen.edition(), gate.login().organiser_id, int(said))
    return redirect(chosen.at("/organise/lists/", said="ended"), 303)
