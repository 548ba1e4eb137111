"""Paper: a letter set warm, beside the ceiling: an empty page of the same typesetter, its compiler kept too."""

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import typst

from campaign.domain.letter import Block
from campaign.domain.paper import Home, Paper, Sheet
from campaign.outside.files import resource
from campaign.outside.pdf import TypstTypesetter

ROUNDS = 60
MOST_MILLISECONDS = 15
_LINES = "Kreipiuosi į Jus dėl sprendimo, kurio padariniai siekia toli už Lietuvos ribų. " * 5
_BLOCKS = tuple(Block("text", f"{number}. {_LINES}") for number in range(8))


def _paper(number: int, letters: int) -> Paper:
    sheet = Sheet(
        window=("Ministrui Pirmininkui", "Lietuvos Respublikos Vyriausybės kanceliarija", "Gedimino pr. 11", "Vilnius"),
        head="Kaunas, 2026 m. lapkričio 24 d.",
        subject="Dėl Lietuvos dalyvavimo konvencijose",
        blocks=(*_BLOCKS, Block("own", f"Mano žodžiai, {number}."), Block("text", "Pagarbiai")),
        signature=(f"Ona Nordmann {number}", "Norvegija"),
    )
    home = Home(address="https://ban.example.org/lt/keep-the-ban/lithuania/", words="QR")
    return Paper(language="lt", title=sheet.subject, day=dt.date(2026, 11, 24), letters=(sheet,) * letters, home=home)


def _empty(folder: Path) -> Callable[[int], object]:
    source = folder / "empty.typ"
    source.write_text("#set document(title: sys.inputs.number, date: none)\n", encoding="utf-8")
    compiler = typst.Compiler(source, root=folder, font_paths=typst.Fonts(include_system_fonts=False))
    return lambda number: compiler.compile(format="pdf", sys_inputs={"number": str(number)})


def _milliseconds(work: Callable[[int], object], number: int) -> float:
    start = time.perf_counter()
    work(number)
    return (time.perf_counter() - start) * 1000


def figures() -> Iterator[tuple[str, float, float]]:
    """Measure in turn, each time another letter: what was set, the median and the best in milliseconds."""
    ours = TypstTypesetter(resource("templates") / "pdf")
    with tempfile.TemporaryDirectory() as folder:
        works: dict[str, Callable[[int], object]] = {
            "bare typst, an empty page": _empty(Path(folder)),
            "a letter of two pages": lambda number: ours.typeset(_paper(number, 1)),
            "six letters": lambda number: ours.typeset(_paper(number, 6)),
        }
        found: dict[str, list[float]] = {name: [] for name in works}
        for number in range(ROUNDS):
            for name, work in works.items():
                found[name].append(_milliseconds(work, number))
    for name, times in found.items():
        yield name, statistics.median(times[5:]), min(times[5:])


def show() -> None:
    """Print the figures beside the limit that a letter is held to."""
    print(f"paper, warm, {ROUNDS} of each in turn; at most {MOST_MILLISECONDS} ms a letter")
    for name, middle, best in figures():
        print(f"  {name:28} {middle:6.1f} ms  (best {best:.1f})")
