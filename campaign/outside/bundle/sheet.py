"""A sheet: what one file of a campaign folder says, with the line on which each piece of it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from campaign.errors import Mistake

Place = tuple[str | int, ...]  # names and positions on the way to a piece: ("events", 2, "vote")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values of one file (dicts, lists, texts, numbers) and the line (1-based) of every place in it."""

    file: str
    value: object
    lines: Mapping[Place, int]

    def at(self, place: Place) -> object:
        """Return what stands at a place; None where there is nothing."""
        found = self.value
        for step in place:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest thing around it that is there."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 0)

    def mistake(self, what: str, *place: str | int) -> Mistake:
        """Make a mistake at a place of this file."""
        return Mistake(self.file, self.line(place), what)

    def places(self, name: str) -> tuple[Place, ...]:
        """List the places of the items of a list at the top of the file; none when it is no list."""
        found = self.at((name,))
        return tuple((name, index) for index in range(len(found))) if isinstance(found, list) else ()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list at the top of the file, leaving out what is no text."""
        found = (self.at(place) for place in self.places(name))
        return tuple(one for one in found if isinstance(one, str))


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something that was read, and where it stands."""

    thing: T
    sheet: Sheet
    place: Place = ()

    def mistake(self, what: str, *below: str | int) -> Mistake:
        """Make a mistake about it, or about something in it."""
        return self.sheet.mistake(what, *self.place, *below)
