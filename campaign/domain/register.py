"""The directory of offices as a table in a file: what may stand in it, and what is wrong with it, line by line.

UTF-8, with or without a byte order mark; commas or semicolons; RFC 4180, so that a quoted cell may hold a line break.
The first line names the columns. An empty cell leaves what is known as it is.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from campaign.domain import address, text
from campaign.domain.cause import Words
from campaign.domain.sheet import harmless
from campaign.errors import InputRefusedError, Problem

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5_000
MAX_CELL = 2_000
MAX_TITLE = 200
MAX_TOLD = 100  # faults; who has more fixes those first
FIELD = "table"  # the field that the faults stand beside

NEEDED = ("state", "office", "email", "source")
TITLE = "title_"
# Files that spreadsheets, archives and others write, whatever they are called.
_OTHERS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"%PDF", b"BZh")
_FIRST_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: the office and what is said of it; empty where the line says nothing. `line` counts from 1."""

    line: int
    state: str
    office: str
    email: str
    source: str
    checked: dt.date | None
    titles: Words = field(default_factory=dict)


def columns(spoken: Iterable[str]) -> tuple[str, ...]:
    """The columns of a table, in the order in which it is written."""
    return (*NEEDED, "checked", *(f"{TITLE}{language}" for language in spoken))


def read(raw: bytes, spoken: Sequence[str], today: dt.date) -> tuple[Entry, ...]:
    """Read a table; `spoken` are the campaign's languages.

    Raises InputRefusedError with what is wrong, by line, at most `MAX_TOLD` faults.
    """
    lines = list(_records(_decoded(raw)))
    if not lines:
        raise _refusal(Problem(FIELD, "E-TABLE-EMPTY"))
    names = _header(lines[0][1], spoken)
    rows = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if not rows:
        raise _refusal(Problem(FIELD, "E-TABLE-EMPTY"))
    if len(rows) > MAX_ROWS:
        raise _refusal(Problem(FIELD, "E-TABLE-ROWS", {"most": str(MAX_ROWS), "found": str(len(rows))}))
    problems: list[Problem] = []
    found = [one for line, cells in rows if (one := _entry(line, names, cells, problems, today)) is not None]
    problems += _twice(found)
    if problems:
        raise _refusal(*problems)
    return tuple(found)


def fault(line: int, code: str, **values: str) -> Problem:
    """One thing wrong on a line."""
    return Problem(FIELD, code, {"line": str(line), **values})


def _refusal(*problems: Problem) -> InputRefusedError:
    told = problems[:MAX_TOLD]
    if len(problems) > len(told):
        told = (*told, Problem(FIELD, "E-TABLE-MORE", {"more": str(len(problems) - len(told))}))
    return InputRefusedError(told)


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _refusal(Problem(FIELD, "E-TABLE-LARGE"))
    if not raw.strip():
        raise _refusal(Problem(FIELD, "E-TABLE-EMPTY"))
    if raw.startswith(_OTHERS):
        raise _refusal(Problem(FIELD, "E-TABLE-BINARY"))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        raise _refusal(Problem(FIELD, "E-TABLE-UTF16"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refusal(fault(line, "E-TABLE-UTF8")) from error


def _records(said: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with the line that it begins on."""
    first = said.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(said, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refusal(fault(line, "E-TABLE-CSV")) from error
        yield line, cells
        line = reader.line_num + 1


def _header(cells: Sequence[str], spoken: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    known = columns(spoken)
    problems = [fault(1, "E-TABLE-COLUMN", column=name[:40]) for name in names if name not in known]
    problems += [fault(1, "E-TABLE-COLUMN-TWICE", column=name) for name in known if names.count(name) > 1]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        problems.insert(0, Problem(FIELD, "E-TABLE-HEADER", {"columns": ", ".join(missing)}))
    if problems:
        raise _refusal(*problems)
    return names


def _entry(
    line: int, names: Sequence[str], cells: Sequence[str], problems: list[Problem], today: dt.date
) -> Entry | None:
    """Read one line; None, and what is wrong with it among the problems, where something is."""
    if len(cells) != len(names):
        problems.append(fault(line, "E-TABLE-CELLS", found=str(len(cells)), expected=str(len(names))))
        return None
    said = {name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=True)}  # a line break is a space
    found = [*_cells(line, said), *_meaning(line, said, today)]
    problems += found
    if found:
        return None
    checked = said.get("checked", "")
    return Entry(
        line=line,
        state=said["state"].lower(),
        office=said["office"].lower(),
        email=address.clean(said["email"]) if said["email"] else "",
        source=said["source"],
        checked=dt.date.fromisoformat(checked) if checked else None,
        titles={name.removeprefix(TITLE): cell for name, cell in said.items() if name.startswith(TITLE) and cell},
    )


def _cells(line: int, said: dict[str, str]) -> Iterator[Problem]:
    """What no cell may be: a formula, too long, or with characters that nobody sees."""
    for name, cell in said.items():
        if harmless(cell) != cell:
            yield fault(line, "E-TABLE-FORMULA", column=name)
        elif len(cell) > (MAX_TITLE if name.startswith(TITLE) else MAX_CELL):
            yield fault(line, "E-TABLE-LONG", column=name)
        elif text.has_forbidden(cell):
            yield fault(line, "E-TABLE-CHARS", column=name)


def _meaning(line: int, said: dict[str, str], today: dt.date) -> Iterator[Problem]:
    if not said["state"] or not said["office"]:
        yield fault(line, "E-TABLE-OFFICE")
    if said["email"] and address.fault(said["email"]) is not None:
        yield fault(line, "E-TABLE-EMAIL")
    checked = said.get("checked", "")
    if checked:
        try:
            is_right = _FIRST_DAY <= dt.date.fromisoformat(checked) <= today
        except ValueError:
            is_right = False
        if not is_right:
            yield fault(line, "E-TABLE-DAY")


def is_page(source: str) -> bool:
    """Tell whether a source is the address of a page."""
    return source.startswith(("https://", "http://")) and not any(one.isspace() for one in source)


def _twice(found: Sequence[Entry]) -> Iterator[Problem]:
    """Offices that stand in the table more than once."""
    first: dict[tuple[str, str], int] = {}
    for one in found:
        before = first.setdefault((one.state, one.office), one.line)
        if before != one.line:
            yield fault(one.line, "E-TABLE-TWICE", first=str(before))
