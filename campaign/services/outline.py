"""Outline: every text of a campaign by language, with who changed it last, and what nobody has checked or read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.domain import inventory, piece
from campaign.domain.cause import Cause
from campaign.domain.piece import Name
from campaign.parts import Parts
from campaign.services.history import Version, latest
from campaign.services.whole import whole


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece in one language: whether a native has read it, and its last change, if there was one."""

    name: Name
    is_unread: bool
    last: Version | None


@dataclass(frozen=True, slots=True)
class Line:
    """A piece in all its languages."""

    which: str
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something that is told without a page that says so: its kind, what it is called, and its sources."""

    kind: str
    which: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A campaign's texts: the pieces of each kind, the unread files by language, and what is unchecked."""

    languages: tuple[str, ...]
    kinds: dict[str, tuple[Line, ...]]
    unread: tuple[tuple[str, str], ...]
    unchecked: tuple[Unchecked, ...]

    @property
    def unread_by_language(self) -> dict[str, int]:
        """How many files no native has read, by language."""
        counted = Counter(language for _, language in self.unread)
        return {language: counted[language] for language in self.languages if counted[language]}


def outline(parts: Parts, slug: str) -> Outline:
    """Look over all texts of a campaign. Raises NotFoundError when there is none of that name."""
    with parts.reading() as session:
        cause = whole(session, slug)
    changed = latest(parts, slug)
    lines: dict[str, dict[str, dict[str, Cell]]] = {kind: {} for kind in piece.FIELDS}
    for name in inventory.words(cause):
        is_unread = bool(name.language) and piece.entry_of(piece.file_of(name), name.language) in cause.unread
        lines[name.kind].setdefault(name.which, {})[name.language] = Cell(name, is_unread, changed.get(name))
    kinds = {kind: tuple(Line(which, cells) for which, cells in found.items()) for kind, found in lines.items()}
    unread = tuple((name.which, name.language) for name in inventory.pieces(cause) if name.kind == "native")
    return Outline(cause.languages, kinds, unread, tuple(_unchecked(cause)))


def _unchecked(cause: Cause) -> Iterator[Unchecked]:
    for state in cause.states:
        for event in state.events:
            if event.is_unchecked:
                yield Unchecked("event", f"{state.slug}/{event.id}", event.source)
        for official in state.officials:
            if official.is_unchecked:
                yield Unchecked("official", f"{state.slug}/{official.office}", (official.source,))
    for fact in (one for one in cause.facts if one.is_unchecked):
        yield Unchecked("fact", fact.id, fact.source)
    for told in (one for one in cause.interventions if one.is_unchecked):
        yield Unchecked("told", f"{told.on} {told.who.get('en', '')}", told.source)
    for point in (one for one in cause.points if one.is_unchecked):
        yield Unchecked("point", point.id, point.source)
