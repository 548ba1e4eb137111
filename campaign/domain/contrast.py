"""Contrast of two colours, as WCAG 2.2 reckons it."""

import re

TEXT = 4.5  # at least, for words of any size: success criterion 1.4.3
SHAPE = 3.0  # at least, for edges of controls and what else is no text but must be seen: 1.4.11
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def is_colour(said: str) -> bool:
    """Tell whether a value of a stylesheet is a colour as this project writes them: #fff or #1a1d21."""
    return _HEX.fullmatch(said) is not None


def ratio(one: str, other: str) -> float:
    """Reckon the contrast ratio of two colours (#fff or #1a1d21), from 1 to 21, whichever is the lighter.

    Raises ValueError for what is no colour of that kind.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1 (WCAG 2.2, "relative luminance")."""
    if not is_colour(colour):
        raise ValueError(colour)
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
