"""Filters as OSDI has them: a subset of OData, read strictly and held against the fields that a list declares.

filter = any;  any = all { "or" all };  all = one { "and" one };  one = "(" any ")" | field operator value
operator = eq | ne | gt | ge | lt | le;  value = 'text', with '' for a quote in it
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn

from campaign.errors import InputRefusedError, Problem

Operator = Literal["eq", "ne", "gt", "ge", "lt", "le"]
Kind = Literal["instant", "text", "key"]
Value = str | dt.datetime

MOST = 1000  # characters of a filter
MOST_TERMS = 20
OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    "instant": ("eq", "ne", "gt", "ge", "lt", "le"),
    "text": ("eq", "ne"),
    "key": ("eq",),  # what is looked up and not compared: an address, an identifier
}
_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^'\0]|'')*+')|(?P<word>[A-Za-z_:/]+)|(?P<sign>[()]))")


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison of a field with a value of its kind."""

    field: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions of which all, or any, must hold."""

    joined: Literal["and", "or"]
    parts: "tuple[Tree, ...]"


Tree = Term | Group


def parse(text: str, fields: Mapping[str, Kind]) -> Tree:
    """Read a filter over declared fields; instants without a zone are UTC.

    Raises InputRefusedError that says what is wrong, and at which character.
    """
    return _Reader(text, fields).whole()


class _Reader:
    def __init__(self, text: str, fields: Mapping[str, Kind]) -> None:
        self.text, self.fields, self.terms = text, fields, 0
        if len(text) > MOST:
            self.refuse("E-FILTER-LONG", most=str(MOST))
        self.tokens = self._tokens()
        self.place = 0

    def _tokens(self) -> list[tuple[str, str, int]]:
        found, at = [], 0
        end = len(self.text.rstrip())
        while at < end:
            match = _TOKEN.match(self.text, at)
            if match is None:
                self.refuse("E-FILTER", at=str(at + 1))
            found.append((match.lastgroup or "", match[match.lastgroup or 0], at + 1))
            at = match.end()
        return found

    def refuse(self, code: str, **values: str) -> NoReturn:
        raise InputRefusedError((Problem("filter", code, values),))

    def _next(self, *kinds: str) -> str:
        """Take the next token, which must be of one of these kinds."""
        if self.place >= len(self.tokens):
            self.refuse("E-FILTER", at=str(len(self.text) + 1))
        kind, token, at = self.tokens[self.place]
        if kind not in kinds:
            self.refuse("E-FILTER", at=str(at))
        self.place += 1
        return token

    def _takes(self, word: str) -> bool:
        """Take the next token if it is this one."""
        is_next = self.place < len(self.tokens) and self.tokens[self.place][1].lower() == word
        self.place += is_next
        return is_next

    def whole(self) -> Tree:
        tree = self._any()
        if self.place < len(self.tokens):
            self.refuse("E-FILTER", at=str(self.tokens[self.place][2]))
        return tree

    def _any(self) -> Tree:
        return self._group("or", self._all)

    def _all(self) -> Tree:
        return self._group("and", self._one)

    def _group(self, joined: Literal["and", "or"], part: Callable[[], Tree]) -> Tree:
        found = [part()]
        while self._takes(joined):
            found.append(part())
        return found[0] if len(found) == 1 else Group(joined, tuple(found))

    def _one(self) -> Tree:
        self.terms += 1  # an opening bracket counts too, so that nothing nests deeper than this
        if self.terms > MOST_TERMS:
            self.refuse("E-FILTER-MANY", most=str(MOST_TERMS))
        if self._takes("("):
            tree = self._any()
            if not self._takes(")"):
                self._next()
            return tree
        return self._term()

    def _term(self) -> Term:
        name = self._next("word")
        kind = self.fields.get(name)
        if kind is None:
            self.refuse("E-FILTER-FIELD", field=name[:60], fields=", ".join(self.fields) or "–")
        said = self._next("word")
        operator = next((one for one in OPERATORS[kind] if one == said), None)
        if operator is None:
            self.refuse("E-FILTER-OPERATOR", field=name, operators=", ".join(OPERATORS[kind]))
        text = self._next("text")[1:-1].replace("''", "'")
        return Term(name, operator, self._instant(name, text) if kind == "instant" else text)

    def _instant(self, name: str, text: str) -> dt.datetime:
        try:
            found = dt.datetime.fromisoformat(text)
            return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            self.refuse("E-FILTER-INSTANT", field=name)


def holds(tree: Tree, values: Mapping[str, Value]) -> bool:
    """Tell whether a filter holds for values by field."""
    if isinstance(tree, Group):
        return (all if tree.joined == "and" else any)(holds(one, values) for one in tree.parts)
    found, asked = values[tree.field], tree.value
    if tree.operator in ("eq", "ne"):
        return (found == asked) is (tree.operator == "eq")
    compared = found > asked if tree.operator in ("gt", "ge") else found < asked  # type: ignore[operator]  # one kind
    return compared or (tree.operator in ("ge", "le") and found == asked)


def replaced(tree: Tree, field: str, change: Callable[[str], str]) -> Tree:
    """Put another value in wherever a filter asks for a field that is kept in another form than it is shown."""
    if isinstance(tree, Group):
        return Group(tree.joined, tuple(replaced(one, field, change) for one in tree.parts))
    return Term(tree.field, tree.operator, change(str(tree.value))) if tree.field == field else tree
