"""The link of the question whether a letter may leave with fewer words of its signer's own."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.errors import TextChangedError
from campaign.services import trim as trims
from campaign.web import here
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("trim", __name__)


@blueprint.get(f"/{LANGUAGE}/trim/<token>/")
def show(lang: str, token: str) -> tuple[str, int]:
    """Show the letter as it would leave and as it was signed; however often, nothing changes."""
    here.of_link("trim", token)
    return _page(trims.opened(here.parts(), token, lang))


@blueprint.post(f"/{LANGUAGE}/trim/<token>/")
def act(lang: str, token: str) -> Response | tuple[str, int]:
    """Let it leave so, or not at all; a second press changes nothing, and one without either says nothing."""
    here.of_link("trim", token)
    said = g.fields.get("do", "")
    if said in ("yes", "no"):
        try:
            trims.answer(here.parts(), token, g.fields.get("digest", ""), may_leave=said == "yes")
        except TextChangedError as changed:
            return _page(trims.opened(here.parts(), token, lang), changed.code, 409)
    return redirect(request.path, 303)


def _page(opened: trims.Opened, problem: str = "", status: int = 200) -> tuple[str, int]:
    return render_template("public/trim.html", opened=opened, problem=problem), status
