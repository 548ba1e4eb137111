"""The contact sheet: every picture, small, under the name of its page."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from markupsafe import escape

_HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pictures</title>
<style>
body { font: 16px/1.5 sans-serif; margin: 1rem; background: #888; color: #000 }
h2 { margin: 1rem 0 .25rem; font-size: 1rem }
div { display: flex; flex-wrap: wrap; gap: .5rem; align-items: flex-start }
img { height: 20rem; max-width: 30rem; object-fit: cover; object-position: top; display: block }
a { color: inherit; font-size: .75rem }
</style>
"""


def write(folder: Path, pictures: Iterable[Path]) -> Path:
    """Write index.html beside the pictures; gives its path."""
    parts = [_HEAD]
    for name, group in groupby(pictures, key=lambda path: path.stem.rsplit("-", 3)[0]):
        parts.append(f"<h2>{escape(name)}</h2>\n<div>\n")
        parts.extend(_one(path) for path in group)
        parts.append("</div>\n")
    index = folder / "index.html"
    index.write_text("".join(parts), encoding="utf-8")
    return index


def _one(path: Path) -> str:
    shown = " ".join(path.stem.rsplit("-", 3)[1:])
    return f'<a href="{path.name}"><img src="{path.name}" alt="" loading="lazy">{shown}</a>\n'
