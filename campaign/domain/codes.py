"""Codes: the six characters of a confirmation as a mail shows them, and as a person may type them."""

import unicodedata

LENGTH = 6
LONGEST = 20  # characters that may be typed for one; spaces and hyphens are passed over
_PARTING = frozenset(("Zs", "Pd", "Cc", "Cf"))  # spaces, hyphens and dashes, tabs, and what cannot be seen
_MINUS = "\N{MINUS SIGN}"


def shown(code: str) -> str:
    """Write a code in two groups of three, parted by a plain space: 7KM 3XQ."""
    return f"{code[:3]} {code[3:]}"


def fold(typed: str) -> str:
    """Fold what was typed to a code's own form: capitals and digits of ASCII, unparted; empty where it is none.

    Case, spaces, hyphens and full-width forms make no difference.
    """
    if len(typed) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", typed).upper()
    folded = "".join(one for one in plain if one != _MINUS and unicodedata.category(one) not in _PARTING)
    return folded if len(folded) == LENGTH and folded.isascii() and folded.isalnum() else ""
