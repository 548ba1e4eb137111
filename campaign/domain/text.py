"""Cleaning of what people type: one decoding has been done, this is what follows, always in this order.

NFC, outer spaces off, line ends to LF, then what cannot be shown honestly is refused
(controls, noncharacters, lone surrogates, bidi overrides, tag characters) and invisible format
characters are dropped, but for joiners where a script or an emoji needs them.
"""

import re
import unicodedata

# C0 and C1, lone surrogates, bidi overrides, noncharacters, tags.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_OTHERS = "\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\U000e0000-\U000e007f" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_FORBIDDEN = re.compile(f"[{_CONTROLS}\t\n{_OTHERS}]")
_FORBIDDEN_IN_LINES = re.compile(f"[{_CONTROLS}{_OTHERS}]")
_JOINERS = frozenset("\u200c\u200d")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\u0085")
_JOINING_SCRIPTS = (
    "ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL",
    "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN", "NKO",
)  # fmt: skip
_TRIMMED = "".join(
    sorted({chr(code) for code in range(0x3001) if chr(code).isspace()} | {"\u200b", "\ufeff", "\u2060"})
)
MAX_MARKS = 4  # combining marks on one letter; more is drawn over neighbouring lines


def normal(raw: str) -> str:
    """Bring text into its one form: NFC, outer spaces off, line ends as LF."""
    text = unicodedata.normalize("NFC", raw).strip(_TRIMMED)
    return _LINE_ENDS.sub("\n", text)


def has_forbidden(text: str, *, is_multiline: bool = False) -> bool:
    """Tell whether text holds characters that are refused; LF and TAB are fine in a text of several lines."""
    return bool((_FORBIDDEN_IN_LINES if is_multiline else _FORBIDDEN).search(text))


def without_invisible(text: str) -> str:
    """Drop invisible format characters, keeping joiners between letters that need them and inside emoji."""
    kept = []
    for index, character in enumerate(text):
        is_invisible = unicodedata.category(character) == "Cf" and not _FORBIDDEN.match(character)
        if is_invisible and not (character in _JOINERS and _is_joining(text, index)):
            continue
        kept.append(character)
    return "".join(kept)


def _is_joining(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before and after) and _joins(before) and _joins(after)


def _joins(character: str) -> bool:
    name = unicodedata.name(character, "")
    is_emoji = unicodedata.category(character) in ("So", "Sk") or character == "\ufe0f"
    return is_emoji or name.startswith(_JOINING_SCRIPTS)


def clean(raw: str) -> str:
    """Clean text of one or more lines; what is to be refused is still in it for `has_forbidden` to find."""
    return normal(without_invisible(normal(raw)))


def characters(text: str) -> int:
    """Count characters as people count them: a letter with its marks is one, and so is an emoji of several signs.

    About what UAX 29 calls extended grapheme clusters, and browsers count by Intl.Segmenter.
    """
    count, flags, before = 0, 0, ""
    for one in text:
        flags = flags + 1 if "\U0001f1e6" <= one <= "\U0001f1ff" else 0
        is_more = unicodedata.category(one)[0] == "M" or one in _JOINERS or "\U0001f3fb" <= one <= "\U0001f3ff"
        is_tied = before == "\u200d" and unicodedata.category(one) == "So"
        is_second = flags > 0 and flags % 2 == 0
        count += not (before and (is_more or is_tied or is_second))
        before = one
    return count


def is_longer(text: str, most: int) -> bool:
    """Tell whether a text has more characters than it may; one that piles marks up has four code points for each."""
    return len(text) > most and (characters(text) > most or len(text) > 4 * most)


def has_letter(text: str) -> bool:
    """Tell whether there is at least one letter or digit that can be seen."""
    return any(unicodedata.category(one)[0] in "LN" and one not in _FILLERS for one in text)


def has_piled_marks(text: str) -> bool:
    """Tell whether more than MAX_MARKS combining marks stand on one letter."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) or unicodedata.category(character) == "Me" else 0
        if run > MAX_MARKS:
            return True
    return False


def scripts(text: str) -> frozenset[str]:
    """Name the scripts that a text's letters are of, such as LATIN and CYRILLIC."""
    return frozenset(unicodedata.name(one, "?").split(" ")[0] for one in text if unicodedata.category(one)[0] == "L")


_LINK = re.compile(r"https?://|www\.|\]\(|<a\s|\b[a-z0-9-]+\.[a-z]{2,}/", re.IGNORECASE)


def count_links(text: str) -> int:
    """Count what a reader's mail program would show as a link."""
    return len(_LINK.findall(text))
