"""Alarms: what came out of the ordinary, seen or not, and the networks that many signed from."""

from flask import Blueprint, g, redirect, render_template
from werkzeug.wrappers import Response

from campaign.services import heed
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_alarms", __name__)


@blueprint.get("/organise/alarms/")
@needs("moderate")
def show() -> str:
    """List the alarms, and the networks that many signed from."""
    edition = chosen.edition()
    return render_template(
        "organise/alarms.html",
        edition=edition,
        alarms=heed.listed(here.parts(), edition),
        networks=heed.networks(here.parts(), edition),
    )


@blueprint.post("/organise/alarms/seen/")
@needs("moderate")
def seen() -> Response:
    """Write down that an alarm was seen."""
    heed.see(here.parts(), chosen.edition(), gate.login().organiser_id, g.fields.get("alarm", ""))
    return redirect(chosen.at("/organise/alarms/"), 303)
