"""YAML 1.2 into a sheet: plain values and their lines, from the parser's events, so that nothing is ever built.

Stricter than the language, as data that people review should be: no anchors, aliases, tags, second documents
or keys written twice, and only whole and decimal numbers, true, false and null are not text.
"""

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from campaign.domain import text as texts
from campaign.errors import Mistake
from campaign.outside.bundle.sheet import Place, Sheet

MAX_DEPTH = 12
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_AS_WRITTEN = frozenset(("on",))  # a year alone looks like a number; a date as told stays as it is told
_SENTENCES = (
    ("mapping values are not allowed", "a colon and a space stand within a text; put the text in quotes"),
    ("could not find expected ':'", "a name here has no colon after it"),
    ("found unexpected end of stream", "a quotation mark opens here and is never closed"),
    ("found character '\\t'", "a line begins with a tab; use spaces"),
    ("cannot start any token", "a text that begins with @, %, ` or the like must be in quotes"),
    ("expected <block end>", "this line does not stand in line with those above it"),
    ("unknown escape character", "in double quotes a backslash must be doubled"),
    ("expected ',' or", "a bracket opens here and is never closed"),
)


class _StopError(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


def parse(text: str, file: str, mistakes: list[Mistake], before: int = 0) -> Sheet | None:
    """Read the YAML of a file, of which `before` lines stand above the text.

    What is wrong is added to `mistakes`; None when there is nothing that can be read on with.
    """
    builder = _Builder(text, file, mistakes, before)
    try:
        value = builder.document()
    except _StopError as error:
        builder.report(error.what, error.line)
        return None
    except MarkedYAMLError as error:
        what, mark = _sentence(error)
        builder.report(what, mark.line if mark else 0)
        return None
    except (YAMLError, ArithmeticError, ValueError, LookupError, AttributeError, TypeError):
        # ruamel lets Python's own errors out, as for an escape beyond the last character of Unicode.
        builder.report("from here on this cannot be read as YAML", builder.line)
        return None
    if not isinstance(value, dict):
        builder.report("this file must be made of lines such as `name: value`", 0)
        return None
    return Sheet(file, value, builder.lines)


def _sentence(error: MarkedYAMLError) -> tuple[str, StreamMark | None]:
    problem = str(error.problem or error.context or "")
    opens = error.context_mark if "stream" in problem or "expected ','" in problem else None
    mark = opens or error.problem_mark or error.context_mark
    for technical, plain in _SENTENCES:
        if technical in problem:
            return plain, mark
    return f"this cannot be read as YAML: {problem}", mark


class _Builder:
    """Follows the events of one document down to MAX_DEPTH and writes down the line of every place."""

    def __init__(self, text: str, file: str, mistakes: list[Mistake], before: int) -> None:
        self.file = file
        self.mistakes = mistakes
        self.before = before
        self.line = 0  # of the last event, 0-based as in ruamel
        self.lines: dict[Place, int] = {(): before + 1}
        self.events = iter(YAML(typ="safe", pure=True).parse(text))

    def report(self, what: str, line: int) -> None:
        """Add a mistake on a line (0-based) of the text."""
        self.mistakes.append(Mistake(self.file, self.before + line + 1, what))

    def document(self) -> object:
        """Build the one document of the text; None for a text of comments."""
        value: object = None
        has_begun = False
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if has_begun:
                    raise _StopError("a second document begins here; leave out the line `---`", _line(event))
                has_begun = True
            elif isinstance(event, NodeEvent):
                value = self._node(event, ())
        return value

    def _next(self) -> Event:
        event: Event = next(self.events)
        self.line = _line(event)
        return event

    def _node(self, event: Event, place: Place) -> object:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _StopError("& and * stand for repeated text, which is not allowed; write it out", _line(event))
        if getattr(event, "tag", None) is not None:
            raise _StopError("a word that begins with ! must be in quotes", _line(event))
        if len(place) > MAX_DEPTH:
            raise _StopError("this is nested too deeply", _line(event))
        if isinstance(event, MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(place)
        if not isinstance(event, ScalarEvent):
            raise _StopError("this cannot be read as YAML", _line(event))
        return self._scalar(event, place)

    def _mapping(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise _StopError("a name is missing before the colon", _line(event))
            name = str(self._text(event))
            here = (*place, name)
            is_twice = name in found
            if is_twice:
                self.report(f"`{name}` stands here twice; the first is in line {self.lines[here]}", _line(event))
            else:
                self.lines[here] = self.before + _line(event) + 1
            value = self._node(self._next(), here if not is_twice else (*place, f"{name} again"))
            found.setdefault(name, value)
        return found

    def _sequence(self, place: Place) -> list[object]:
        found: list[object] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            here = (*place, len(found))
            self.lines[here] = self.before + _line(event) + 1
            found.append(self._node(event, here))
        return found

    def _scalar(self, event: ScalarEvent, place: Place) -> object:
        text = self._text(event)
        if not event.implicit[0] or (text and place[-1:] and place[-1] in _AS_WRITTEN):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _WHOLE.fullmatch(text):
            return int(text)
        return float(text) if _DECIMAL.fullmatch(text) else text

    def _text(self, event: ScalarEvent) -> str:
        """Take a text without outer spaces; escapes may have made characters that nobody can see."""
        text = texts.normal(event.value)
        if texts.has_forbidden(text, is_multiline=True) or texts.without_invisible(text) != text:
            self.report("this text holds a character that nobody can see; delete it", _line(event))
            return ""
        return text


def _line(event: Event) -> int:
    mark = event.start_mark
    return int(mark.line) if mark else 0
