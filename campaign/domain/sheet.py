"""Cells that no spreadsheet program takes for a formula."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def harmless(cell: object) -> str:
    """Write a cell as text; one that a spreadsheet could run gets an apostrophe before it (CWE-1236)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_STARTS) and not text.lstrip("-").isdigit() else text
