"""Campaigns, on the organisers' side: which there are, their dates and marks, paused at once, copied, taken down."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain import plan as plans
from campaign.domain.cause import DAYS
from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError, Problem
from campaign.services import pause as pausing
from campaign.services.clone import clone
from campaign.services.count import stats
from campaign.services.edit import By, edit
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_campaigns", __name__)

_SAID = ("paused", "resumed", "planned", "same", "cloned", "retired", "restored")
_SETTINGS = "/organise/campaigns/settings/"


def _by() -> By:
    return By(gate.login().organiser_id, g.fields.get("reason", ""))


def _done(said: str, slug: str) -> Response:
    """Lead to a campaign's settings, which then say what was done."""
    here.frame(here.parts().editions.current(slug))
    return redirect(chosen.at(_SETTINGS, said=said), 303)


@blueprint.get("/organise/campaigns/")
@needs("campaigns")
def show() -> str:
    """List every campaign, those without pages too."""
    parts = here.parts()
    found = [parts.editions.current(slug) for slug in chosen.slugs()]
    confirmed = {one.cause.slug: stats(parts, one)["confirmed"] for one in found}
    return render_template("organise/campaigns.html", found=found, confirmed=confirmed, today=here.today())


@blueprint.get(_SETTINGS)
@needs("campaigns")
def settings() -> str:
    """Show a campaign's settings."""
    return _page()


def _page(problems: tuple[Problem, ...] = ()) -> str:
    edition = chosen.edition()
    said = request.args.get("said", "")
    return render_template(
        "organise/campaign.html",
        edition=edition,
        status=edition.status(here.today()),
        typed=_typed(edition, is_refused=bool(problems)),
        problems=problems,
        said=said if said in _SAID else "",
        days=DAYS,
        counts=plans.COUNTS,
    )


def _typed(edition: Edition, *, is_refused: bool) -> dict[str, str]:
    """The forms' fields as they stand, or as they were typed where that was refused."""
    names = ("opens_on", "closes_on", "goals", "counts", "from", "to", "slug", "name", *(f"day-{day}" for day in DAYS))
    plan = plans.written(plans.of(edition.cause))
    typed = g.fields if is_refused else {}
    stands = {} if typed.get("do") == "plan" else plan
    return dict.fromkeys(names, "") | stands | typed


@blueprint.post(_SETTINGS + "pause/")
@needs("campaigns")
def pause() -> Response | tuple[str, int]:
    """Stop a campaign at once; no password is asked for again, since it may be urgent."""
    slug = chosen.edition().cause.slug
    try:
        pausing.pause(here.parts(), slug, _by())
    except InputRefusedError as refused:
        return _page(refused.problems), 422
    return _done("paused", slug)


@blueprint.post(_SETTINGS)
@needs("campaigns", fresh=True)
def change() -> Response | tuple[str, int]:
    """Set a campaign's plan, let it go on, take it down, or put it up again."""
    slug = chosen.edition().cause.slug
    try:
        return _done(_change(slug, g.fields.get("do", "")), slug)
    except InputRefusedError as refused:
        return _page(refused.problems), 422


def _change(slug: str, do: str) -> str:
    """Do what the button says; the word for what was done. Raises InputRefusedError."""
    parts, by = here.parts(), _by()
    if do == "resume":
        pausing.resume(parts, slug, by)
        return "resumed"
    if do == "retire":
        pausing.retire(parts, slug, by)
        return "retired"
    if do == "restore":
        pausing.restore(parts, slug, by)
        return "restored"
    plan = plans.read(g.fields, plans.of(here.of_request().cause), here.today())
    done = edit(parts, slug, by, plan.applied, what="campaign.plan")
    return "planned" if done.changes else "same"


@blueprint.post(_SETTINGS + "clone/")
@needs("campaigns", fresh=True)
def copy() -> Response | tuple[str, int]:
    """Begin a campaign as a copy of this one."""
    slug = chosen.edition().cause.slug
    try:
        new = clone(here.parts(), slug, g.fields.get("slug", ""), g.fields.get("name", ""), _by())
    except InputRefusedError as refused:
        return _page(refused.problems), 422
    return _done("cloned", new)
