"""Keys for other programs, on the organisers' side: made (and shown once), listed, taken back."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain import scope as scopes
from campaign.errors import InputRefusedError
from campaign.services import keyring
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_keys", __name__)

_SAID = ("revoked",)


@blueprint.get("/organise/keys/")
@needs("keys")
def show() -> str:
    """List the keys, and show the form for another."""
    said = request.args.get("said", "")
    return _page(said=said if said in _SAID else "")


def _page(refused: InputRefusedError | None = None, key: str = "", said: str = "") -> str:
    return render_template(
        "organise/keys.html",
        problems=refused.problems if refused is not None else (),
        keys=keyring.listed(here.parts()),
        scopes=scopes.SCOPES,
        key=key,
        said=said,
        fields=g.fields if refused is not None else {},
        all_campaigns=chosen.slugs(),
        days=scopes.DAYS,
        days_most=scopes.DAYS_MOST,
        name_most=scopes.NAME_MOST,
    )


@blueprint.post("/organise/keys/")
@needs("keys", fresh=True)
def change() -> Response | tuple[str, int] | str:
    """Make a key and show it this once, or take one back."""
    parts, by, fields = here.parts(), gate.login().organiser_id, g.fields
    if fields.get("do") == "revoke":
        keyring.revoke(parts, by, fields.get("key", ""))
        return redirect("/organise/keys/?said=revoked", 303)
    days = fields.get("days", "")
    wanted = keyring.Wanted(
        name=fields.get("name", ""),
        scopes=tuple(one for one in scopes.SCOPES if f"scope-{one}" in fields),
        campaign=fields.get("for", ""),
        days=int(days) if days.isascii() and days.isdigit() and len(days) <= 4 else 0,
    )
    try:
        return _page(key=keyring.create(parts, by, wanted))
    except InputRefusedError as refused:
        return _page(refused), 422
