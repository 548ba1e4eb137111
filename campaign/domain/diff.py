"""Diff: two texts side by side, line beside line, with the words that went and the words that came marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\{\{.*?\}\}|\{%.*?%\}|\w+|[^\w\s]")
MOST_SAME = 1  # lines of what stays that are shown before and after a change


@dataclass(frozen=True, slots=True)
class Run:
    """Words that belong together: those that stay, or those of one side alone."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it stood and as it stands; a side without a line is empty. `is_gap` stands for lines left out."""

    before: tuple[Run, ...] = ()
    after: tuple[Run, ...] = ()
    is_gap: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether the two sides differ."""
        return any(run.is_changed for run in (*self.before, *self.after))


def side_by_side(before: str, after: str) -> tuple[Row, ...]:
    """Hold two texts against each other; of what stays, only the lines next to a change are kept."""
    return tuple(_short(tuple(_rows(before.split("\n") if before else [], after.split("\n") if after else []))))


def _rows(before: list[str], after: list[str]) -> Iterator[Row]:
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Row(_plain(line), _plain(line)) for line in before[a:b])
            continue
        old, new = before[a:b], after[c:d]
        for index in range(max(len(old), len(new))):
            yield _row(old[index] if index < len(old) else "", new[index] if index < len(new) else "")


def _plain(line: str) -> tuple[Run, ...]:
    return (Run(line, is_changed=False),) if line else ()


def _row(before: str, after: str) -> Row:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left: list[Run] = []
    right: list[Run] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_changed = what != "equal"
        left += [Run("".join(old[a:b]), is_changed)] if b > a else []
        right += [Run("".join(new[c:d]), is_changed)] if d > c else []
    return Row(tuple(left), tuple(right))


def _short(rows: tuple[Row, ...]) -> Iterator[Row]:
    changed = [at for at, row in enumerate(rows) if row.is_changed]
    is_left_out = False
    for at, row in enumerate(rows):
        if any(abs(at - one) <= MOST_SAME for one in changed):
            is_left_out = False
            yield row
        elif not is_left_out:
            is_left_out = True
            yield Row(is_gap=True)
