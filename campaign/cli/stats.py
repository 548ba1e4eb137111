"""Stats: the figures of a campaign."""

import json

import click

from campaign.parts import make_parts
from campaign.services.count import stats as count
from campaign.services.migrate import hold
from campaign.settings import read_settings

DEFAULT = "keep-the-ban"


@click.command()
@click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def stats(*, slug: str, is_json: bool) -> None:
    """Count signatures and letters, by state.

    \b
    Example:
      campaign stats --json
    """
    parts = make_parts(read_settings())
    hold(parts)
    document = count(parts, parts.editions.current(slug))
    if is_json:
        click.echo(json.dumps(document, indent=2))
        return
    states: dict[str, dict[str, int]] = document["states"]  # type: ignore[assignment]  # as count made it
    names = ("confirmed", "pending", "withdrawn", "sent", "waiting", "held", "refused", "unknown")
    click.echo(f"{'':6}" + "".join(f"{name:>11}" for name in names))
    for code, figures in states.items():
        click.echo(f"{code:6}" + "".join(f"{figure:>11}" for figure in figures.values()))
    click.echo(f"{slug}: {document['confirmed']} confirmed, {document['pending']} pending, as of {document['as_of']}")
