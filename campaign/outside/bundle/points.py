"""Talking points: the register with its sources, and the words of every point in a file for each language."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from campaign.domain.cause import Point
from campaign.errors import Mistake
from campaign.outside.bundle import passage as passages
from campaign.outside.bundle import sources, written
from campaign.outside.bundle.desk import Desk
from campaign.outside.bundle.passage import Kinds, Passage
from campaign.outside.bundle.shape import Shape
from campaign.outside.bundle.sheet import Placed, Sheet

REGISTER = "points.yaml"
MAX_POINTS = 12  # more than a person reads before they choose
MAX_TITLE = 70
_STRICT = {"extra": "forbid"}
_ID = re.compile(r"[a-z0-9-]{1,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A point in one language."""

    __pydantic_config__ = _STRICT
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the points of a language."""

    __pydantic_config__ = _STRICT
    has_native_reader: bool
    checked: dt.date


_POINT = Shape(Point, given=("title", "text"))
_WORDING = Shape(Wording, noun="a point's words")
_HEAD = Shape(Head, apart=("points",), noun="a file of points")


def read(desk: Desk, slugs: Sequence[str]) -> tuple[Point, ...]:
    """Read points.yaml and points/, once the states are read; mistakes are kept at the desk."""
    if REGISTER not in desk.folder.names("."):
        desk.folder.refuse_others("points", frozenset(), f"there is no {REGISTER} to list points")
        return ()
    sheet = desk.sheet_of(REGISTER)
    if sheet is None:
        return ()
    found = _POINT.take_all(sheet, "points", desk.mistakes, title={}, text={})
    desk.found(_register(sheet, found, slugs))
    named = (sheet.at((*place, "id")) for place in sheet.places("points"))
    ids = tuple(dict.fromkeys(one for one in named if isinstance(one, str)))
    files = desk.files("points", ".yaml")
    worded = {language: _wordings(desk, file, language, ids) for language, file in files.items()}
    for name in ids:
        states = next((one.thing.states or slugs for one in found if one.thing.id == name), ())
        _texts(desk, states, {language: said[name] for language, said in worded.items() if name in said})
    return tuple(_point(one.thing, worded) for one in found)


def _point(point: Point, worded: Mapping[str, Mapping[str, Placed[Wording]]]) -> Point:
    said = {language: found[point.id].thing for language, found in worded.items() if point.id in found}
    return replace(
        point,
        title={language: one.title for language, one in said.items()},
        text={language: one.text for language, one in said.items()},
    )


def _register(sheet: Sheet, found: Sequence[Placed[Point]], slugs: Sequence[str]) -> Iterator[Mistake]:
    for other in sheet.value if isinstance(sheet.value, dict) else ():
        if other != "points":
            yield sheet.mistake(f"`{other}` is not a part of this file; its one part is points", other)
    places = sheet.places("points")
    if sheet.at(("points",)) == []:
        yield sheet.mistake("`points` is empty; list one, or delete this file", "points")
    if len(places) > MAX_POINTS:
        yield sheet.mistake(f"there are more than {MAX_POINTS} points", *places[MAX_POINTS])
    seen: set[str] = set()
    for placed in found:
        thing = placed.thing
        if not _ID.fullmatch(thing.id):
            yield placed.mistake("`id` must be 1 to 20 small letters a to z, digits and hyphens", "id")
        elif thing.id in seen:
            yield placed.mistake(f"the point `{thing.id}` is here twice", "id")
        seen.add(thing.id)
        yield from sources.check(placed)
        yield from _states(placed, slugs)


def _states(placed: Placed[Point], slugs: Sequence[str]) -> Iterator[Mistake]:
    states = placed.thing.states
    if not states and (*placed.place, "states") in placed.sheet.lines:
        yield placed.mistake("`states` is empty; name those this is for, or leave it out for all", "states")
    for index, state in enumerate(states):
        if state not in slugs:
            yield placed.mistake(f"campaign.yaml lists no state `{state}`", "states", index)
        elif state in states[:index]:
            yield placed.mistake(f"`{state}` is listed twice", "states", index)


def _wordings(desk: Desk, file: str, language: str, ids: Sequence[str]) -> dict[str, Placed[Wording]]:
    """Read the points of one language by their ids."""
    sheet = desk.sheet_of(file)
    if sheet is None:
        return {}
    head = _HEAD.take(sheet, (), desk.mistakes)
    if head is None or not head.thing.has_native_reader:
        desk.unread.append(f"{file}: {language}")
    said = sheet.at(("points",))
    if not isinstance(said, dict):
        what = "`points` must be a list of ids, each with its `title` and `text`"
        desk.mistakes.append(sheet.mistake(what, "points"))
        return {}
    lacking = ", ".join(one for one in ids if one not in said)
    if lacking:
        desk.mistakes.append(sheet.mistake(f"`points` lacks {lacking}; write it", "points"))
    for name in said:
        if name not in ids:
            desk.mistakes.append(sheet.mistake(f"{REGISTER} lists no point `{name}`", "points", name))
    taken = ((name, _WORDING.take(sheet, ("points", name), desk.mistakes)) for name in ids if name in said)
    return {name: one for name, one in taken if one is not None}


def _texts(desk: Desk, states: Sequence[str], said: Mapping[str, Placed[Wording]]) -> None:
    """Check one point in every language, and how it comes out in the letter of each of its states."""
    kinds = _kinds(desk, states)
    right: dict[str, tuple[Passage, frozenset[str]]] = {}
    for language, placed in said.items():
        desk.found(_title(placed, language))
        text = Passage(placed.thing.text, placed.sheet.file, placed.sheet.line((*placed.place, "text")), language)
        if desk.found(_text(text, kinds)):
            continue
        right[language] = (text, frozenset(text.names()))
        for state in states:
            values = desk.states.get(state, (None, None))[1]
            desk.found(written.prose(text, values) if values is not None else ())
    desk.found(passages.same_fields(right))


def _kinds(desk: Desk, states: Sequence[str]) -> Kinds:
    """The fields that the letters of all these states have; `reader` is nobody yet where points are chosen."""
    each = [desk.states.get(state, (None, None))[0] for state in states]
    known = [one for one in each if one is not None]
    if not known or len(known) < len(each):
        return None
    return {name: kind for name, kind in known[0].items() if name != "reader" and all(name in one for one in known)}


def _title(placed: Placed[Wording], language: str) -> Iterator[Mistake]:
    title = placed.thing.title
    passage = Passage(title, placed.sheet.file, placed.sheet.line((*placed.place, "title")), language)
    if not title:
        yield passage.mistake("`title` is empty")
    if "\n" in title or "{{" in title or "{%" in title:
        yield passage.mistake("`title` must be one line without braces")
    if len(title) > MAX_TITLE:
        yield passage.mistake(f"`title` is longer than {MAX_TITLE} characters")
    yield from passages.typed_numbers(passage)


def _text(passage: Passage, kinds: Kinds) -> Iterator[Mistake]:
    if not passage.source:
        yield passage.mistake("`text` is empty")
    if "\n" in passage.source:
        yield passage.mistake("`text` must be one paragraph; begin it with >- and keep its lines in line")
    yield from passages.check(passage, kinds)
