"""A stylesheet read as data: its rules, its custom properties in a way of seeing, what an element is told."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"([^{};]*)([{};])")
_COMMA = re.compile(r",(?![^()]*\))")  # not one inside :is(…)
_VAR = re.compile(r"var\((--[a-z0-9-]+)\)")
_LENGTH = re.compile(r"(?<![\w.-])\d*\.?\d+rem\b")
_GAPS = re.compile(r"(?:margin|padding)(?:-[a-z-]+)?|(?:row-|column-)?gap")


@dataclass(frozen=True, slots=True)
class Rule:
    """Selectors and what they are told; `features` are the conditions of the @media around them, all of which hold."""

    features: frozenset[str]
    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]


def read(css: str) -> tuple[Rule, ...]:
    """Read the rules of a stylesheet in their order. It reads what this project writes: no rule within a rule."""
    return tuple(_rules(_COMMENT.sub("", css)))


def _rules(css: str) -> Iterator[Rule]:
    around: list[str] = []
    told: list[tuple[str, str]] = []
    for said, mark in _PIECE.findall(css):
        if mark == "{":
            around.append(" ".join(said.split()))
            continue
        name, colon, value = said.partition(":")
        if colon:
            told.append((name.strip(), " ".join(value.split())))
        if mark == "}":
            selectors = around.pop()
            if told:
                yield Rule(_features(around), tuple(one.strip() for one in _COMMA.split(selectors)), tuple(told))
            told = []


def _features(around: Iterable[str]) -> frozenset[str]:
    """Every condition around a rule: `print`, `(prefers-color-scheme: dark)`, `selector(::details-content)`."""
    conditions = (one.partition(" ")[2] for one in around if one.startswith("@"))
    return frozenset(feature for one in conditions for feature in one.split(" and "))


def properties(rules: Iterable[Rule], seen: frozenset[str] = frozenset()) -> dict[str, str]:
    """Give the custom properties of the root as they stand where these features hold: name -> value.

    A property that stands for another has the other's value.
    """
    told = [one for rule in rules if ":root" in rule.selectors and rule.features <= seen for one in rule.declarations]
    found = {name: value for name, value in told if name.startswith("--")}
    return {name: _filled(value, found) for name, value in found.items()}


def _filled(value: str, found: dict[str, str]) -> str:
    return _VAR.sub(lambda other: _filled(found[other[1]], found), value)


def font_of(rules: Iterable[Rule], *selectors: str) -> tuple[str, ...]:
    """Give the declarations of fonts that one of these selectors is told everywhere, the last of each that stands."""
    found: dict[str, str] = {}
    for rule in rules:
        if not rule.features and set(selectors) & set(rule.selectors):
            for name, value in rule.declarations:
                if name == "font":  # the shorthand takes back what was said before
                    found.clear()
                if name.startswith("font") or name == "line-height":
                    found[name] = value
    return tuple(f"{name}: {value}" for name, value in found.items())


def spaces(rules: Iterable[Rule]) -> dict[float, int]:
    """Count the lengths (rem) of margins, paddings and gaps: length -> how often, the shortest first."""
    found: dict[float, int] = {}
    for name, value in (one for rule in rules for one in rule.declarations):
        for length in _LENGTH.findall(value) if _GAPS.fullmatch(name) else ():
            found[float(length[:-3])] = found.get(float(length[:-3]), 0) + 1
    return dict(sorted(found.items()))
