"""PDF: sets letters on paper by typst, tagged, after PDF/UA-1 and PDF/A-2a; every word is handed over as data."""

import contextlib
import dataclasses
import datetime as dt
import io
import json
import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Protocol, cast
from urllib.parse import urlsplit

import segno
import typst

from campaign.domain.digest import Bound, Volume
from campaign.domain.letter import Block
from campaign.domain.paper import Paper, Sheet
from campaign.domain.picture import Picture, Poster
from campaign.domain.slip import Slips

STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
_LONG_RUN = re.compile(r"\S{50}")  # longer than a line of the window; the page takes 90
_EMPTY_LINES = re.compile(r"\n\s*\n")
_MOST_DRAWN = 128  # pictures of some 80 kB; there are six for each language
_PIECE = 4  # letters between two places where a long run may break


class Typesetter(Protocol):
    """Sets letters on paper."""

    def typeset(self, paper: Paper) -> bytes:
        """Set letters as one PDF."""
        ...

    def bind(self, volume: Volume) -> bytes:
        """Set many letters to one mailbox as one PDF."""
        ...

    def draw(self, picture: Picture) -> bytes:
        """Draw a picture for sharing: PNG, 1200 × 630 dots."""
        ...

    def hang(self, poster: Poster) -> bytes:
        """Set a poster on A4 as PDF."""
        ...

    def cut(self, slips: Slips) -> bytes:
        """Set a letter with slips to cut on A4 as PDF."""
        ...


class TypstTypesetter:
    """Sets letters by typst. One compiler is kept, since a new one costs more than a letter; threads take turns."""

    def __init__(self, folder: Path) -> None:
        """Use the templates and the fonts of a folder, and read no other text; the first letter loads them."""
        self._folder = folder
        self._turn = threading.Lock()
        self._compilers: dict[tuple[str, bool], typst.Compiler] = {}
        self._drawn: dict[Picture, bytes] = {}

    def typeset(self, paper: Paper) -> bytes:
        """Set letters as one PDF.

        A character that our fonts lack is looked for in those of this machine; where none has it, a box stands for
        it, and the PDF, still tagged, keeps to no standard: both forbid such a box.
        """
        return self._set("letter", {"paper": _data(paper)})

    def bind(self, volume: Volume) -> bytes:
        """Set many letters to one mailbox as one PDF, with contents; characters as `typeset` does."""
        return self._set("digest", {"paper": _volume(volume)})

    def draw(self, picture: Picture) -> bytes:
        """Draw a picture for sharing: PNG, 1200 × 630 dots. The last ones are kept: it changes once in a while."""
        found = self._drawn.get(picture)
        if found is None:
            inputs = {"picture": json.dumps(_dashed(picture), ensure_ascii=False)}
            with self._turn:
                compiler = self._compiler("picture", has_all_fonts=False)
                found = cast("bytes", compiler.compile(format="png", ppi=72, sys_inputs=inputs))
                if len(self._drawn) >= _MOST_DRAWN:
                    self._drawn.clear()
                self._drawn[picture] = found
        return found

    def hang(self, poster: Poster) -> bytes:
        """Set a poster on A4 as PDF."""
        shown = urlsplit(poster.address)
        data = _dashed(poster) | {"code": code(poster.address), "shown": _line(shown.netloc + shown.path)}
        return self._set("poster", {"poster": data})

    def cut(self, slips: Slips) -> bytes:
        """Set a letter with slips to cut on A4 as PDF."""
        data = _dashed(slips) | {
            "offices": _lines(slips.offices),
            "blocks": [one for block in slips.blocks for one in _parts(block)],
            "slip": {name: _line(text) for name, text in dataclasses.asdict(slips.slip).items()},
        }
        return self._set("slips", {"slips": data})

    def _set(self, template: str, data: dict[str, dict[str, object]]) -> bytes:
        inputs = {name: json.dumps(told, ensure_ascii=False) for name, told in data.items()}
        with self._turn:
            for has_all_fonts in (False, True):
                with contextlib.suppress(typst.TypstError):
                    return self._compile(self._compiler(template, has_all_fonts=has_all_fonts), inputs, STANDARDS)
            return self._compile(self._compiler(template, has_all_fonts=True), inputs, [])

    def _compiler(self, template: str, *, has_all_fonts: bool) -> typst.Compiler:
        if (template, has_all_fonts) not in self._compilers:
            fonts = typst.Fonts(include_system_fonts=has_all_fonts, font_paths=[str(self._folder / "fonts")])
            made = typst.Compiler(self._folder / f"{template}.typ", root=self._folder, font_paths=fonts)
            self._compilers[template, has_all_fonts] = made
        return self._compilers[template, has_all_fonts]

    @staticmethod
    def _compile(compiler: typst.Compiler, inputs: dict[str, str], standards: "list[typst.PDFStandard]") -> bytes:
        return cast("bytes", compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=standards))


class FakeTypesetter:
    """Remembers what it was to set, and answers with something short."""

    def __init__(self) -> None:
        """Start with nothing set."""
        self.papers: list[Paper] = []
        self.volumes: list[Volume] = []

    def typeset(self, paper: Paper) -> bytes:
        """Keep the letters for the test."""
        self.papers.append(paper)
        return b"%PDF-fake"

    def bind(self, volume: Volume) -> bytes:
        """Keep the letters for the test."""
        self.volumes.append(volume)
        return b"%PDF-fake"

    def draw(self, picture: Picture) -> bytes:
        """Name what was to be drawn."""
        return f"PNG {picture.heading}".encode()

    def hang(self, poster: Poster) -> bytes:
        """Name what was to be hung."""
        return f"%PDF-fake {poster.heading}".encode()

    def cut(self, slips: Slips) -> bytes:
        """Name what was to be cut."""
        return f"%PDF-fake {slips.heading}".encode()


def _dashed(told: Picture | Poster | Slips) -> dict[str, object]:
    return {name.replace("_", "-"): value for name, value in dataclasses.asdict(told).items()}


def _data(paper: Paper) -> dict[str, object]:
    return {
        "language": paper.language,
        "title": paper.title,
        "day": _day(paper.day),
        "letters": [_sheet(one) for one in paper.letters],
        "home": {
            "address": paper.home.address,
            "words": paper.home.words,
            "code": code(paper.home.address),
            "shown": _line(paper.home.address),
        },
    }


def _volume(volume: Volume) -> dict[str, object]:
    return {
        "language": volume.language,
        "title": volume.title,
        "day": _day(volume.day),
        "opening": _lines(volume.opening),
        "contents": _line(volume.contents),
        "letters": [_bound(one) for one in volume.letters],
    }


def _bound(bound: Bound) -> dict[str, object]:
    return {
        "heading": _line(bound.heading),
        "facts": _lines(bound.facts),
        "subject": _line(bound.subject),
        "blocks": [one for block in bound.blocks for one in _parts(block)],
    }


def _day(day: dt.date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _sheet(sheet: Sheet) -> dict[str, object]:
    return {
        "window": _lines(sheet.window),
        "head": _line(sheet.head),
        "subject": _line(sheet.subject),
        "blocks": [one for block in sheet.blocks for one in _parts(block)],
        "signature": _lines(sheet.signature),
    }


def _parts(block: Block) -> list[dict[str, object]]:
    """A block as the template takes it; what a supporter parted by empty lines is several."""
    if block.kind == "list":
        return [{"kind": "list", "items": _lines(block.items)}]
    return [{"kind": block.kind, "lines": _lines(one.split("\n"))} for one in _EMPTY_LINES.split(block.text)]


def _lines(told: Iterable[str]) -> list[str | list[str]]:
    return [_line(one) for one in told]


def _line(text: str) -> str | list[str]:
    """A line as it is, or in pieces where a run of letters may not fit the sheet; marks stay with their letters."""
    text = text.replace("\t", " ")  # typst sets no tab
    if _LONG_RUN.search(text) is None:
        return text
    pieces = [""]
    for letter in text:
        if len(pieces[-1]) >= _PIECE and not unicodedata.category(letter).startswith("M"):
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache(maxsize=256)
def code(address: str) -> str:
    """Draw the QR code of an address (ISO/IEC 18004, a quarter of it may be lost) as SVG, without its quiet zone."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="q").save(drawn, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None)
    return drawn.getvalue().decode()
