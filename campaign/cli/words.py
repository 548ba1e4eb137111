"""Words: what a campaign says, piece by piece: shown, changed, and how it came to be."""

import json
from typing import TextIO

import click

from campaign.cli.stats import DEFAULT
from campaign.domain import inventory, piece
from campaign.domain.piece import Name
from campaign.parts import Parts, make_parts
from campaign.services.edit import By
from campaign.services.history import history as versions
from campaign.services.history import latest
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.services.rewrite import Rewriting, find, mark_read, rewrite, try_out
from campaign.services.whole import whole
from campaign.settings import read_settings

_campaign = click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
_reason = click.option("--reason", required=True, help="Why, in a few words; it is kept.")


@click.group()
def words() -> None:
    """Show and change what a campaign says: letters, talking points, pages, consents and its other texts.

    \b
    Example:
      campaign words show letter latvia lv
    """


def _parts() -> Parts:
    parts = make_parts(read_settings())
    hold(parts)
    return parts


@words.command("list")
@_campaign
@click.option("--kind", type=click.Choice(tuple(piece.FIELDS)), help="Only pieces of this kind.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def list_words(*, slug: str, kind: str | None, is_json: bool) -> None:
    """List every piece, who changed it last and when, and whether a native has read it.

    \b
    Example:
      campaign words list --kind letter
    """
    parts = _parts()
    with parts.reading() as session:
        cause = whole(session, slug)
    changed = latest(parts, slug)
    rows = []
    for name in inventory.words(cause):
        if kind not in (None, name.kind):
            continue
        last = changed.get(name)
        is_unread = bool(name.language) and piece.entry_of(piece.file_of(name), name.language) in cause.unread
        rows.append(
            {
                "kind": name.kind,
                "which": name.which,
                "language": name.language,
                "changed_at": last.at.isoformat() if last else None,
                "changed_by": last.who if last else None,
                "has_native_reader": not is_unread,
            }
        )
    if is_json:
        click.echo(json.dumps({"campaign": slug, "pieces": rows}, indent=2, ensure_ascii=False))
        return
    for row in rows:
        said = " ".join(str(row[part]) for part in ("kind", "which", "language") if row[part])
        by = f"{str(row['changed_at'])[:10]} {row['changed_by']}" if row["changed_at"] else "as loaded"
        click.echo(f"{said:44}{'' if row['has_native_reader'] else 'unread':8}{by}")


@words.command()
@_campaign
@click.argument("kind", type=click.Choice(tuple(piece.FIELDS)))
@click.argument("which")
@click.argument("language", default="")
def show(*, slug: str, kind: str, which: str, language: str) -> None:
    """Print one piece: its subjects or its title, an empty line, and what it says.

    \b
    Example:
      campaign words show letter latvia lv
    """
    click.echo(find(_parts(), slug, Name(kind, which, language)).text)


@words.command("set")
@_campaign
@click.argument("kind", type=click.Choice(tuple(piece.FIELDS)))
@click.argument("which")
@click.argument("language")
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@_reason
@click.option("--read-by-native", "is_read", is_flag=True, help="A native reader has read all of what is new.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only hold it against the rules.")
def set_words(  # noqa: PLR0913  one argument for each that the command has
    *, slug: str, kind: str, which: str, language: str, file: TextIO, reason: str, is_read: bool, is_dry: bool
) -> None:
    """Give a piece new words, from FILE or the standard input, in the form in which `show` prints it.

    LANGUAGE is "" for what is the same in every language. Letters that were signed before keep their text.

    \b
    Example:
      campaign words set page faq lv faq.md --reason "answers the question about postal letters"
    """
    parts, name = _parts(), Name(kind, which, language)
    rewriting = Rewriting({name: piece.read(kind, file.read())}, frozenset({name} if is_read else ()))
    if is_dry:
        changes = try_out(parts, slug, rewriting).changes
    else:
        changes = rewrite(parts, slug, By(COMMAND_LINE, reason), rewriting).changes
    for one in changes:
        click.echo(f"{one.name} {'would change' if is_dry else 'changed'}", err=True)
    if not changes:
        click.echo("nothing to change", err=True)


@words.command("read")
@_campaign
@click.argument("file")
@click.argument("language")
@_reason
def read_words(*, slug: str, file: str, language: str, reason: str) -> None:
    """Write down that a native reader has read all that FILE of the campaign's folder says in LANGUAGE.

    \b
    Example:
      campaign words read letters/latvia/lv.md lv --reason "read by a teacher in Riga"
    """
    mark_read(_parts(), slug, By(COMMAND_LINE, reason), ((file, language),))
    click.echo(f"{piece.entry_of(file, language)} is read", err=True)


@words.command()
@_campaign
@click.argument("kind")
@click.argument("which")
@click.argument("language", default="")
@click.option("--json", "is_json", is_flag=True, help="One JSON document, with every text.")
def history(*, slug: str, kind: str, which: str, language: str, is_json: bool) -> None:
    """List every change of a piece, the newest first: when, by whom and why.

    \b
    Example:
      campaign words history letter latvia lv --json
    """
    found = versions(_parts(), slug, Name(kind, which, language))
    if is_json:
        rows = [
            {"id": one.id, "at": one.at.isoformat(), "who": one.who, "reason": one.reason}
            | {"before": one.before, "after": one.after}
            for one in found
        ]
        click.echo(json.dumps({"campaign": slug, "versions": rows}, indent=2, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.id:6}  {one.at:%Y-%m-%d %H:%M}  {one.who:32}{one.reason}")
    if not found:
        click.echo("never changed since it was loaded", err=True)
