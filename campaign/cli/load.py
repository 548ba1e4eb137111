"""Load: a campaign folder into the database."""

from pathlib import Path

import click

from campaign.errors import EditsUndoneError
from campaign.outside.files import resource
from campaign.outside.journal import set_up_log
from campaign.parts import make_parts
from campaign.services.load import load as bring
from campaign.services.migrate import migrate
from campaign.settings import read_settings

BUNDLED = "campaigns/keep-the-ban"


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--dry-run", "is_dry", is_flag=True, help="Only say what would change.")
@click.option("--over-edits", "is_over_edits", is_flag=True, help="Undo what people edited where the folder differs.")
def load(folder: Path | None, *, is_dry: bool, is_over_edits: bool) -> None:
    """Check a campaign folder and bring the database up to it: all of it, or nothing.

    Every mistake is named by file and line. Without DIR the bundled campaign is loaded. Loading twice changes
    nothing. Where the folder says otherwise than what people edited since it was last loaded, their edits are named
    and nothing is changed, unless --over-edits says so; take them into the folder with: campaign dump DIR

    \b
    Example:
      campaign load config/campaigns/keep-the-ban --dry-run
    """
    settings = read_settings()
    set_up_log(settings)
    parts = make_parts(settings)
    migrate(parts)
    try:
        report = bring(parts, folder or resource("config") / BUNDLED, is_dry=is_dry, is_over_edits=is_over_edits)
    except EditsUndoneError as error:
        for edit in error.edits:
            click.echo(edit, err=True)
        what = f"the folder would undo {len(error.edits)} edits; nothing was changed"
        advice = "campaign dump DIR takes them into the folder, --over-edits undoes them"
        raise EditsUndoneError((f"{what}. {advice}",)) from error
    for change in report.changes:
        click.echo(change, err=True)
    for one in report.undone:
        verb = "would undo" if is_dry else "undid"
        click.echo(f"{verb} an edit of {one.who}: {one.name} ({one.reason})", err=True)
    for text in report.unread:
        click.echo(f"no native has read: {text}", err=True)
    done = f"{len(report.changes)} changes" if report.changes else "nothing to change"
    click.echo(f"{report.slug}: {done}{', none made' if is_dry and report.changes else ''}", err=True)
