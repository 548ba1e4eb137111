"""Alarms: what came out of the ordinary."""

import json

import click

from campaign.cli.stats import DEFAULT
from campaign.parts import make_parts
from campaign.services import heed, watch
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings

_campaign = click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")


@click.group()
def alarms() -> None:
    """See from what far more came in an hour than is usual.

    \b
    Example:
      campaign alarms list
    """


@alarms.command("list")
@_campaign
@click.option("--all", "with_seen", is_flag=True, help="Also those that somebody has seen.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def list_alarms(*, slug: str, with_seen: bool, is_json: bool) -> None:
    """List the alarms that nobody has seen, the newest first.

    \b
    Example:
      campaign alarms list --all --json
    """
    parts = make_parts(read_settings())
    hold(parts)
    found = heed.listed(parts, parts.editions.current(slug), with_seen=with_seen)
    if is_json:
        names = ("id", "kind", "which", "count", "usual")
        rows = [
            {name: getattr(one, name) for name in names}
            | {"hour": one.hour.isoformat(), "seen_at": one.seen_at.isoformat() if one.seen_at else None}
            for one in found
        ]
        click.echo(json.dumps({"campaign": slug, "alarms": rows}, indent=2, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.id}  {one.hour:%Y-%m-%d %H:%M}Z  {one.kind:7}  {one.count:>6} ({one.usual})  {one.which}")


@alarms.command("look")
def look() -> None:
    """Look at the last full hour and the running one now; the worker does so every five minutes.

    \b
    Example:
      campaign alarms look
    """
    parts = make_parts(read_settings())
    hold(parts)
    click.echo(f"{watch.look(parts)} new alarms", err=True)


@alarms.command("seen")
@click.argument("alarm_id", metavar="ID")
@_campaign
def seen(*, alarm_id: str, slug: str) -> None:
    """Write down that an alarm was seen.

    \b
    Example:
      campaign alarms seen 0123456789abcdef0123456789abcdef
    """
    parts = make_parts(read_settings())
    hold(parts)
    heed.see(parts, parts.editions.current(slug), COMMAND_LINE, alarm_id)
    click.echo("seen", err=True)
