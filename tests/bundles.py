"""A small campaign folder that is right, to be damaged in one place at a time."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import BundleError
from campaign.outside.bundle.reader import read

SMALL_CAUSE = Path(__file__).parent / "data" / "small-cause"


@dataclass(frozen=True)
class Bundle:
    """A copy of the small campaign in a folder of the test's own."""

    root: Path

    def text(self, file):
        return (self.root / file).read_text(encoding="utf-8", errors="surrogatepass")

    def write(self, file, content):
        """Put text or bytes in a file, old or new."""
        place = self.root / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())

    def change(self, file, old, new):
        """Replace the first occurrence of a text, which must be there."""
        text = self.text(file)
        assert old in text, f"{file} does not hold {old!r}"
        self.write(file, text.replace(old, new, 1))

    def line(self, file, piece):
        """The line (1-based) on which a piece of a file first stands; 0 for no piece."""
        text = self.text(file) if piece else ""
        assert piece in text, f"{file} does not hold {piece!r}"
        return text.count("\n", 0, text.index(piece)) + 1 if piece else 0

    def mistakes(self):
        """Every mistake that reading it tells, none when it is right."""
        try:
            read(self.root)
        except BundleError as error:
            return [*error.mistakes]
        return []

    def only_mistake(self, file, piece, what):
        """Assert that there is one mistake, on the line of a piece of a file, and what it says."""
        assert [str(one) for one in self.mistakes()] == [f"{file}:{self.line(file, piece)}: {what}"]


def small(tmp_path):
    """Copy the small campaign."""
    shutil.copytree(SMALL_CAUSE, tmp_path / "small")
    return Bundle(tmp_path / "small")
