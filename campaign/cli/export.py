"""Export: counts or signatures to a file or to stdout."""

import datetime as dt
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from campaign.cli.stats import DEFAULT
from campaign.parts import make_parts
from campaign.services import export as exporting
from campaign.services.migrate import hold
from campaign.services.table import FORMATS
from campaign.settings import read_settings

PROGRESS = 50_000  # rows
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("what", type=click.Choice(["counts", "signatures"]))
@click.option("--campaign", "slug", default=DEFAULT, show_default=True, help="Which campaign.")
@click.option("--state", help="Only one state, by its code or slug.")
@click.option("--since", type=_DAY, help="From this UTC day on.")
@click.option("--until", type=_DAY, help="Up to and with this UTC day.")
@click.option("--by", default="state", show_default=True, help="Counts by any of state,day,country,language,source.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else stdout.")
@click.option("--people", "reason", metavar="REASON", default="", help="With names and addresses; the reason is kept.")
def export(  # noqa: PLR0913  one for each option
    *, what: str, slug: str, state: str | None, since: dt.datetime | None, until: dt.datetime | None,
    by: str, form: str, output: Path | None, reason: str,
) -> None:  # fmt: skip
    """Write confirmed counts, or every signature, as a table.

    Signatures come without names and addresses; with --people REASON they come with them, and an audit line is
    written. Days are UTC.

    \b
    Example:
      campaign export counts --by state,day --format csv --output counts.csv
    """
    parts = make_parts(read_settings())
    hold(parts)
    edition = parts.editions.current(slug)
    found = edition.state(state.upper() if len(state) == 2 else state.lower()) if state else None
    code = found.state.code if found is not None else state
    period = exporting.Period(state=code, since=since.date() if since else None, until=until.date() if until else None)
    if what == "counts":
        table = exporting.counts(parts, edition, tuple(name for name in by.split(",") if name), period)
    else:
        table = exporting.signatures(parts, edition, period, reason=reason.strip())
    table = exporting.Export(table.columns, _told(table.rows))
    count = _to_stdout(table, form) if output is None else _to_file(table, form, output)
    click.echo(f"{count} rows", err=True)


def _told(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Pass rows on, and say on stderr how far a long export is."""
    for number, row in enumerate(rows, start=1):
        yield row
        if number % PROGRESS == 0:
            click.echo(f"{number:,} rows so far", err=True)


def _to_stdout(table: exporting.Export, form: str) -> int:
    count = FORMATS[form](table, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return count


def _to_file(table: exporting.Export, form: str, output: Path) -> int:
    """Write beside and rename: a file with the asked name is whole, or not there."""
    beside = output.with_name(f"{output.name}.part")
    try:
        with beside.open("wb") as file:
            count = FORMATS[form](table, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)
    return count
