"""Stats: the figures of a campaign."""

import json

import click

from campaign.parts import make_parts
from campaign.services.count import stats as count
from campaign.services.migrate import hold
from campaign.services.reckon import by_office
from campaign.settings import read_settings

DEFAULT = "keep-the-ban"


@click.command()
@click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
@click.option("--offices", "is_by_office", is_flag=True, help="Letters and answers by office, for organisers.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def stats(*, slug: str, is_by_office: bool, is_json: bool) -> None:
    """Count signatures and letters, by state; or letters and what became of them, by office.

    \b
    Example:
      campaign stats --json
      campaign stats --offices
    """
    parts = make_parts(read_settings())
    hold(parts)
    edition = parts.editions.current(slug)
    document = by_office(parts, edition) if is_by_office else count(parts, edition)
    if is_json:
        click.echo(json.dumps(document, indent=2))
    elif is_by_office:
        _show_offices(document)
    else:
        _show_states(slug, document)


def _show_states(slug: str, document: dict[str, object]) -> None:
    states: dict[str, dict[str, int]] = document["states"]  # type: ignore[assignment]  # as count made it
    names = ("confirmed", "pending", "withdrawn", "sent", "waiting", "held", "refused", "unknown")
    click.echo(f"{'':6}" + "".join(f"{name:>11}" for name in names))
    for code, figures in states.items():
        click.echo(f"{code:6}" + "".join(f"{figure:>11}" for figure in figures.values()))
    click.echo(f"{slug}: {document['confirmed']} confirmed, {document['pending']} pending, as of {document['as_of']}")


def _show_offices(document: dict[str, object]) -> None:
    """Show only figures that are not zero: an office has many."""
    states: dict[str, dict[str, dict[str, int]]] = document["states"]  # type: ignore[assignment]  # as by_office made it
    for code, offices in states.items():
        for office, figures in offices.items():
            told = ", ".join(f"{name.replace('_', ' ')} {figure}" for name, figure in figures.items() if figure)
            click.echo(f"{code:4}{office:27}{told or '-'}")
