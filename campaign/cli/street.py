"""On the street: links for tablets at stalls, and signatures on paper, counted apart."""

import datetime as dt
import json

import click

from campaign.cli.stats import DEFAULT
from campaign.domain import street
from campaign.domain.edition import Edition
from campaign.parts import Parts, make_parts
from campaign.services import enter_paper, lend
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings

_campaign = click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
_json = click.option("--json", "is_json", is_flag=True, help="One JSON document.")


def _open(slug: str) -> tuple[Parts, Edition]:
    parts = make_parts(read_settings())
    hold(parts)
    return parts, parts.editions.current(slug)


@click.group()
def device() -> None:
    """Lend tablets at stalls the form, so that many people sign on one.

    \b
    Example:
      campaign device create --name "Town Hall square" --days 2
    """


@device.command("create")
@_campaign
@click.option("--name", required=True, help="Which tablet, and where it stands.")
@click.option("--days", default=street.DAYS, show_default=True, type=click.IntRange(1, street.DAYS_MOST))
def create(*, slug: str, name: str, days: int) -> None:
    """Make a tablet's link and print it, this once.

    \b
    Example:
      campaign device create --name "Town Hall square" --days 2
    """
    parts, edition = _open(slug)
    click.echo(lend.lend(parts, edition, COMMAND_LINE, name, days))
    click.echo("open it on the tablet now: it is not shown again", err=True)


@device.command("list")
@_campaign
@_json
def list_devices(*, slug: str, is_json: bool) -> None:
    """List the tablets and how many signatures came of each, never the links.

    \b
    Example:
      campaign device list
    """
    parts, edition = _open(slug)
    found = lend.listed(parts, edition)
    if is_json:
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "source": one.source,
                "made_by": one.made_by,
                "made": one.made_at.isoformat(),
                "ends": (one.ended_at or one.expires_at).isoformat(),
                "status": one.status,
                "confirmed": one.confirmed,
            }
            for one in found
        ]
        click.echo(json.dumps({"devices": rows}, indent=2, ensure_ascii=False))
        return
    for one in found:
        confirmed = "fewer than 10" if one.confirmed is None else one.confirmed
        click.echo(f"{one.id}  {one.status:5}  {one.expires_at:%Y-%m-%d %H:%M}  {confirmed} confirmed  {one.name}")


@device.command("end")
@_campaign
@click.argument("device_id", metavar="ID")
def end(*, slug: str, device_id: str) -> None:
    """End a tablet's link at once; ID stands in the list.

    \b
    Example:
      campaign device end 5f0c2a7d9b3e4c118a6d2f7e90b1c3d4
    """
    lend.end(*_open(slug), COMMAND_LINE, device_id)
    click.echo("ended", err=True)


@click.group()
def paper() -> None:
    """Count signatures on paper, apart from those that were confirmed by mail.

    \b
    Example:
      campaign paper add --state lithuania --day 2026-11-21 --count 37
    """


@paper.command("add")
@_campaign
@click.option("--state", required=True, help="The state that was written to: its name in addresses, or its code.")
@click.option("--day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day on which people signed.")
@click.option("--count", required=True, type=int, help="How many signed.")
@click.option("--place", default="", help="A town, a square, an event; no names of persons.")
def add(*, slug: str, state: str, day: dt.datetime, count: int, place: str) -> None:
    """Enter how many signed on paper, and print the count's ID.

    \b
    Example:
      campaign paper add --state lithuania --day 2026-11-21 --count 37 --place "Vilnius, Town Hall square"
    """
    parts, edition = _open(slug)
    click.echo(
        enter_paper.enter_paper(parts, edition, COMMAND_LINE, enter_paper.Counted(state, day.date(), count, place))
    )


@paper.command("list")
@_campaign
@_json
def list_sheets(*, slug: str, is_json: bool) -> None:
    """List what was entered, by whom and when; what was taken back too.

    \b
    Example:
      campaign paper list --json
    """
    parts, edition = _open(slug)
    found = enter_paper.listed(parts, edition)
    if is_json:
        rows = [
            {
                "id": one.id,
                "state": one.state,
                "day": one.day.isoformat(),
                "count": one.count,
                "place": one.place,
                "entered_by": one.entered_by,
                "entered": one.entered_at.isoformat(),
                "undone_by": one.undone_by or None,
                "undone": one.undone_at.isoformat() if one.undone_at else None,
            }
            for one in found
        ]
        click.echo(json.dumps({"sheets": rows}, indent=2, ensure_ascii=False))
        return
    for one in found:
        undone = f"  taken back by {one.undone_by}" if one.undone_at else ""
        click.echo(f"{one.id}  {one.day}  {one.state}  {one.count:>6}  {one.place or '-'}  {one.entered_by}{undone}")


@paper.command("undo")
@_campaign
@click.argument("sheet_id", metavar="ID")
def undo(*, slug: str, sheet_id: str) -> None:
    """Take a count back; it stays in the list. ID stands there.

    \b
    Example:
      campaign paper undo 5f0c2a7d9b3e4c118a6d2f7e90b1c3d4
    """
    enter_paper.undo(*_open(slug), COMMAND_LINE, sheet_id)
    click.echo("taken back", err=True)
