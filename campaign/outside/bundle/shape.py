"""Shapes: pydantic holds what was read against the dataclasses of a cause, and says in plain words what is off."""

import dataclasses
import datetime as dt
import difflib
import json
import types
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from campaign.domain import cause
from campaign.errors import Mistake
from campaign.outside.bundle.sheet import Place, Placed, Sheet

T = TypeVar("T")
_NOUNS: dict[object, str] = {
    cause.Vote: "a vote",
    cause.Event: "an event",
    cause.Window: "a sending window",
    cause.Salutation: "a salutation",
    cause.OfficeKind: "an office",
    cause.Official: "an official",
    cause.Letter: "a letter",
    cause.Point: "a point",
    cause.Chase: "a second letter",
    cause.State: "a state",
    cause.Fact: "a fact",
    cause.Intervention: "an intervention",
    cause.Consent: "a consent",
    cause.Page: "a page",
    cause.Cause: "a campaign",
}
_PLAIN: dict[object, str] = {
    str: "a text",
    int: "a whole number without quotes",
    bool: "true or false",
    dt.date: "a date such as 2026-11-24",
}


class Shape(Generic[T]):
    """One dataclass of a cause as a part of a file: `given` comes from elsewhere, `apart` is read by itself."""

    def __init__(self, kind: type[T], given: tuple[str, ...] = (), apart: tuple[str, ...] = (), noun: str = "") -> None:
        """Prepare the check of a dataclass; one that is not of campaign.domain.cause says its `noun`, as “a vote”."""
        self.kind = kind
        self.noun = noun or _NOUNS[kind]
        self.given = given
        self.apart = apart
        self.adapter: TypeAdapter[T] = TypeAdapter(kind)

    def take(self, sheet: Sheet, place: Place, mistakes: list[Mistake], **given: object) -> Placed[T] | None:
        """Read the thing at a place; when it is not one, add every reason to `mistakes` and return None."""
        value = sheet.at(place)
        if not isinstance(value, dict):
            fields = ", ".join(self._fields())
            mistakes.append(sheet.mistake(f"here must stand {self.noun}, with the fields {fields}", *place))
            return None
        own = {name: one for name, one in value.items() if name not in self.apart}
        wrong = [self._unknown(name) for name in own if name in self.given]
        mistakes += [sheet.mistake(what, *place, name) for name, what in wrong]
        # JSON is pydantic's strict mode that still takes texts for dates and lists for tuples.
        empty: dict[str, object] = {
            name: [] for name in (*self.given, *self.apart) if name in self.kind.__annotations__
        }
        typed = json.dumps({**own, **empty, **given})
        try:
            found = self.adapter.validate_json(typed, strict=True)
        except ValidationError as error:
            mistakes += self._mistakes(sheet, place, error)
            return None
        return None if wrong else Placed(found, sheet, place)

    def take_all(self, sheet: Sheet, name: str, mistakes: list[Mistake], **given: object) -> tuple[Placed[T], ...]:
        """Read every item of a list at the top of a file, leaving out those with mistakes."""
        found = sheet.at((name,))
        if not isinstance(found, list):
            what = f"`{name}` must be a list" if (name,) in sheet.lines else f"this file needs `{name}`"
            mistakes.append(sheet.mistake(what, name))
        taken = (self.take(sheet, place, mistakes, **given) for place in sheet.places(name))
        return tuple(one for one in taken if one is not None)

    def _fields(self) -> tuple[str, ...]:
        own = _names(self.kind)
        return tuple(dict.fromkeys((*(name for name in own if name not in self.given), *self.apart)))

    def _unknown(self, name: str) -> tuple[str, str]:
        return name, _unknown(name, self.noun, self._fields())

    def _mistakes(self, sheet: Sheet, place: Place, error: ValidationError) -> list[Mistake]:
        said: dict[Place, str] = {}
        for one in error.errors(include_url=False):
            at, what = self._sentence(one, sheet, place)
            said.setdefault(at, what)
        return [sheet.mistake(what, *place, *at) for at, what in said.items()]

    def _sentence(self, error: ErrorDetails, sheet: Sheet, place: Place) -> tuple[Place, str]:
        """Say what is wrong, and where below the thing: unions add the branch that they tried."""
        at: Place = error["loc"]
        if error["type"] == "missing":
            return at, f"{self._noun(at[:-1])} needs `{at[-1]}`"
        if error["type"] == "unexpected_keyword_argument":
            kind = _hint(self.kind, at[:-1])
            fields = self._fields() if len(at) == 1 else _names(kind)
            return at, _unknown(str(at[-1]), self._noun(at[:-1]), fields)
        while at and (*place, *at) not in sheet.lines:
            at = at[:-1]
        value = sheet.at((*place, *at))
        hint = _hint(self.kind, at)
        return at, f"{_label(at)} must be {_wanted(hint)}{_advice(value, hint)}"

    def _noun(self, at: Place) -> str:
        return _NOUNS.get(_hint(self.kind, at), "this") if at else self.noun


def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  types themselves have no type
    """Name the fields of a dataclass as files do: one that is a word of Python has a `_` behind it there."""
    return tuple(field.name.rstrip("_") for field in dataclasses.fields(kind))


def _unknown(name: str, noun: str, fields: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, fields, 1, cutoff=0.75)
    guess = f"; did you mean `{near[0]}`?" if near else ""
    return f"`{name}` is not a field of {noun}; fields are {', '.join(fields)}{guess}"


def _hint(kind: Any, at: Place) -> Any:  # noqa: ANN401  types themselves have no type
    """Find the type that a dataclass wants at a place below it."""
    for step in at:
        kind = _branches(kind)[0]
        if dataclasses.is_dataclass(kind):
            kind = get_type_hints(kind).get(str(step), str)
        elif get_origin(kind) in (dict, tuple):
            kind = get_args(kind)[-1 if get_origin(kind) is dict else 0]
    found = _branches(kind)
    return found[0] if len(found) == 1 else kind


def _branches(kind: object) -> tuple[Any, ...]:
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(one for one in get_args(kind) if one is not type(None))
    return (kind,)


def _label(at: Place) -> str:
    names = [f"item {one + 1}" if isinstance(one, int) else str(one) for one in at[-2:]]
    return f"`{': '.join(names)}`" if names else "this"


def _wanted(hint: Any) -> str:  # noqa: ANN401  as above
    branches = _branches(hint)
    if len(branches) > 1:
        return " or ".join(_wanted(one) for one in branches)
    if dataclasses.is_dataclass(hint):
        return f"{_NOUNS[hint]} with the fields {', '.join(_names(hint))}"
    if get_origin(hint) is Literal:
        return f"one of {', '.join(one for one in get_args(hint) if one)}"
    if get_origin(hint) is tuple:
        return "a list"
    if get_origin(hint) is dict:
        return "a list of languages, such as `en: …`"
    return _PLAIN.get(hint, "something else")


def _advice(value: object, hint: object) -> str:
    if value is None:
        return "; there is nothing here"
    if hint is str and isinstance(value, int | float):
        return ", so put it in quotes"
    return ""
