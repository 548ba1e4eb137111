"""The code from the mail, for those who fear links: typed in with its address, it leads to where the link leads."""

from flask import Blueprint, g, redirect, render_template
from werkzeug.wrappers import Response

from campaign.services import redeem as redeems
from campaign.web import here
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("redeem", __name__)

_CODE = f"/{LANGUAGE}/<slug:campaign>/code/"


@blueprint.get(_CODE)
def show(lang: str, campaign: str) -> str:  # noqa: ARG001  its address says the language
    """Ask for an address and its code; the page is the same for everyone."""
    here.edition(campaign)
    return render_template("public/code.html", email="", is_refused=False)


@blueprint.post(_CODE)
def act(lang: str, campaign: str) -> Response | tuple[str, int]:
    """Go on to the page that the mail's link opens; where that cannot be, the answer never tells why."""
    edition = here.edition(campaign)
    email = g.fields.get("email", "")
    token = redeems.redeem(here.parts(), edition, email, g.fields.get("mail_code", ""))
    if token is None:
        return render_template("public/code.html", email=email, is_refused=True), 422
    return redirect(f"/{lang}/confirm/{token}/", 303)
