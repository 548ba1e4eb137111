"""Taking a signature back: by the link in every mail, with one press and no login."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.services import withdraw as withdraws
from campaign.web import here
from campaign.web.forms.ticks import ticked
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("withdraw", __name__)


@blueprint.get(f"/{LANGUAGE}/withdraw/<token>/")
def show(lang: str, token: str) -> str:  # noqa: ARG001  its address says the language
    """Show what can be taken back; nothing changes."""
    here.of_link("withdraw", token)
    opened = withdraws.opened(here.parts(), token)
    page = "public/withdraw.html" if opened.signatures else "public/withdrawn.html"
    outlooks = {one.signature_id: one.letters for one in opened.done}
    gone = [one for one in opened.done if one.is_withdrawn]
    return render_template(page, signatures=opened.signatures, outlooks=outlooks, gone=gone)


@blueprint.post(f"/{LANGUAGE}/withdraw/<token>/")
def act(lang: str, token: str) -> Response:  # noqa: ARG001
    """Take back what is ticked; what has not left is stopped."""
    withdraws.withdraw(here.parts(), token, ticked(g.fields))
    return redirect(request.path, 303)
