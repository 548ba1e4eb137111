"""Load: a campaign folder into the database."""

from pathlib import Path

import click

from campaign.outside.files import resource
from campaign.outside.journal import set_up_log
from campaign.parts import make_parts
from campaign.services.load import load as bring
from campaign.services.migrate import migrate
from campaign.settings import read_settings


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
def load(folder: Path | None) -> None:
    """Check a campaign folder and bring the database up to it: all of it, or nothing.

    Every mistake is named by file and line. Without DIR the bundled campaign is loaded. Loading twice changes
    nothing.

    \b
    Example:
      campaign load config/campaigns/keep-the-ban
    """
    settings = read_settings()
    set_up_log(settings)
    parts = make_parts(settings)
    migrate(parts)
    report = bring(parts, folder or resource("config") / "campaigns/keep-the-ban")
    for change in report.changes:
        click.echo(change, err=True)
    for text in report.unread:
        click.echo(f"no native has read: {text}", err=True)
    done = f"{len(report.changes)} changes" if report.changes else "nothing to change"
    click.echo(f"{report.slug}: {done}", err=True)
