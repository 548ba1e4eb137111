"""Formats of exports: each takes columns and rows and writes them as they come."""

import csv
import importlib
import importlib.util
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import xlsxwriter  # type: ignore[import-untyped]

from campaign.domain.sheet import harmless
from campaign.errors import CampaignError
from campaign.services.export import Export

BATCH = 10_000
MOST_ROWS = 1_048_575  # below the header of one sheet of a workbook
MOST_LETTERS = 32_767  # in one cell of it
NUMBERS = frozenset({"confirmed", "unique_people", "hour"})
Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """A format whose bytes can be written page by page: its beginning, rows (the first or later ones), its end."""

    head: Callable[[tuple[str, ...]], bytes]
    page: Callable[[tuple[str, ...], Iterable[Cells], bool], bytes]
    tail: Callable[[bool], bytes]


def _csv_lines(rows: Iterable[Cells]) -> bytes:
    """UTF-8, RFC 4180, every cell quoted and none of them a formula."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _json_lines(columns: tuple[str, ...], rows: Iterable[Cells], is_first: bool) -> bytes:  # noqa: FBT001  Stream's shape
    """One array of objects, one object a line."""
    records = [
        json.dumps(dict(zip(columns, map(_value, row), strict=True)), ensure_ascii=False).encode() for row in rows
    ]
    return (b"[\n" if is_first else b",\n") + b",\n".join(records) if records else b""


def _value(cell: object) -> object:
    return cell if isinstance(cell, int) else "" if cell is None else str(cell)


STREAMS: dict[str, Stream] = {
    "csv": Stream(lambda columns: _csv_lines([columns]), lambda _, rows, __: _csv_lines(rows), lambda _: b""),
    "json": Stream(lambda _: b"", _json_lines, lambda is_empty: b"[]\n" if is_empty else b"\n]\n"),
}


def is_streamed(form: str, recipient: str) -> bool:
    """Tell whether a file can be written page by page; others are made of all rows at the end."""
    return form in STREAMS and not recipient


def _streamed(stream: Stream, export: Export, file: IO[bytes]) -> int:
    file.write(stream.head(export.columns))
    count = 0
    for batch in batches(export.rows):
        file.write(stream.page(export.columns, batch, count == 0))
        count += len(batch)
    file.write(stream.tail(count == 0))
    return count


def _csv(export: Export, file: IO[bytes], folder: Path | None = None) -> int:  # noqa: ARG001  the shape of all formats
    return _streamed(STREAMS["csv"], export, file)


def _json(export: Export, file: IO[bytes], folder: Path | None = None) -> int:  # noqa: ARG001  the shape of all formats
    return _streamed(STREAMS["json"], export, file)


def _xlsx(export: Export, file: IO[bytes], folder: Path | None = None, most_rows: int = MOST_ROWS) -> int:
    """A workbook with frozen headers; texts are texts, numbers numbers, nothing is a formula or a link.

    More rows than a sheet can hold go on in a further sheet.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(file, options | ({"tmpdir": str(folder)} if folder is not None else {}))
    bold = workbook.add_format({"bold": True})
    sheets, count, line = 1, 0, 0
    sheet = _sheet(workbook, export, sheets, bold)
    for row in export.rows:
        if line == most_rows:
            sheets, line = sheets + 1, 0
            sheet = _sheet(workbook, export, sheets, bold)
        line += 1
        count += 1
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell)
            else:
                sheet.write_string(line, column, str(_value(cell))[:MOST_LETTERS])
    workbook.close()
    return count


def _sheet(workbook: xlsxwriter.Workbook, export: Export, number: int, bold: object) -> xlsxwriter.worksheet.Worksheet:
    sheet = workbook.add_worksheet(export.name if number == 1 else f"{export.name} {number}")
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(export.columns):
        sheet.write_string(0, column, name, bold)
    return sheet


def has_parquet() -> bool:
    """Tell whether the extra that Parquet needs is there."""
    return importlib.util.find_spec("pyarrow") is not None


def _parquet(export: Export, file: IO[bytes], folder: Path | None = None) -> int:  # noqa: ARG001  the shape of all formats
    """Columns of text, and of whole numbers where a column counts."""
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise CampaignError("Parquet needs its extra: pip install 'campaign[parquet]'") from error
    kinds = [arrow.int64() if name in NUMBERS else arrow.string() for name in export.columns]
    schema = arrow.schema(list(zip(export.columns, kinds, strict=True)))
    count = 0
    with parquet.ParquetWriter(file, schema) as writer:
        for batch in batches(export.rows):
            columns = [
                list(cells) if name in NUMBERS else [str(_value(cell)) for cell in cells]
                for name, cells in zip(export.columns, zip(*batch, strict=True), strict=True)
            ]
            writer.write_table(arrow.table(columns, schema=schema))
            count += len(batch)
    return count


def batches(rows: Iterable[Cells]) -> Iterable[list[Cells]]:
    """Give rows some thousand at a time."""
    batch: list[Cells] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


Format = Callable[[Export, IO[bytes], Path | None], int]
# Each writes an export to a file and gives the number of rows; what it must lay aside meanwhile goes to the folder.
FORMATS: dict[str, Format] = {"csv": _csv, "json": _json, "xlsx": _xlsx, "parquet": _parquet}
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
