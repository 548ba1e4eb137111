"""Review: personal paragraphs that wait for a look, and the words that hold one."""

import json
from typing import TextIO

import click

from campaign.cli.stats import DEFAULT
from campaign.domain.review import REFUSALS
from campaign.parts import Parts, make_parts
from campaign.services import judge, wordlist
from campaign.services import review as reviews
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings

_campaign = click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
_json = click.option("--json", "is_json", is_flag=True, help="One JSON document.")
_signature = click.argument("signature")
_language = click.argument("language")


def _parts() -> Parts:
    parts = make_parts(read_settings())
    hold(parts)
    return parts


@click.group()
def review() -> None:
    """Look at personal paragraphs before their letters leave, and say which words hold one.

    \b
    Example:
      campaign review list
    """


@review.command("list")
@_campaign
@click.option("--after", default="", help="Begin after this signature.")
@_json
def list_waiting(*, slug: str, after: str, is_json: bool) -> None:
    """Show twenty paragraphs that wait, threats first; that they were seen goes into the audit trail.

    \b
    Example:
      campaign review list --json
    """
    parts = _parts()
    queue = reviews.queue(parts, parts.editions.current(slug), COMMAND_LINE, after)
    rows = [
        {
            "signature": one.signature_id,
            "state": one.state,
            "reasons": list(one.reasons),
            "confirmed_at": one.confirmed_at.isoformat() if one.confirmed_at else None,
            "letter_language": one.language,
            "language": one.page_language,
            "name": one.name,
            "paragraph": one.paragraph,
        }
        for one in queue.waiting
    ]
    if is_json:
        figures = {"campaign": slug, "waiting": queue.total, "threats": queue.threats, "after": queue.after}
        click.echo(json.dumps(figures | {"paragraphs": rows}, indent=2, ensure_ascii=False))
        return
    for one in queue.waiting:
        click.echo(f"{one.signature_id}  {one.state}  {', '.join(one.reasons)}  {one.name}")
        click.echo("".join(f"    {line}\n" for line in one.paragraph.splitlines()))
    click.echo(f"{queue.total} wait, {queue.threats} of them for a threat", err=True)


@review.command("approve")
@click.argument("signatures", nargs=-1, required=True)
def approve(*, signatures: tuple[str, ...]) -> None:
    """Let the letters of signatures leave, exactly as they were signed.

    \b
    Example:
      campaign review approve 5f0c8a2e9b7d4c31a6e2f0b8d9c7a153
    """
    parts = _parts()
    for one in signatures:
        judge.approve(parts, COMMAND_LINE, one)
        click.echo(f"{one} is let go", err=True)


@review.command("refuse")
@_signature
@click.option("--reason", required=True, type=click.Choice(REFUSALS), help="The supporter is told this.")
def refuse(*, signature: str, reason: str) -> None:
    """Stop the letters of a signature and tell its supporter why; it goes on counting, but for a threat.

    \b
    Example:
      campaign review refuse 5f0c8a2e9b7d4c31a6e2f0b8d9c7a153 --reason link
    """
    judge.refuse(_parts(), COMMAND_LINE, signature, reason)
    click.echo(f"{signature} is stopped; its supporter is told why", err=True)


@review.command("trim")
@_signature
@click.argument("text", type=click.File("r", encoding="utf-8"))
def trim(*, signature: str, text: TextIO) -> None:
    """Ask the supporter whether the letter may leave with the paragraph in the file TEXT (- for stdin).

    It is their paragraph with words taken out. Without a yes in fourteen days the letter is stopped.

    \b
    Example:
      campaign review trim 5f0c8a2e9b7d4c31a6e2f0b8d9c7a153 shorter.txt
    """
    judge.ask_to_trim(_parts(), COMMAND_LINE, signature, text.read())
    click.echo(f"the supporter of {signature} is asked", err=True)


@review.group("words")
def words() -> None:
    """Say which words hold a paragraph for a look; the lists begin empty.

    \b
    Example:
      campaign review words list
    """


@words.command("list")
@_campaign
@_json
def list_words(*, slug: str, is_json: bool) -> None:
    """Show every word, and how many waiting paragraphs hold it.

    \b
    Example:
      campaign review words list --json
    """
    parts = _parts()
    listed = wordlist.listed(parts, parts.editions.current(slug))
    rows = [{"language": one.language, "kind": one.kind, "word": one.word, "waiting": one.waiting} for one in listed]
    if is_json:
        click.echo(json.dumps({"campaign": slug, "words": rows}, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['language']}  {row['kind']:6}  {row['waiting']:5}  {row['word']}")


@words.command("add")
@_campaign
@_language
@click.argument("said", metavar="WORD...", nargs=-1, required=True)
@click.option("--threat", "is_threat", is_flag=True, help="Looked at first.")
def add(*, slug: str, language: str, said: tuple[str, ...], is_threat: bool) -> None:
    """Put words or phrases into the list of a language; what waits, or has left, stays as it is.

    \b
    Example:
      campaign review words add en "burn in hell" --threat
    """
    parts = _parts()
    edition, kind = parts.editions.current(slug), "threat" if is_threat else "word"
    added = wordlist.add(parts, edition, COMMAND_LINE, language, kind, "\n".join(said))
    click.echo(f"{added} words are new in the list", err=True)


@words.command("remove")
@_campaign
@_language
@click.argument("said", metavar="WORD")
def remove(*, slug: str, language: str, said: str) -> None:
    """Take a word out of the list of a language; what waits goes on waiting.

    \b
    Example:
      campaign review words remove en "burn in hell"
    """
    parts = _parts()
    wordlist.remove_word(parts, parts.editions.current(slug), COMMAND_LINE, language, said)
    click.echo("the word is out of the list", err=True)
