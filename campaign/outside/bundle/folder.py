"""The folder of a campaign: which files it holds, and their text, taken with care."""

import os
import unicodedata
from pathlib import Path

from campaign.domain import text as texts
from campaign.errors import Mistake
from campaign.outside.bundle import front, yaml
from campaign.outside.bundle.sheet import Sheet

MAX_BYTES = 512 * 1024  # of one file; the longest of the bundled campaign is a tenth of it
MAX_ENTRIES = 500  # of one folder
_LINE_SEPARATORS = "\u2028\u2029"  # lines to YAML, none to an editor: the numbers would not agree


class Folder:
    """A campaign folder. What is wrong with a file is added to `mistakes`, and the file is then left out."""

    def __init__(self, root: Path, mistakes: list[Mistake]) -> None:
        """Take the folder's real place, so that links that lead out of it can be told."""
        self.root = root.resolve()
        self.mistakes = mistakes

    def names(self, where: str) -> tuple[str, ...]:
        """List what lies in a subfolder, sorted, but for names that begin with a dot."""
        place = self.root / where
        try:
            if not place.is_dir() or not self._is_inside(place, where):
                return ()
            found = sorted(one.name for one in place.iterdir() if not one.name.startswith("."))
        except OSError as error:
            self._report(where, f"this folder cannot be opened: {error.strerror}")
            return ()
        if len(found) > MAX_ENTRIES:
            self._report(where, f"there are more than {MAX_ENTRIES} files in this folder")
        return tuple(found[:MAX_ENTRIES])

    def refuse_others(self, where: str, known: frozenset[str], what: str) -> None:
        """Report everything in a subfolder that does not belong there; `what` says what does."""
        for name in self.names(where):
            if name not in known:
                self._report(f"{where}/{name}".removeprefix("./"), f"this does not belong here; {what}")

    def sheet(self, file: str) -> Sheet | None:
        """Read a YAML file; None when it cannot be read."""
        text = self.text(file)
        return yaml.parse(text, file, self.mistakes) if text is not None else None

    def document(self, file: str) -> front.Document | None:
        """Read a file of front matter and text; None when it cannot be read."""
        text = self.text(file)
        return front.parse(text, file, self.mistakes) if text is not None else None

    def text(self, file: str) -> str | None:
        """Read a file of UTF-8 text, with LF line ends and composed characters (NFC); None when it cannot be."""
        raw = self._bytes(file)
        if raw is None:
            return None
        try:
            decoded = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self._report(file, "a character is not in UTF-8; save the file with that encoding", line)
            return None
        lines = unicodedata.normalize("NFC", decoded).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(self._shown(file, number, line) for number, line in enumerate(lines, 1))

    def _bytes(self, file: str) -> bytes | None:
        place = self.root / file
        try:
            if not self._is_inside(place, file):
                return None
            if not place.exists():
                self._report(file, "this file is missing")
            elif not place.is_file():
                self._report(file, "this is not a file")
            elif place.stat().st_size > MAX_BYTES:
                self._report(file, f"this file is longer than {MAX_BYTES // 1024} kB")
            else:
                return place.read_bytes()
        except OSError as error:
            self._report(file, f"this file cannot be read: {error.strerror}")
        return None

    def _is_inside(self, place: Path, file: str) -> bool:
        """Tell whether a path stays in the folder once links are followed; Python 3.11 raises on a circle."""
        try:
            if place.resolve().is_relative_to(self.root):
                return True
        except RuntimeError:
            pass
        self._report(file, "this is a link that leads out of the campaign's folder")
        return False

    def _shown(self, file: str, number: int, line: str) -> str:
        """Report the first character of a line that nobody could see, and return the line without any."""
        if line.isprintable():
            return line
        kept = texts.without_invisible(line)
        bad = [
            one
            for one in line
            if texts.has_forbidden(one, is_multiline=True) or one in _LINE_SEPARATORS or one not in kept
        ]
        if not bad:
            return line
        self._report(file, f"there is a character that nobody can see (U+{ord(bad[0]):04X}); delete it", number)
        return "".join(one for one in line if one not in bad)

    def _report(self, file: str, what: str, line: int = 0) -> None:
        self.mistakes.append(Mistake(os.fsencode(file).decode("utf-8", "backslashreplace"), line, what))
