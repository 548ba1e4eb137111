"""Campaigns: those of this installation, paused, copied, and when they take signatures."""

import json

import click

from campaign.domain import plan as plans
from campaign.parts import Parts, make_parts
from campaign.queries import edition as editions
from campaign.services import pause as pausing
from campaign.services.clone import clone
from campaign.services.count import stats
from campaign.services.edit import By, edit
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings

_slug = click.argument("slug")
_reason = click.option("--reason", required=True, help="Why, in a few words; it is kept.")


def _parts() -> Parts:
    parts = make_parts(read_settings())
    hold(parts)
    return parts


@click.group()
def campaigns() -> None:
    """Say which campaigns there are, pause them, copy them, and set their dates.

    \b
    Example:
      campaign campaigns list
    """


@campaigns.command("list")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def list_campaigns(*, is_json: bool) -> None:
    """List every campaign with its dates (UTC days), and whether it takes signatures now.

    \b
    Example:
      campaign campaigns list --json
    """
    parts = _parts()
    with parts.reading() as session:
        slugs = editions.slugs(session)
    rows = [_row(parts, slug) for slug in slugs]
    if is_json:
        click.echo(json.dumps({"campaigns": rows}, indent=2, ensure_ascii=False))
        return
    for row in rows:
        days = f"{row['opens_on'] or '…'} to {row['closes_on'] or '…'}"
        click.echo(f"{row['campaign']:24}{row['status']:9}{days:26}{row['confirmed']:>9} confirmed")


def _row(parts: Parts, slug: str) -> dict[str, object]:
    edition = parts.editions.current(slug)
    plan = plans.written(plans.of(edition.cause))
    return {
        "campaign": slug,
        "status": edition.status(parts.clock.now().date()),
        "opens_on": plan["opens_on"],
        "closes_on": plan["closes_on"],
        "goals": list(edition.cause.goals),
        "counts": edition.cause.counts,
        "languages": list(edition.cause.languages),
        "states": [one.state.code for one in edition.states],
        "confirmed": stats(parts, edition)["confirmed"],
    }


def _told(slug: str, parts: Parts) -> None:
    click.echo(f"{slug} is {parts.editions.current(slug).status(parts.clock.now().date())}", err=True)


@campaigns.command("pause")
@_slug
@_reason
def pause(*, slug: str, reason: str) -> None:
    """Stop a campaign at once: it takes no signatures and sends no letters; what was signed is kept and waits.

    \b
    Example:
      campaign campaigns pause keep-the-ban --reason "an office's address is in doubt"
    """
    parts = _parts()
    pausing.pause(parts, slug, By(COMMAND_LINE, reason))
    _told(slug, parts)


@campaigns.command("resume")
@_slug
@_reason
def resume(*, slug: str, reason: str) -> None:
    """Let a paused campaign go on: it takes signatures again, and what waits is sent.

    \b
    Example:
      campaign campaigns resume keep-the-ban --reason "the address is right"
    """
    parts = _parts()
    pausing.resume(parts, slug, By(COMMAND_LINE, reason))
    _told(slug, parts)


@campaigns.command("retire")
@_slug
@_reason
def retire(*, slug: str, reason: str) -> None:
    """Take a campaign's pages down and stop its letters; nothing of it is deleted.

    \b
    Example:
      campaign campaigns retire keep-the-ban --reason "over"
    """
    parts = _parts()
    pausing.retire(parts, slug, By(COMMAND_LINE, reason))
    _told(slug, parts)


@campaigns.command("restore")
@_slug
@_reason
def restore(*, slug: str, reason: str) -> None:
    """Put a retired campaign's pages up again; it stays paused.

    \b
    Example:
      campaign campaigns restore keep-the-ban --reason "asked for"
    """
    parts = _parts()
    pausing.restore(parts, slug, By(COMMAND_LINE, reason))
    _told(slug, parts)


@campaigns.command("clone")
@_slug
@click.argument("new")
@click.option("--name", required=True, help="What the copy is called.")
@_reason
def clone_campaign(*, slug: str, new: str, name: str, reason: str) -> None:
    """Copy a campaign, with all it says and none of its signatures; the copy is paused.

    \b
    Example:
      campaign campaigns clone keep-the-ban keep-the-next --name "Keep the next" --reason "for the autumn"
    """
    parts = _parts()
    _told(clone(parts, slug, new, name, By(COMMAND_LINE, reason)), parts)


@campaigns.command("set")
@_slug
@click.option("--opens", help="The first day (UTC) on which it takes signatures, such as 2026-12-01; '' for none.")
@click.option("--closes", help="The last day (UTC); letters can be confirmed for 24 hours more; '' for none.")
@click.option("--goals", help="The marks its count is held against, such as '100, 500, 1000'.")
@click.option("--counts", type=click.Choice(plans.COUNTS), help="How everybody sees its counts.")
@_reason
def set_plan(*, slug: str, reason: str, **typed: str | None) -> None:
    """Set a campaign's dates, its marks, and whether its counts are shown exact or rounded down to tens.

    \b
    Example:
      campaign campaigns set keep-the-ban --closes 2027-06-30 --reason "until the summer"
    """
    parts = _parts()
    before = plans.of(parts.editions.current(slug).cause)
    names = {"opens": "opens_on", "closes": "closes_on", "goals": "goals", "counts": "counts"}
    given = {names[option]: value for option, value in typed.items() if value is not None}
    if not given:
        raise click.UsageError("say what to set: --opens, --closes, --goals, --counts")
    plan = plans.read(plans.written(before) | given, before, parts.clock.now().date())
    done = edit(parts, slug, By(COMMAND_LINE, reason), plan.applied, what="campaign.plan")
    click.echo(f"{slug}: {', '.join(one.name.which for one in done.changes) or 'nothing'} changed", err=True)
