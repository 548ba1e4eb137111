"""The states of a campaign: each file of its own, its timeline, its offices and its letters in every language."""

from collections.abc import Sequence
from dataclasses import replace

from campaign.domain.cause import Event, Letter, Official, State
from campaign.domain.letter import CHOICES, event_fields
from campaign.outside.bundle import campaign, letters, offices, sources, timeline, words, written
from campaign.outside.bundle import passage as passages
from campaign.outside.bundle.desk import Desk
from campaign.outside.bundle.letters import Manuscript
from campaign.outside.bundle.passage import Kind, Kinds
from campaign.outside.bundle.shape import Shape
from campaign.outside.bundle.sheet import Placed, Sheet

_STATE = Shape(State, given=("letters",), apart=("events", "officials", "missing_offices", "unread"))
_EVENT, _OFFICIAL = Shape(Event), Shape(Official)
_LETTER = Shape(Letter, given=("language", "body"))
_CHOICES: dict[str, Kind] = dict.fromkeys(CHOICES, "choice")


def read(desk: Desk, slug: str) -> State | None:
    """Read states/<slug>.yaml and letters/<slug>/; mistakes are kept at the desk, None when the file has some."""
    sheet = desk.sheet(f"states/{slug}.yaml")
    if sheet is None:
        desk.states[slug] = (None, None)
        _letters(desk, slug, None, None)
        return None
    head = _STATE.take(sheet, (), desk.mistakes)
    if head is not None:
        desk.found(campaign.state(head, slug, desk.languages))
    events = _EVENT.take_all(sheet, "events", desk.mistakes)
    are_events_right = not _timeline(desk, events) and len(events) == len(sheet.places("events"))
    officials = _offices(desk, sheet, head)
    kinds = _kinds(desk, sheet, events)
    values = None
    if are_events_right and desk.values is not None:
        values = {**desk.values, **event_fields(one.thing for one in events)}
    desk.states[slug] = (kinds, values)
    if head is not None:
        _lede(desk, head, kinds, values)
    found = _letters(desk, slug, kinds, values)
    if head is None:
        return None
    return replace(
        head.thing,
        events=tuple(one.thing for one in events),
        officials=tuple(one.thing for one in officials),
        letters=found,
    )


def _timeline(desk: Desk, events: Sequence[Placed[Event]]) -> bool:
    """Check the events of a state, and tell whether there were mistakes."""
    found = []
    for placed in events:
        found += [*timeline.event(placed), *sources.check(placed), *words.check(placed, desk.languages)]
        clash = sorted(set(passages.event_kinds(placed.thing)) & set(desk.kinds or ()))
        if clash:
            found.append(placed.mistake(f"a fact has the id `{clash[0]}` already", "id"))
    found += timeline.check(events)
    return desk.found(found)


def _offices(desk: Desk, sheet: Sheet, head: Placed[State] | None) -> tuple[Placed[Official], ...]:
    officials = _OFFICIAL.take_all(sheet, "officials", desk.mistakes)
    desk.found(offices.check(head, officials, desk.languages, desk.declined))
    desk.found(offices.all_there(sheet, desk.declined))
    return officials


def _kinds(desk: Desk, sheet: Sheet, events: Sequence[Placed[Event]]) -> Kinds:
    """Name the fields that this state's texts may use; an event with mistakes gives all that it could."""
    if desk.kinds is None:
        return None
    kinds: dict[str, Kind] = {**desk.kinds, **_CHOICES}
    right = {one.place: one.thing for one in events}
    for place in sheet.places("events"):
        name = sheet.at((*place, "id"))
        if place in right:
            kinds |= passages.event_kinds(right[place])
        elif isinstance(name, str):
            kinds |= passages.unsure_kinds(name)
    return kinds


def _lede(desk: Desk, head: Placed[State], kinds: Kinds, values: dict[str, object] | None) -> None:
    found = passages.of_words(head, "lede")
    kinds = None if kinds is None else {name: kind for name, kind in kinds.items() if name != "reader"}  # nobody yet
    if not desk.found(passages.check_all(found, kinds)) and values is not None:
        for passage in found:
            desk.found(written.check(passage, values) if passage.source else ())


def _letters(desk: Desk, slug: str, kinds: Kinds, values: dict[str, object] | None) -> tuple[Letter, ...]:
    """Read the letters of a state in every language; without its fields, all is checked but those."""
    where = f"letters/{slug}"
    languages = desk.languages.all or tuple(name.removesuffix(".md") for name in desk.folder.names(where))
    known = frozenset(f"{language}.md" for language in languages)
    desk.folder.refuse_others(where, known, f"letters are {', '.join(sorted(known))}")
    read = {language: _letter(desk, f"{where}/{language}.md", language) for language in languages}
    found = {language: one for language, one in read.items() if one is not None}
    right = {
        language: (one.whole, one.fields())
        for language, one in found.items()
        if not desk.found(letters.check(one, kinds, values))
    }
    desk.found(passages.same_fields(right))
    desk.found(letters.same_subjects(found))
    return tuple(one.placed.thing for one in found.values())


def _letter(desk: Desk, file: str, language: str) -> Manuscript[Letter] | None:
    document = desk.document(file)
    if document is None:
        return None
    placed = _LETTER.take(document.sheet, (), desk.mistakes, language=language, body=document.body)
    return Manuscript(placed, document.line) if placed else None
