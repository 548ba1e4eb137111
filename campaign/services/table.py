"""Formats of exports: each takes columns and rows and writes them as they come."""

import csv
import importlib
import io
import json
from collections.abc import Callable, Iterable
from typing import IO

import xlsxwriter  # type: ignore[import-untyped]

from campaign.domain.sheet import harmless
from campaign.errors import CampaignError
from campaign.services.export import Export

BATCH = 10_000


def _csv(export: Export, file: IO[bytes]) -> int:
    """UTF-8, RFC 4180, every cell quoted and none of them a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(export.columns)
    count = 0
    for row in export.rows:
        writer.writerow([harmless(cell) for cell in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _json(export: Export, file: IO[bytes]) -> int:
    """One array of objects, one object a line."""
    count = 0
    for row in export.rows:
        record = dict(zip(export.columns, map(_value, row), strict=True))
        file.write((b"[\n" if count == 0 else b",\n") + json.dumps(record, ensure_ascii=False).encode())
        count += 1
    file.write(b"[]\n" if count == 0 else b"\n]\n")
    return count


def _value(cell: object) -> object:
    return cell if isinstance(cell, int) else "" if cell is None else str(cell)


def _xlsx(export: Export, file: IO[bytes]) -> int:
    """A workbook with a frozen header; texts are texts, numbers numbers, and nothing is a formula or a link."""
    workbook = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = workbook.add_worksheet("counts" if export.columns[-1] == "confirmed" else "signatures")
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(export.columns):
        sheet.write_string(0, column, name, bold)
    count = 0
    for row in export.rows:
        count += 1
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(count, column, cell)
            else:
                sheet.write_string(count, column, "" if cell is None else str(cell))
    workbook.close()
    return count


def _parquet(export: Export, file: IO[bytes]) -> int:
    """Columns of text, and of whole numbers where every cell of the first rows is one."""
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise CampaignError("Parquet needs its extra: pip install 'campaign[parquet]'") from error
    kinds = [arrow.int64() if name == "confirmed" else arrow.string() for name in export.columns]
    schema = arrow.schema(list(zip(export.columns, kinds, strict=True)))
    count = 0
    with parquet.ParquetWriter(file, schema) as writer:
        for batch in _batches(export.rows):
            columns = [list(map(_value, cells)) for cells in zip(*batch, strict=True)]
            writer.write_table(arrow.table(columns, schema=schema))
            count += len(batch)
    return count


def _batches(rows: Iterable[tuple[object, ...]]) -> Iterable[list[tuple[object, ...]]]:
    batch: list[tuple[object, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


FORMATS: dict[str, Callable[[Export, IO[bytes]], int]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
