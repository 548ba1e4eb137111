"""The inventory: every piece that a campaign says, by name, and what differs between two of its wholes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from campaign.domain import piece
from campaign.domain.cause import Cause, State
from campaign.domain.piece import Name, Piece

UNREAD, READ = "no native has read it", "a native has read it"
_SETTINGS = ("languages", "goals", "counts", "opens_on", "closes_on", "sending_window", "embeds")
_STATE_SETTINGS = ("code", "timezone", "languages")


@dataclass(frozen=True, slots=True)
class Change:
    """A piece that differs: as it stood and as it stands; empty where there was, or is, none."""

    name: Name
    before: str
    after: str


def pieces(cause: Cause) -> dict[Name, Piece]:
    """Take a cause apart into its pieces, in the order in which organisers look at them."""
    return {one.name: one for one in _pieces(cause)}


def words(cause: Cause) -> dict[Name, Piece]:
    """Only the pieces that are edited as words."""
    return {one.name: one for one in _words(cause)}


def changes(before: Cause | None, after: Cause) -> tuple[Change, ...]:
    """Tell every piece that differs between two wholes of one campaign; nothing where there was none before."""
    if before is None:
        return ()
    old = {name: one.text for name, one in pieces(before).items()}
    new = {name: one.text for name, one in pieces(after).items()}
    names = dict.fromkeys((*new, *old))
    found = (Change(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name))
    return tuple(_of_reading(one) if one.name.kind == "native" else one for one in found)


def _of_reading(change: Change) -> Change:
    return Change(change.name, change.before or READ, change.after or READ)


def _pieces(cause: Cause) -> Iterator[Piece]:
    yield from _words(cause)
    yield from _listed("setting", {name: getattr(cause, name) for name in _SETTINGS})
    for state in cause.states:
        yield from _listed("setting", {f"{state.slug}/{name}": getattr(state, name) for name in _STATE_SETTINGS})
        yield from _listed("official", {f"{state.slug}/{one.office}": one for one in state.officials})
        yield from _listed("event", {f"{state.slug}/{one.id}": one for one in state.events})
    yield from _listed("office", {one.office: one for one in cause.office_kinds})
    yield from _listed("fact", {one.id: one for one in cause.facts})
    yield from _listed("told", _told(cause))
    yield from _listed("point-source", {one.id: (*one.states, *one.source) for one in cause.points})
    yield from _unread(cause)


def _told(cause: Cause) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for one in cause.interventions:
        name = f"{one.on} {one.who.get('en', '')}"[:100]
        same = sum(known.split(" #")[0] == name for known in found)
        found[f"{name} #{same + 1}" if same else name] = one
    return found


def _unread(cause: Cause) -> Iterator[Piece]:
    for entry in cause.unread:
        file, _, language = entry.partition(": ")
        if not language:
            stem = file.removesuffix(".md").split("/")
            language = stem[1] if stem[0] == "pages" else stem[-1]
        yield Piece(Name("native", file, language), {"text": UNREAD})


def _words(cause: Cause) -> Iterator[Piece]:
    for part in piece.CAMPAIGN_LINES:
        yield Piece(Name("campaign", part), {"text": getattr(cause, part)})
    for part in piece.CAMPAIGN_WORDS:
        yield from _plain("campaign", part, getattr(cause, part))
    for consent in cause.consents:
        yield from _plain("consent", consent.purpose, consent.text)
    for state in cause.states:
        yield from _of_state(state)
    for point in cause.points:
        for language in point.title:
            said = {"title": point.title[language], "text": point.text[language]}
            yield Piece(Name("point", point.id, language), said)
    for chase in cause.chases:
        yield Piece(Name("chase", "chase", chase.language), {"subject": chase.subject, "body": chase.body})
    for page in cause.pages:
        yield Piece(Name("page", page.name, page.language), {"title": page.title, "body": page.body})


def _of_state(state: State) -> Iterator[Piece]:
    for part in piece.STATE_WORDS:
        yield from _plain("state", f"{state.slug}/{part}", getattr(state, part))
    for one in state.letters:
        said = {"subject": one.subject, "subjects": "\n".join(one.subjects), "body": one.body}
        yield Piece(Name("letter", state.slug, one.language), said)


def _plain(kind: str, which: str, found: Mapping[str, str]) -> Iterator[Piece]:
    for language, text in found.items():
        yield Piece(Name(kind, which, language), {"text": text})


def _listed(kind: str, found: Mapping[str, object]) -> Iterator[Piece]:
    for which, value in found.items():
        yield Piece(Name(kind, which), {"text": "\n".join(_lines(value))})


def _lines(value: object, name: str = "") -> Iterator[str]:
    """Write a value a line for each thing it says, leaving out what it does not say."""
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _lines(getattr(value, one.name), f"{name} {one.name.rstrip('_')}".strip())
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _lines(one, f"{name} {key}".strip())
    elif isinstance(value, tuple):
        for one in value:
            yield from _lines(one, name)
    elif value not in (None, "", False):
        yield f"{name}: {value}" if name else str(value)
