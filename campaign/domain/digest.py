"""A digest: many letters to one mailbox, each whole, as a document to read and as a table to work with."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.domain.letter import Block, RenderedLetter
from campaign.domain.sheet import harmless

COLUMNS = ("number", "name", "place", "country", "day", "subject", "letter", "answers")
_BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheet programs know UTF-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One letter in the document: its heading, what is known of it, a line each, and all that it says."""

    heading: str
    facts: tuple[str, ...]
    subject: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The document: a title, an opening page of paragraphs and contents, and the letters; in one language, of a day."""

    language: str
    title: str
    day: dt.date
    opening: tuple[str, ...]
    contents: str
    letters: tuple[Bound, ...]


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write letters as CSV (RFC 4180): UTF-8 with its mark, every cell quoted and none of them a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def lines_of(letters: Iterable[RenderedLetter], kind: str) -> tuple[str, ...]:
    """All that letters say in blocks of a kind, such as whom they address, each line once."""
    blocks = (block for letter in letters for block in letter.blocks if block.kind == kind)
    return tuple(dict.fromkeys(line for block in blocks for line in block.text.splitlines()))
