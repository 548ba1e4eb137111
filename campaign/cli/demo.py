"""Demo: made-up supporters to try things on."""

import click

from campaign.cli.serve import load_bundled
from campaign.cli.stats import DEFAULT
from campaign.parts import make_parts
from campaign.services.migrate import migrate
from campaign.services.pretend import pretend
from campaign.settings import read_settings


@click.command()
@click.option("--signatures", required=True, type=click.IntRange(1, 20_000_000), help="How many.")
@click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
def demo(*, signatures: int, slug: str) -> None:
    """Fill a database with made-up supporters; one that holds real ones is refused, and nothing is sent.

    \b
    Example:
      CAMPAIGN_HOME=./demo campaign demo --signatures 1000
    """
    parts = make_parts(read_settings())
    migrate(parts)
    load_bundled(parts)
    edition = parts.editions.current(slug)

    def progress(made: int) -> None:
        if made % 10_000 == 0 or made == signatures:
            click.echo(f"{made:,} of {signatures:,}", err=True)

    pretend(parts, edition, signatures, progress)
