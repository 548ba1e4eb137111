"""Dump: the database's campaign into a folder."""

from pathlib import Path

import click

from campaign.cli.stats import DEFAULT
from campaign.outside.files import resource
from campaign.parts import make_parts
from campaign.services.dump import dump as write
from campaign.services.migrate import hold
from campaign.settings import read_settings


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
@click.option("--check", "is_check", is_flag=True, help="Change nothing; exit 1 when a file differs.")
@click.pass_context
def dump(context: click.Context, folder: Path | None, *, slug: str, is_check: bool) -> None:
    """Write a campaign into a folder as the database says it: loading the folder afterwards changes nothing.

    Only files that say something else are written, and their comments are kept. Without DIR, the bundled folder.

    \b
    Example:
      campaign dump config/campaigns/keep-the-ban --check
    """
    parts = make_parts(read_settings())
    hold(parts)
    where = folder or resource("config") / "campaigns" / slug
    found = write(parts, slug, where, is_check=is_check)
    for one in found:
        click.echo(str(one))
    verb = "differ" if is_check else "written"
    click.echo(f"{slug}: {len(found)} files {verb}" if found else f"{slug}: nothing differs", err=True)
    if found and is_check:
        context.exit(1)
