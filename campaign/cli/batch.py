"""Batch: take signatures out of the count together, and put them back."""

import json
from collections.abc import Callable

import click

from campaign.cli.stats import DEFAULT
from campaign.domain.batch import MARKS
from campaign.domain.edition import Edition
from campaign.parts import Parts, make_parts
from campaign.services import invalidate
from campaign.services.advance import advance
from campaign.services.invalidate import Batch
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings

_campaign = click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
_json = click.option("--json", "is_json", is_flag=True, help="One JSON document.")
_id = click.argument("batch_id", metavar="ID")


def _open(slug: str) -> tuple[Parts, Edition]:
    parts = make_parts(read_settings())
    hold(parts)
    return parts, parts.editions.current(slug)


@click.group()
def batch() -> None:
    """Take confirmed signatures out of the count together, by conditions; every batch can be undone.

    \b
    Example:
      campaign batch create --name "Flood of 24 November" --reason "one catch-all domain" --domain flood.example
    """


@batch.command("create")
@_campaign
@click.option("--name", required=True, help="What it is called.")
@click.option("--reason", required=True, help="Why; it is kept.")
@click.option("--state", default="", help="A state's code.")
@click.option("--country", default="", help="A country's code, such as NO.")
@click.option("--language", default="", help="The language of the page it was signed on.")
@click.option("--source", default="", help="A source, as in ?source= of the page.")
@click.option("--domain", default="", help="A mail domain.")
@click.option("--mark", default="", help=f"{' or '.join(MARKS)}.")
@click.option("--since", default="", help="Confirmed from this instant on (UTC).")
@click.option("--until", default="", help="Confirmed before this instant (UTC).")
@_json
def create(*, slug: str, is_json: bool, **said: str) -> None:
    """Write a batch down and show what it would take out; nothing is changed until it is run.

    \b
    Example:
      campaign batch create --name "Flood" --reason "one domain" --domain flood.example --since 2026-11-24T08:00
    """
    parts, edition = _open(slug)
    _show(invalidate.look(parts, edition, invalidate.create(parts, edition, COMMAND_LINE, said)), is_json=is_json)


@batch.command("run")
@_campaign
@_id
def run(*, slug: str, batch_id: str) -> None:
    """Take a batch's signatures out of the count, and stop their letters that have not begun to leave.

    It goes on in the worker when this command is stopped.

    \b
    Example:
      campaign batch run 0123456789abcdef0123456789abcdef
    """
    _do(slug, batch_id, invalidate.run)


@batch.command("undo")
@_campaign
@_id
def undo(*, slug: str, batch_id: str) -> None:
    """Put a batch's signatures back into the count, and their letters back on their way.

    \b
    Example:
      campaign batch undo 0123456789abcdef0123456789abcdef
    """
    _do(slug, batch_id, invalidate.undo)


def _do(slug: str, batch_id: str, act: Callable[[Parts, Edition, str, str], int]) -> None:
    """Begin, and do the pieces here; a worker beside takes its share of them."""
    parts, edition = _open(slug)
    act(parts, edition, COMMAND_LINE, batch_id)
    found = invalidate.look(parts, edition, batch_id)
    while found.status in ("running", "undoing"):
        advance(parts)
        found = invalidate.look(parts, edition, batch_id)
        click.echo(f"{found.status}: {found.taken} taken out, {found.back} put back", err=True)


@batch.command("cancel")
@_campaign
@_id
def cancel(*, slug: str, batch_id: str) -> None:
    """Stop a batch where it is; what it took out stays out until it is undone.

    \b
    Example:
      campaign batch cancel 0123456789abcdef0123456789abcdef
    """
    parts, edition = _open(slug)
    click.echo(f"stopped; {invalidate.cancel(parts, edition, COMMAND_LINE, batch_id)} stay out", err=True)


@batch.command("list")
@_campaign
@_json
def list_batches(*, slug: str, is_json: bool) -> None:
    """List the newest batches.

    \b
    Example:
      campaign batch list --json
    """
    found = invalidate.listed(*_open(slug))
    if is_json:
        click.echo(json.dumps({"campaign": slug, "batches": [_told(one) for one in found]}, indent=2))
        return
    for one in found:
        click.echo(f"{one.id}  {one.status:9}  {one.left:>7}  {one.name}")


@batch.command("show")
@_campaign
@_id
@_json
def show(*, slug: str, batch_id: str, is_json: bool) -> None:
    """Show a batch: what it would take out, or how far it is.

    \b
    Example:
      campaign batch show 0123456789abcdef0123456789abcdef
    """
    _show(invalidate.look(*_open(slug), batch_id), is_json=is_json)


def _told(one: Batch) -> dict[str, object]:
    """A batch as a JSON document; instants in UTC."""
    told: dict[str, object] = {name: getattr(one, name) for name in ("id", "name", "reason", "status", "total", "who")}
    told |= {"taken": one.taken, "back": one.back, "left": one.left, "conditions": one.said}
    for name in ("created_at", "started_at", "finished_at"):
        at = getattr(one, name)
        told[name] = at.isoformat() if at is not None else None
    if one.found is not None:
        days = [{"state": code, "day": day.isoformat(), "count": count} for code, day, count in one.found.days]
        told["would_take"] = {"total": one.found.total, "days": days, "samples": list(one.found.samples)}
    return told


def _show(one: Batch, *, is_json: bool) -> None:
    if is_json:
        click.echo(json.dumps(_told(one), indent=2, ensure_ascii=False))
        return
    click.echo(f"{one.id}  {one.status}  {one.name}")
    for name, value in one.said.items():
        click.echo(f"  {name}: {value}")
    if one.found is None:
        click.echo(f"  {one.taken} taken out, {one.back} put back, {one.left} out of the count")
        return
    click.echo(f"  would take {one.found.total} out of the count; nothing is changed yet")
    for code, day, count in one.found.days:
        click.echo(f"  {code}  {day}  {count:>7}")
