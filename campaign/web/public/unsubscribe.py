"""No more mail: by the link in every mail, or by the one click of a mail program (RFC 8058)."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.services import unsubscribe as unsubscribes
from campaign.web import here
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("unsubscribe", __name__)


@blueprint.get(f"/{LANGUAGE}/unsubscribe/<token>/")
def show(lang: str, token: str) -> str:  # noqa: ARG001  its address says the language
    """Ask for the press, or say that it has been done; nothing changes."""
    here.of_link("unsubscribe", token)
    return render_template("public/unsubscribe.html", is_done=unsubscribes.opened(here.parts(), token))


@blueprint.post(f"/{LANGUAGE}/unsubscribe/<token>/")
def act(lang: str, token: str) -> Response | str:
    """Stop all mail. A mail program gets its 200, a person the page at the same address."""
    unsubscribes.unsubscribe(here.parts(), token)
    if g.fields.get("List-Unsubscribe") == "One-Click":
        return show(lang, token)
    return redirect(request.path, 303)
