"""A passage: a text with fields to fill in, where it stands, and what may be in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Literal

from campaign.domain import template
from campaign.domain.cause import Event, Fact, Words
from campaign.domain.letter import CHOICES
from campaign.errors import CampaignError, Mistake
from campaign.outside.bundle.sheet import Placed

Kind = Literal["date", "number", "text", "choice", "any"]  # any: what defines the field has mistakes itself
Kinds = Mapping[str, Kind] | None  # field -> what it is; None where the file that defines fields cannot be read

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?\s*([A-Za-z_]\w*)\s*(?:\|\s*(\w+)\s*)?-?\}\}")
_CHOSEN = "|".join(CHOICES)
_COMPARED = re.compile(rf"\b({_CHOSEN})\s*[!=]=\s*([\"'])(.*?)\2|([\"'])([^\"']*)\4\s*[!=]=\s*({_CHOSEN})\b")
_NAME = re.compile(r"[^\W\d]\w*")
_TYPED_NUMBER = re.compile(r"\d{4,}|\d{1,3}(?:[ .,'’\u00a0\u202f\u2009]\d{3})+(?!\d)")
_DATE_FILTERS = ("date", "on_date", "since_date", "year")


@dataclass(frozen=True, slots=True)
class Passage:
    """Template text, and where it begins in its file; `is_exact` where its lines are those of the file."""

    source: str
    file: str
    line: int
    language: str
    is_exact: bool = False

    def mistake(self, what: str, line: int = 1) -> Mistake:
        """Make a mistake on a line (1-based) of the passage."""
        return Mistake(self.file, self.line + (line - 1 if self.is_exact else 0), what)

    def names(self) -> tuple[str, ...]:
        """List the fields it uses, sorted; none when it cannot be read as a template."""
        return _names(self.source)

    def line_of(self, position: int) -> int:
        """Say on which of its lines (1-based) a character stands."""
        return self.source.count("\n", 0, position) + 1


@lru_cache(maxsize=1024)
def _names(source: str) -> tuple[str, ...]:
    try:
        return template.check(source, frozenset(_NAME.findall(source)))
    except (CampaignError, ValueError, SyntaxError, RecursionError):
        return ()


def of_words(placed: Placed[Any], name: str) -> tuple[Passage, ...]:
    """Take each language of a field of Words as a passage."""
    found: Words = getattr(placed.thing, name)
    sheet, place = placed.sheet, (*placed.place, name)
    return tuple(
        Passage(text, sheet.file, sheet.line((*place, language)), language) for language, text in found.items()
    )


def event_kinds(event: Event) -> dict[str, Kind]:
    """Name the fields an event gives, with what each is."""
    found: dict[str, Kind] = {f"{event.id}_on": "date"}
    if event.vote is not None:
        found |= {f"{event.id}_{name}": "number" for name in ("in_favour", "against", "abstained")}
        found |= {f"{event.id}_absent": "number"} if event.vote.absent is not None else {}
    return found


def unsure_kinds(identifier: str) -> dict[str, Kind]:
    """Name every field that an event with mistakes may be meant to give, so that they are reported once."""
    return dict.fromkeys(
        (f"{identifier}_{name}" for name in ("on", "in_favour", "against", "abstained", "absent")), "any"
    )


def fact_kind(fact: Fact) -> Kind:
    """Say what a fact's field is."""
    return "number" if isinstance(fact.value, int) else "date"


def check_all(passages: Sequence[Passage], kinds: Kinds) -> Iterator[Mistake]:
    """Check the same text in several languages, and that each fills in the same fields as the English one."""
    right: list[Passage] = []
    for passage in passages:
        found = tuple(check(passage, kinds))
        right += [] if found else [passage]
        yield from found
    yield from same_fields({one.language: (one, frozenset(one.names())) for one in right})


def same_fields(found: Mapping[str, tuple[Passage, frozenset[str]]]) -> Iterator[Mistake]:
    """Hold the fields of every translation against those of the English text; choices are no figures."""
    if "en" not in found:
        return
    english = found["en"][1] - CHOICES.keys()
    for language, (passage, fields) in found.items():
        own = fields - CHOICES.keys()
        if language != "en" and english - own:
            names = ", ".join(sorted(english - own))
            yield passage.mistake(f"the English text gives {names}; this translation does not")
        if language != "en" and own - english:
            names = ", ".join(sorted(own - english))
            yield passage.mistake(f"this translation gives {names}; the English text does not")


def check(passage: Passage, kinds: Kinds) -> Iterator[Mistake]:
    """Check the braces of a passage, and the numbers that stand outside of them."""
    yield from braces(passage, kinds)
    yield from typed_numbers(passage)


def braces(passage: Passage, kinds: Kinds) -> Iterator[Mistake]:
    """Check what stands in braces: allowed, defined, and written with a filter that fits."""
    try:
        used = template.check(passage.source, frozenset(_NAME.findall(passage.source)))
    except template.TemplateError as error:
        yield passage.mistake(*_unreadable(passage.source, error))
    except (ValueError, SyntaxError, RecursionError):
        yield passage.mistake("the braces in this text cannot be read")
    else:
        for name in used:
            if kinds is not None and name not in kinds:
                yield passage.mistake(_undefined(name, kinds), passage.line_of(_position(passage.source, name)))
        yield from _outputs(passage, kinds or {})
        yield from _comparisons(passage)


def _unreadable(source: str, error: template.TemplateError) -> tuple[str, int]:
    if error.__cause__ is None:
        return str(error), error.line or 1  # Jinja2 gives a comparison's operator no line
    if len(re.findall(r"\{%-?\s*if\b", source)) != len(re.findall(r"\{%-?\s*endif\b", source)):
        return "each {% if … %} needs its {% endif %} within the same paragraph", 1
    return f"the braces in this text cannot be read: {error}", error.line


def _undefined(name: str, kinds: Mapping[str, Kind]) -> str:
    near = get_close_matches(name, kinds, 1)
    guess = f"; did you mean `{near[0]}`?" if near else ""
    return f"nobody defines the field `{name}`; fields are {', '.join(sorted(kinds))}{guess}"


def _position(source: str, name: str) -> int:
    """Find a name within braces, else at the beginning."""
    for tag in _TAG.finditer(source):
        found = re.search(rf"\b{re.escape(name)}\b", tag.group())
        if found:
            return tag.start() + found.start()
    return 0


def _outputs(passage: Passage, kinds: Mapping[str, Kind]) -> Iterator[Mistake]:
    for tag in _TAG.finditer(passage.source):
        if not tag.group().startswith("{{"):
            continue
        line = passage.line_of(tag.start())
        found = _OUTPUT.fullmatch(tag.group())
        if found is None:
            yield passage.mistake(f"write {{{{ field }}}} or {{{{ field | filter }}}} instead of {tag.group()}", line)
            continue
        what = _unfit(found[1], found[2] or "", kinds.get(found[1], "any"))
        if what:
            yield passage.mistake(what, line)


def _unfit(name: str, chosen: str, kind: Kind) -> str:
    """Say why a filter, or none, does not fit a field; empty when it does."""
    if kind == "date" and chosen not in _DATE_FILTERS:
        return f"`{name}` is a date; write {{{{ {name} | date }}}}, or on_date, since_date or year for date"
    if kind == "number" and chosen != "number":
        return f"`{name}` is a number; write {{{{ {name} | number }}}}"
    if kind == "choice":
        return f"`{name}` is only for {{% if %}}: it is a word of this program, not of a language"
    if kind == "text" and chosen:
        return f"`{name}` is a text; write {{{{ {name} }}}}"
    return ""


def _comparisons(passage: Passage) -> Iterator[Mistake]:
    """A choice that is compared with a word it never is would drop a paragraph in silence."""
    for tag in _TAG.finditer(passage.source):
        for found in _COMPARED.finditer(tag.group()) if tag.group().startswith("{%") else ():
            name, word = (found[1], found[3]) if found[1] is not None else (found[6], found[5])
            if word not in CHOICES[name]:
                yield passage.mistake(
                    f"`{name}` is never “{word}”; it is one of {', '.join(CHOICES[name])}",
                    passage.line_of(tag.start() + found.start()),
                )


def typed_numbers(passage: Passage) -> Iterator[Mistake]:
    """Refuse years and long numbers typed into a text: they come from the data, so that no translation can drift."""
    bare = _TAG.sub(lambda tag: "x" + "\n" * tag.group().count("\n"), passage.source)
    for found in _TYPED_NUMBER.finditer(bare):
        line = bare.count("\n", 0, found.start()) + 1
        yield passage.mistake(f"“{found.group()}” is typed in; numbers come from the data, as {{{{ field }}}}", line)
