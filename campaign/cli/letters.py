"""Letters: all of them in one book, for a person to read."""

from pathlib import Path

import click

from campaign.errors import CampaignError
from campaign.outside.files import resource
from campaign.parts import make_parts
from campaign.services.bind import bind
from campaign.settings import read_settings

# The book is read by those who keep the texts, in English like the command; the letters are in their own languages.
LABELS = {
    "title": "Every letter",
    "contents": "Contents",
    "sent": "as offices get it",
    "read": "to read beside it",
    "from": "from",
    "version": "Version",
    "unread": "No native has read",
    "is_unread": "unread",
    "subject": "Subject",
    "subjects": "Further subjects to choose from",
    "points": "Talking points to add",
    "chase": "The second letter, where an office has not answered",
    "hostile": "with a hostile name and paragraph",
}


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else stdout.")
def letters(folder: Path | None, output: Path | None) -> None:
    """Write every letter of a campaign folder as one HTML book: each state, office and language.

    The letters are rendered as they would leave, with a sample name, and one of each with a hostile one. Texts that
    no native has read are marked. Without DIR it is the bundled campaign; the database is not asked.

    \b
    Example:
      campaign letters --output letters.html
    """
    book = bind(make_parts(read_settings()), folder or resource("config") / "campaigns/keep-the-ban", LABELS)
    if output is None:
        click.echo(book.html.encode(), nl=False)
    else:
        _write(book.html, output)
    click.echo(f"{book.letters} letters; {book.unread} of {book.versions} versions hold unread words", err=True)


def _write(html: str, output: Path) -> None:
    """Write beside and rename: a file with the asked name is whole, or not there."""
    beside = output.with_name(f"{output.name}.part")
    try:
        beside.write_text(html, encoding="utf-8")
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CampaignError(f"{output}: {error.strerror}") from error
