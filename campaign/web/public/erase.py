"""Being erased, a day after one press on one's own page, and undoing it until then."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain import schedule
from campaign.errors import TokenError
from campaign.services import erase as erases
from campaign.services import yours
from campaign.web import here
from campaign.web.public.yours import OWN, lost

blueprint = Blueprint("erase", __name__)
blueprint.register_error_handler(TokenError, lost)

_HOURS = schedule.ERASE_AFTER // schedule.HOUR


@blueprint.get(OWN + "erase/")
def show(lang: str, token: str) -> str:  # noqa: ARG001  its address says the language
    """Say what goes and what stays, or when it goes; nothing changes."""
    here.of_link("yours", token)
    erase_at = yours.erase_at(here.parts(), token)
    return render_template("public/yours_erase.html", token=token, erase_at=erase_at, hours=_HOURS)


@blueprint.post(OWN + "erase/")
def act(lang: str, token: str) -> Response:
    """Have all of it erased a day from now, or undo that; a second press changes nothing."""
    here.of_link("yours", token)
    if g.fields.get("do") == "undo":
        erases.put_off(here.parts(), token)
        return redirect(f"/{lang}/yours/{token}/kept/", 303)
    if g.fields.get("do") == "erase":
        erases.put_on(here.parts(), token)
    return redirect(request.path, 303)
