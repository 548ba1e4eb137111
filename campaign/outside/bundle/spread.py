"""Spread: a cause as the files of its folder, in plain values: what the folder would say if it said the same.

Where a reading leaves something out (which languages a section lacks, which offices a state has none of), it is worked
out again from what there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from campaign.domain.cause import (
    OFFICES,
    Cause,
    Chase,
    Fact,
    Intervention,
    Letter,
    OfficeKind,
    Page,
    Point,
    State,
    Words,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file: its values (dicts, lists, texts, numbers), and the text below them where it is a document."""

    values: dict[str, object]
    body: str | None = None


def spread(cause: Cause) -> dict[str, Leaf]:
    """Spread a cause out, file by file; values that are as they are by default are left out."""
    found = {
        "campaign.yaml": Leaf(_head(cause)),
        "offices.yaml": Leaf(_with_unread(cause, "offices.yaml", {"office_kinds": _plains(cause.office_kinds)})),
        "facts.yaml": Leaf(_with_unread(cause, "facts.yaml", {"facts": _plains(cause.facts)})),
        "interventions.yaml": Leaf(
            _with_unread(cause, "interventions.yaml", {"interventions": _plains(cause.interventions)})
        ),
    }
    for state in cause.states:
        found[f"states/{state.slug}.yaml"] = Leaf(_state(cause, state))
        found |= {f"letters/{state.slug}/{one.language}.md": _document(one) for one in state.letters}
    found |= {f"pages/{one.language}/{one.name}.md": _document(one) for one in cause.pages}
    found |= {f"chase/{one.language}.md": _document(one) for one in cause.chases}
    return found | _points(cause)


def _head(cause: Cause) -> dict[str, object]:
    apart = ("office_kinds", "states", "facts", "interventions", "pages", "points", "chases", "unread")
    values = {name: value for name, value in _plain(cause).items() if name not in apart}
    values["states"] = [one.slug for one in cause.states]
    lacking = missing(cause)
    if lacking:
        values["missing_translations"] = {section: list(languages) for section, languages in lacking.items()}
    return _with_unread(cause, "campaign.yaml", values)


def missing(cause: Cause) -> dict[str, tuple[str, ...]]:
    """Tell which sections of a cause's texts are in fewer languages than the cause itself, and lack which."""
    named = {one.language for one in cause.pages}
    glossary = {one.language for one in cause.pages if one.name == "glossary"}
    there: dict[str, set[str] | None] = {
        "pages": named,
        "facts": _languages(one.what for one in cause.facts),
        "interventions": _languages(words for one in cause.interventions for words in (one.who, one.what)),
        "points": _languages(one.title for one in cause.points),
        "chase": {one.language for one in cause.chases} or None,
        "glossary": glossary | (set(cause.languages) - named) if glossary else None,
    }
    found = {
        section: tuple(one for one in cause.languages if one != "en" and one not in languages)
        for section, languages in there.items()
        if languages is not None
    }
    return {section: languages for section, languages in found.items() if languages}


def _languages(words: Iterable[Words]) -> set[str] | None:
    """The languages that all of some words have; None where there are no words."""
    each = [set(one) for one in words]
    return set.intersection(*each) if each else None


def _state(cause: Cause, state: State) -> dict[str, object]:
    values = {name: value for name, value in _plain(state).items() if name != "letters"}
    listed = {one.office for one in state.officials}
    lacking = [office for office in OFFICES if office not in listed]
    if lacking:
        values["missing_offices"] = list(lacking)
    return _with_unread(cause, f"states/{state.slug}.yaml", values)


def _points(cause: Cause) -> dict[str, Leaf]:
    """The register of points, and a file of their words for each language; nothing where there are none."""
    if not cause.points:
        return {}
    bare = [{name: value for name, value in one.items() if name not in ("title", "text")} for one in _dicts(cause)]
    found = {"points.yaml": Leaf({"points": bare})}
    checked = max(one.checked for one in cause.points).isoformat()
    for language in (one for one in cause.languages if all(one in point.title for point in cause.points)):
        said = {one.id: {"title": one.title[language], "text": one.text[language]} for one in cause.points}
        file = f"points/{language}.yaml"
        is_read = f"{file}: {language}" not in cause.unread
        found[file] = Leaf({"has_native_reader": is_read, "checked": checked, "points": said})
    return found


def _dicts(cause: Cause) -> list[dict[str, object]]:
    return [_plain(one) for one in cause.points]


def _document(thing: Letter | Chase | Page) -> Leaf:
    values = {name: value for name, value in _plain(thing).items() if name not in ("language", "name", "body")}
    checked = values.pop("checked")
    return Leaf({**values, "has_native_reader": thing.has_native_reader, "checked": checked}, thing.body)


def _with_unread(cause: Cause, file: str, values: dict[str, object]) -> dict[str, object]:
    listed = {f"{file}: {language}": language for language in cause.languages}
    return {"unread": [language for entry, language in listed.items() if entry in cause.unread], **values}


def _plains(things: Iterable[object]) -> list[object]:
    return [_plain(one) for one in things]


_KINDS: tuple[type, ...] = (Cause, State, OfficeKind, Fact, Intervention, Point, Letter, Chase, Page)
_ADAPTERS: dict[type, TypeAdapter[object]] = {kind: TypeAdapter(kind) for kind in _KINDS}


def _plain(thing: object) -> dict[str, object]:
    found: dict[str, object] = _ADAPTERS[type(thing)].dump_python(thing, mode="json", exclude_defaults=True)
    return found
