"""Cells that no spreadsheet program takes for a formula."""

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
# Where lists are written with semicolons, a program may split a cell there, however it is quoted.
_SPLIT = re.compile(r"([;\t\r\n][\s\"]*)(?=[=+\-@＝＋－＠])")


def harmless(cell: object) -> str:
    """Write a cell as text; what a spreadsheet could run gets an apostrophe before it (CWE-1236). Numbers stay."""
    if isinstance(cell, int):
        return str(cell)
    text = _SPLIT.sub(r"\1'", "" if cell is None else str(cell))
    return f"'{text}" if text.startswith(_STARTS) else text
