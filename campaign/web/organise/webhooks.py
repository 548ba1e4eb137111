"""Webhooks, on the organisers' side: put up (the secret shown once), tried, rested, ended; and what calls came to."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.errors import InputRefusedError, NotFoundError
from campaign.services import subscribe
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_webhooks", __name__)

_SAID = ("try", "pause", "resume", "end")


@blueprint.get("/organise/webhooks/")
@needs("keys")
def show() -> str:
    """List the webhooks, and show the form for another."""
    said = request.args.get("said", "")
    return _page(said=said if said in _SAID else "")


def _page(refused: InputRefusedError | None = None, secret: str = "", said: str = "") -> str:
    return render_template(
        "organise/webhooks.html",
        problems=refused.problems if refused is not None else (),
        hooks=subscribe.everyone(here.parts()),
        events=subscribe.TICKED,
        secret=secret,
        said=said,
        fields=g.fields if refused is not None else {},
        all_campaigns=chosen.slugs(),
    )


@blueprint.post("/organise/webhooks/")
@needs("keys", fresh=True)
def add() -> tuple[str, int] | str:
    """Put up a webhook and show its secret this once."""
    fields = g.fields
    events = [one for one in subscribe.TICKED if f"event-{one}" in fields]
    try:
        _, secret = subscribe.add(
            here.parts(), gate.login().organiser_id, fields.get("url", "").strip(), events, fields.get("for", "")
        )
    except InputRefusedError as refused:
        return _page(refused), 422
    return _page(secret=secret)


@blueprint.get("/organise/webhooks/<webhook>/")
@needs("keys")
def calls(webhook: str) -> str:
    """Show what became of a webhook's newest calls. Raises NotFoundError."""
    found = next((one for one in subscribe.everyone(here.parts()) if one.id == webhook), None)
    if found is None:
        raise NotFoundError(webhook)
    said = request.args.get("said", "")
    return render_template(
        "organise/webhook.html",
        hook=found,
        calls=subscribe.calls(here.parts(), webhook),
        said=said if said in _SAID else "",
    )


@blueprint.post("/organise/webhooks/<webhook>/")
@needs("keys", fresh=True)
def change(webhook: str) -> Response:
    """Try a webhook, let it rest, call it again, or end it. Raises NotFoundError."""
    do = g.fields.get("do", "")
    acts = {
        "try": subscribe.try_out,
        "pause": subscribe.pause,
        "resume": subscribe.resume,
        "end": subscribe.end,
    }
    if do not in acts:
        raise NotFoundError(do)
    acts[do](here.parts(), gate.login().organiser_id, webhook)
    return redirect(f"/organise/webhooks/{webhook}/?said={do}", 303)
