"""A drawer: a cause that lies open as the files of a folder, so that the same rules can be held against it.

There are no lines in it. Places are numbered instead, and a mistake is turned back into the field it is in.
"""

import unicodedata
from collections.abc import Iterator, Mapping

from campaign.domain import text as texts
from campaign.errors import Fault, Mistake
from campaign.outside.bundle.front import Document
from campaign.outside.bundle.sheet import Place, Sheet
from campaign.outside.bundle.spread import Leaf

_BODY = 1_000_000  # the number of a body's first line; fewer places than this are in any file


class Drawer:
    """Files that were never written. It answers as a folder does; what is wrong is added to `mistakes`."""

    def __init__(self, leaves: Mapping[str, Leaf]) -> None:
        """Lay the files open."""
        self.leaves = leaves
        self.mistakes: list[Mistake] = []
        self._places: dict[str, dict[int, Place]] = {}

    def names(self, where: str) -> tuple[str, ...]:
        """List what lies in a subfolder, sorted."""
        before = "" if where == "." else f"{where}/"
        inside = (file.removeprefix(before) for file in self.leaves if file.startswith(before))
        return tuple(sorted({one.split("/")[0] for one in inside}))

    def refuse_others(self, where: str, known: frozenset[str], what: str) -> None:
        """Report everything in a subfolder that does not belong there; `what` says what does."""
        for name in self.names(where):
            if name not in known:
                self._report(f"{where}/{name}".removeprefix("./"), f"this does not belong here; {what}")

    def sheet(self, file: str) -> Sheet | None:
        """Take a file's values; None where there is no such file."""
        leaf = self.leaves.get(file)
        if leaf is None:
            self._report(file, "this file is missing")
            return None
        places = {number: place for number, (place, _) in enumerate(_walk(leaf.values), 1)}
        self._places[file] = places
        lines = {place: number for number, place in places.items()}
        return Sheet(file, self._shown(file, leaf.values, (), lines), lines)

    def document(self, file: str) -> Document | None:
        """Take a file's values and the text below them; None where there is none."""
        sheet = self.sheet(file)
        if sheet is None:
            return None
        lines = unicodedata.normalize("NFC", self.leaves[file].body or "").replace("\r\n", "\n").replace("\r", "\n")
        below = lines.split("\n")
        first = next((number for number, line in enumerate(below) if line.strip()), 0)
        body = "\n".join(below[first:]).rstrip()
        if not body:
            self._report(file, "there is no text below the fields", _BODY)
            return None
        for number, line in enumerate(body.split("\n")):
            if _is_hidden(line):
                self._report(file, "there is a character that nobody can see; delete it", _BODY + number)
        return Document(sheet, body, _BODY)

    def faults(self) -> tuple[Fault, ...]:
        """Give what is wrong, each with the field it is in, in the order of files and fields."""
        once = dict.fromkeys(self.mistakes)
        return tuple(self._fault(one) for one in sorted(once, key=lambda one: (one.file, one.line)))

    def _fault(self, mistake: Mistake) -> Fault:
        if mistake.line >= _BODY:
            return Fault(mistake.file, ("body",), mistake.line - _BODY + 1, mistake.what)
        return Fault(mistake.file, self._places.get(mistake.file, {}).get(mistake.line, ()), 0, mistake.what)

    def _report(self, file: str, what: str, line: int = 0) -> None:
        self.mistakes.append(Mistake(file, line, what))

    def _shown(self, file: str, value: object, place: Place, lines: Mapping[Place, int]) -> object:
        """Bring texts into the form that a file's have, and report those with a character that nobody can see."""
        if isinstance(value, dict):
            return {name: self._shown(file, one, (*place, name), lines) for name, one in value.items()}
        if isinstance(value, list):
            return [self._shown(file, one, (*place, index), lines) for index, one in enumerate(value)]
        if not isinstance(value, str):
            return value
        text = texts.normal(value)
        if _is_hidden(text):
            self._report(file, "this text holds a character that nobody can see; delete it", lines[place])
            return ""
        return text


def _is_hidden(text: str) -> bool:
    if text.replace("\n", " ").isprintable():  # by far the most, and soon told
        return False
    return texts.has_forbidden(text, is_multiline=True) or texts.without_invisible(text) != text


def _walk(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    yield place, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in parts:
        yield from _walk(one, (*place, step))
