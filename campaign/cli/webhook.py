"""Webhook: addresses of other programs that are told what happens."""

import json

import click

from campaign.domain.dates import iso
from campaign.parts import make_parts
from campaign.services import subscribe
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings

_json = click.option("--json", "is_json", is_flag=True, help="One JSON document.")
_id = click.argument("webhook_id", metavar="ID")


@click.group()
def webhook() -> None:
    """Say which other programs are told what happens here.

    \b
    Example:
      campaign webhook add https://hooks.example.org/in --event signature.confirmed
    """


@webhook.command("add")
@click.argument("url")
@click.option("--event", "events", required=True, multiple=True, type=click.Choice(subscribe.TICKED), help="Of what.")
@click.option("--campaign", "slug", default="", help="Only this campaign; without it, every one.")
def add(*, url: str, events: tuple[str, ...], slug: str) -> None:
    """Put up a webhook and print its id and its secret, this once.

    \b
    Example:
      campaign webhook add https://hooks.example.org/in --event signature.confirmed --event letter.finished
    """
    parts = make_parts(read_settings())
    hold(parts)
    hook_id, secret = subscribe.add(parts, COMMAND_LINE, url, events, slug)
    click.echo(f"{hook_id} {secret}")
    click.echo("copy the secret now: it is not shown again; calls are signed with it (Standard Webhooks)", err=True)


@webhook.command("list")
@_json
def list_webhooks(*, is_json: bool) -> None:
    """List the webhooks, never their secrets.

    \b
    Example:
      campaign webhook list --json
    """
    parts = make_parts(read_settings())
    hold(parts)
    found = subscribe.everyone(parts)
    if is_json:
        rows = [
            {
                "id": one.id,
                "url": one.url,
                "campaign": one.campaign or None,
                "events": one.events,
                "status": one.status,
                "failures": one.failures,
                "waiting": one.waiting,
                "created": iso(one.created_at),
            }
            for one in found
        ]
        click.echo(json.dumps({"webhooks": rows}, indent=2, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.id}  {one.status:7}  {one.url}  {','.join(one.events)}")


@webhook.command("test")
@_id
def try_out(*, webhook_id: str) -> None:
    """Queue a test call to a webhook; the worker makes it.

    \b
    Example:
      campaign webhook test 5f0c2a7d9b3e4c118a6d2f7e90b1c3d4
    """
    parts = make_parts(read_settings())
    hold(parts)
    click.echo(subscribe.try_out(parts, COMMAND_LINE, webhook_id))
    click.echo(f"the worker makes this call; see: campaign webhook calls {webhook_id}", err=True)


@webhook.command("calls")
@_id
@_json
def calls(*, webhook_id: str, is_json: bool) -> None:
    """List the newest calls of a webhook and what became of them.

    \b
    Example:
      campaign webhook calls 5f0c2a7d9b3e4c118a6d2f7e90b1c3d4 --json
    """
    parts = make_parts(read_settings())
    hold(parts)
    found = subscribe.calls(parts, webhook_id)
    if is_json:
        rows = [
            {
                "id": one.id,
                "event": one.event,
                "status": one.status,
                "attempts": one.attempts,
                "answer": one.answer,
                "created": iso(one.created_at),
                "finished": iso(one.finished_at) if one.finished_at else None,
            }
            for one in found
        ]
        click.echo(json.dumps({"calls": rows}, indent=2))
        return
    for one in found:
        click.echo(f"{one.id}  {iso(one.created_at)}  {one.event:20} {one.status:7} {one.attempts} {one.answer or '-'}")


@webhook.command("pause")
@_id
def pause(*, webhook_id: str) -> None:
    """Let a webhook rest; what happens meanwhile waits for up to five days.

    \b
    Example:
      campaign webhook pause 5f0c2a7d9b3e4c118a6d2f7e90b1c3d4
    """
    parts = make_parts(read_settings())
    hold(parts)
    subscribe.pause(parts, COMMAND_LINE, webhook_id)
    click.echo("it rests", err=True)


@webhook.command("resume")
@_id
def resume(*, webhook_id: str) -> None:
    """Call a webhook again from now on, what waits for it first.

    \b
    Example:
      campaign webhook resume 5f0c2a7d9b3e4c118a6d2f7e90b1c3d4
    """
    parts = make_parts(read_settings())
    hold(parts)
    subscribe.resume(parts, COMMAND_LINE, webhook_id)
    click.echo("it is called again", err=True)


@webhook.command("end")
@_id
def end(*, webhook_id: str) -> None:
    """Tell a webhook nothing more, ever.

    \b
    Example:
      campaign webhook end 5f0c2a7d9b3e4c118a6d2f7e90b1c3d4
    """
    parts = make_parts(read_settings())
    hold(parts)
    subscribe.end(parts, COMMAND_LINE, webhook_id)
    click.echo("ended", err=True)
