"""Front matter: the lines between two `---` at the head of a letter or page, and the text below them."""

from dataclasses import dataclass

from campaign.errors import Mistake
from campaign.outside.bundle import yaml
from campaign.outside.bundle.sheet import Sheet

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its front matter; `line` (1-based) is where the body's first line stands in the file."""

    sheet: Sheet
    body: str
    line: int


def parse(text: str, file: str, mistakes: list[Mistake]) -> Document | None:
    """Part a file into front matter and body.

    What is wrong is added to `mistakes`; None when there is no front matter that can be read.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        mistakes.append(Mistake(file, 1, "the first line must be `---`, and the fields stand below it"))
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        mistakes.append(Mistake(file, 1, "a second line `---` must close the fields at the head of this file"))
        return None
    sheet = yaml.parse("\n".join(lines[1:end]) + "\n", file, mistakes, before=1)
    below = lines[end + 1 :]
    empty = next((number for number, line in enumerate(below) if line.strip()), 0)
    body = "\n".join(below[empty:]).rstrip()
    if not body:
        mistakes.append(Mistake(file, end + 1, "there is no text below the fields"))
        return None
    return Document(sheet, body, end + 2 + empty) if sheet else None
