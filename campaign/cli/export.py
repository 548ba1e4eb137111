"""Export: counts, signatures or people to a file or to stdout."""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from campaign.cli.stats import DEFAULT
from campaign.domain.edition import Edition
from campaign.domain.export import EXPORT_KINDS, Asked, ExportKind
from campaign.outside.age import check_recipient
from campaign.parts import make_parts
from campaign.services.export import Export, open_export
from campaign.services.migrate import hold
from campaign.services.table import FORMATS
from campaign.services.written import Written, write, write_file
from campaign.settings import read_settings

PROGRESS = 50_000  # rows
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("what", type=click.Choice(EXPORT_KINDS))
@click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
@click.option("--state", help="Only one state, by its code or slug.")
@click.option("--since", type=_DAY, help="From this UTC day on.")
@click.option("--until", type=_DAY, help="Up to and with this UTC day.")
@click.option(
    "--by", default="", help="Counts by any of state,day,hour,country,language,source,office.  [default: state]"
)
@click.option("--unique", "is_unique", is_flag=True, help="Counts of unique people too.")
@click.option("--purpose", default="", help="Of those who agreed to news, only for this purpose.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else stdout.")
@click.option("--reason", default="", help="Why people are exported: kept in the audit trail.")
@click.option("--people", metavar="REASON", default="", help="Signatures with people: the same as people --reason.")
@click.option("--recipient", default="", metavar="AGE1…", help="Seal the file to this public key (age).")
@click.option("--json", "is_json", is_flag=True, help="Rows, bytes and SHA-256 as one JSON document; needs --output.")
def export(  # noqa: PLR0913  one for each option
    *, what: ExportKind, slug: str, state: str | None, since: dt.datetime | None, until: dt.datetime | None,
    by: str, is_unique: bool, purpose: str, form: str, output: Path | None, reason: str, people: str,
    recipient: str, is_json: bool,
) -> None:  # fmt: skip
    """Write confirmed counts, signatures, signatures with people, or those who agreed to news, as a table.

    Signatures come without names and addresses; people and news come with them, want a --reason, and an audit line is
    written. Days are UTC. By office, a signature counts once for each office that it was addressed to. How many rows
    there were, and the SHA-256 of the bytes, go to stderr.

    \b
    Example:
      campaign export counts --by state,day --format csv --output counts.csv
      campaign export news --reason "newsletter of May" --recipient age1… --output news.csv.age
    """
    if is_json and output is None:
        raise click.UsageError("--json needs --output: without it, stdout is for the table")
    parts = make_parts(read_settings())
    hold(parts)
    edition = parts.editions.current(slug)
    kind: ExportKind = "people" if what == "signatures" and people else what
    asked = Asked(
        state=_code(edition, state),
        since=since.date() if since else None,
        until=until.date() if until else None,
        by=_columns(kind, by),
        purpose=purpose,
        is_unique=is_unique,
    )
    sealed_to = check_recipient(recipient)
    table = open_export(parts, edition, kind, asked, has_small=True, reason=people or reason)
    table = Export(table.columns, _told(table.rows), table.name)
    if output is None:
        written = write(table, form, sys.stdout.buffer, sealed_to)
    else:
        written = write_file(table, form, output, sealed_to)
    _show(written, output, is_json=is_json)


def _code(edition: Edition, state: str | None) -> str:
    """The code of a state by its code or slug; what it is not is refused later, as said."""
    if not state:
        return ""
    found = edition.state(state.upper() if len(state) == 2 else state.lower())
    return found.state.code if found is not None else state


def _columns(kind: ExportKind, by: str) -> tuple[str, ...]:
    named = tuple(name for name in by.split(",") if name)
    return named or (("state",) if kind == "counts" else ())


def _told(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Pass rows on, and say on stderr how far a long export is."""
    for number, row in enumerate(rows, start=1):
        yield row
        if number % PROGRESS == 0:
            click.echo(f"{number:,} rows so far", err=True)


def _show(written: Written, output: Path | None, *, is_json: bool) -> None:
    """Say how many rows there were, and the line that `sha256sum --check` takes."""
    if is_json:
        document = {"rows": written.rows, "bytes": written.size, "sha256": written.digest, "output": str(output)}
        click.echo(json.dumps(document, indent=2))
    click.echo(f"{written.rows} rows", err=True)
    click.echo(f"{written.digest}  {output or '-'}", err=True)
