"""A supporter's name as typed: nearly everything is a name; what could not stand in a mail header is not."""

import re

from campaign.domain import text

MAX_CHARACTERS = 100
MAX_BYTES = 400
HEADER_CHARACTERS = frozenset('<>"(),;:\\')
_FORMULA_STARTS = frozenset("=+-@|%＝＋－＠｜％")
_URL = re.compile(
    r"https?:|://|www\.|\b[\w-]+\.[a-z]{2,}/|\bt\.me\b|\b[a-z0-9-]+\.(com|org|net|info|biz|io|ru|xyz|top|click|link|site|online)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S@\S")
_LOOKALIKES = frozenset({"LATIN", "CYRILLIC", "GREEK"})


def clean(raw: str) -> str:
    """Clean a name; check it with `fault` before it is used."""
    return text.clean(raw)


def fault(name: str) -> str | None:
    """Say by its code why a cleaned name cannot be taken; None when it can.

    ≤ 100 code points and ≤ 400 bytes; nothing that a mail header, a spreadsheet or a reader could take for
    something else.
    """
    rules = (
        ("E-NAME-EMPTY", not text.has_letter(name)),
        ("E-NAME-LONG", len(name) > MAX_CHARACTERS or len(name.encode("utf-8", "replace")) > MAX_BYTES),
        ("E-NAME-ENCODED", "=?" in name),
        ("E-NAME-URL", bool(_URL.search(name)) and "@" not in name),
        ("E-NAME-START", name[:1] in _FORMULA_STARTS),
        ("E-NAME-CHARS", text.has_forbidden(name) or bool(HEADER_CHARACTERS & set(name))),
        ("E-NAME-EMAIL", bool(_ADDRESS.search(name))),
        ("E-NAME-MARKS", text.has_piled_marks(name)),
    )
    return next((code for code, is_broken in rules if is_broken), None)


def has_mixed_scripts(name: str) -> bool:
    """Tell whether one name mixes scripts whose letters look alike (Latin, Cyrillic, Greek)."""
    return len(text.scripts(name) & _LOOKALIKES) > 1
