"""Official: the offices' directory."""

import dataclasses
import json
from typing import BinaryIO

import click

from campaign.cli.stats import DEFAULT
from campaign.domain.cause import OFFICES
from campaign.domain.courtesy import TAKES, Takes
from campaign.domain.register import MAX_BYTES
from campaign.errors import InputRefusedError
from campaign.parts import make_parts
from campaign.queries import edition as editions
from campaign.services import halt
from campaign.services import register as registers
from campaign.services.edit import By
from campaign.services.migrate import hold
from campaign.services.note import COMMAND_LINE
from campaign.services.table import FORMATS
from campaign.services.takes import take
from campaign.services.verify import set_email, verify
from campaign.settings import read_settings

_campaign = click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
_office = click.argument("office", type=click.Choice(OFFICES))


@click.group()
def official() -> None:
    """Say which mailbox an office reads, and how it wants letters.

    \b
    Example:
      campaign official list
    """


@official.command("list")
@_campaign
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def list_officials(*, slug: str, is_json: bool) -> None:
    """List every office with its address, where that was read, and whether letters go there.

    \b
    Example:
      campaign official list --json
    """
    parts = make_parts(read_settings())
    hold(parts)
    edition = parts.editions.current(slug)
    rows = []
    with parts.reading() as session:
        for state in edition.states:
            for row in editions.official_rows(session, state.id).values():
                if row.retired_at is not None:
                    continue
                status = "verified" if row.verified_email else "set" if row.set_email else row.official.email_status
                rows.append(
                    {
                        "state": state.state.code,
                        "office": row.office,
                        "email": row.email,
                        "status": "suspended" if row.suspended_at is not None else status,  # letters came back
                        "letters": "none" if row.takes == "silence" else "leave" if row.mailable_email else "held",
                        "takes": row.takes,
                        "source": row.set_source or row.official.source,
                        "checked": row.official.checked.isoformat(),
                    }
                )
    if is_json:
        click.echo(json.dumps({"campaign": slug, "officials": rows}, indent=2, ensure_ascii=False))
        return
    for found in rows:
        width = {"state": 2, "office": 26, "letters": 5, "takes": 7, "status": 9}
        cells = [f"{found[name]:{wide}}" for name, wide in width.items()]
        click.echo("  ".join((*cells, found["email"] or "-", found["source"])))


@official.command("set")
@_campaign
@click.argument("state")
@_office
@click.option("--email", required=True, help="The office's address.")
@click.option("--source", required=True, help="The page it was read on.")
def set_official(*, slug: str, state: str, office: str, email: str, source: str) -> None:
    """Write down an office's address and the page it was read on; no letter goes there until it is verified.

    \b
    Example:
      campaign official set LT president --email office@example.lt --source https://example.lt/contact
    """
    parts = make_parts(read_settings())
    hold(parts)
    address = set_email(parts, slug, state, office, email, source)
    click.echo(f"{office} of {state} is now {address}; verify it to let its letters go", err=True)


@official.command("verify")
@_campaign
@click.argument("state")
@_office
def verify_official(*, slug: str, state: str, office: str) -> None:
    """Confirm that the address known is the office's own; letters that were held for it go on their way.

    \b
    Example:
      campaign official verify LT president
    """
    parts = make_parts(read_settings())
    hold(parts)
    done = verify(parts, slug, state, office)
    click.echo(f"{office} of {state} is verified at {done.email}; {done.released} letters are let go", err=True)


@official.command("takes")
@_campaign
@click.argument("state")
@_office
@click.argument("what", type=click.Choice(TAKES))
@click.option("--reason", required=True, help="Who asked for it, and when; it is kept.")
def take_official(*, slug: str, state: str, office: str, what: Takes, reason: str) -> None:
    """Write down how an office wants letters: each in a mail of its own, many in a digest once a day, or none at all.

    Offices that share its mailbox follow. With silence, what waits for them is stopped, and they are no longer offered.

    \b
    Example:
      campaign official takes LT president digest --reason "their mail of 24 November"
    """
    parts = make_parts(read_settings())
    hold(parts)
    done = take(parts, slug, state, office, what, reason)
    change = "were stopped" if what == "silence" else "travel otherwise now"
    click.echo(f"{', '.join(done.offices)} of {state}: {what}; {done.letters} waiting letters {change}", err=True)


@official.command("suspend")
@_campaign
@click.argument("state")
@_office
@click.option("--reason", required=True, help="Why, in a few words; it is kept.")
def suspend_official(*, slug: str, state: str, office: str, reason: str) -> None:
    """Hold letters to an office, and to all that share its mailbox, until that is lifted.

    \b
    Example:
      campaign official suspend LT president --reason "they called"
    """
    parts = make_parts(read_settings())
    hold(parts)
    done = halt.suspend(parts, slug, state, office, reason, COMMAND_LINE)
    click.echo(f"{', '.join(done.offices)} of {state}: suspended; {done.letters} waiting letters are held", err=True)


@official.command("lift")
@_campaign
@click.argument("state")
@_office
@click.option("--reason", required=True, help="Why, in a few words; it is kept.")
def lift_official(*, slug: str, state: str, office: str, reason: str) -> None:
    """Let letters go again to an office that was suspended, and to all that were with its mailbox.

    \b
    Example:
      campaign official lift LT president --reason "their mailbox works again"
    """
    parts = make_parts(read_settings())
    hold(parts)
    done = halt.let_go(parts, slug, state, office, reason, COMMAND_LINE)
    names = ", ".join(done.offices) or office
    click.echo(f"{names} of {state}: letters may go; {done.letters} are let go", err=True)


@official.command("import")
@_campaign
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", "is_dry", is_flag=True, help="Only say what would change.")
@click.option("--reason", default="imported", show_default=True, help="Why, in a few words; it is kept.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document.")
def import_officials(*, slug: str, file: BinaryIO, is_dry: bool, reason: str, is_json: bool) -> None:
    """Bring the directory up to a CSV file, all of it or nothing; new addresses still have to be verified.

    UTF-8, with commas or semicolons. Columns: state, office, email, source, and, where there are any, checked and
    title_<language>; an empty cell changes nothing. `campaign official export` writes the same shape.

    \b
    Example:
      campaign official import offices.csv --dry-run
    """
    parts = make_parts(read_settings())
    hold(parts)
    edition, raw = parts.editions.current(slug), file.read(MAX_BYTES + 1)
    try:
        plan = registers.plan(parts, edition, raw)
        if not is_dry:
            plan = registers.take(parts, edition, By(COMMAND_LINE, reason), raw)
    except InputRefusedError as refused:
        for problem in refused.problems:
            click.echo(parts.words.text("en", f"problem.{problem.code.lower()}", **problem.values), err=True)
        raise click.exceptions.Exit(1) from refused
    if is_json:
        rows = [dataclasses.asdict(one) for one in plan.changes]
        warnings = [dataclasses.asdict(one) for one in plan.warnings]
        document = {"campaign": slug, "is_dry_run": is_dry, "changes": rows, "warnings": warnings}
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    for one in plan.changes:
        click.echo(f"{one.line:>5}  {one.state}/{one.office}  {one.column}: {one.old or '-'} -> {one.new}")
    for found in plan.warnings:
        click.echo(f"line {found.line}: {found.email}: {found.what}", err=True)
    click.echo(f"{len(plan.changes)} changes{' would be' if is_dry else ''} made", err=True)


@official.command("export")
@_campaign
@click.option("--output", type=click.File("wb"), default="-", help="Where to; else to stdout.")
def export_officials(*, slug: str, output: BinaryIO) -> None:
    """Write the directory as CSV, in the shape in which it can be brought back.

    \b
    Example:
      campaign official export --output offices.csv
    """
    parts = make_parts(read_settings())
    hold(parts)
    FORMATS["csv"](registers.table(parts, parts.editions.current(slug)), output, None)
