"""Review: what in a personal paragraph asks for a look by a person before it leaves, and where it stands.

Whoever signs may not write links into a paragraph (`signing.MAX_LINKS`); what leads elsewhere without being one is
found here: bare domains, addresses, numbers to call. And the words that organisers listed, whole and in any of their
languages, also where their letters are pulled apart. Nothing is weighed and nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, get_args

from campaign.domain import country as countries
from campaign.domain import text as texts
from campaign.domain.rule import WordKind

Reason = Literal["threat", "word", "link"]
REASONS: tuple[Reason, ...] = get_args(Reason)  # what is looked at first comes first
# Why a letter does not leave; one of them takes its signature out of the count.
Refusal = Literal["threat", "insult", "person", "link", "other-matter"]
REFUSALS: tuple[Refusal, ...] = get_args(Refusal)
UNCOUNTED: Refusal = "threat"
MAX_WORD = 80

_COMMON = "com|org|net|info|biz|edu|gov|int|mil|xyz|top|click|link|site|online|shop|app|dev|club|live|news|page|blog"
_ENDS = frozenset(_COMMON.split("|")) | {one.lower() for one in countries.CODES} | {"eu", "uk", "su"}
_DOTTED = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)+")
_TOLD = re.compile(
    r"\w\s*[\[({]\s*(?:\.|dot|punkt|at|@)\s*[\])}]\s*\w|(?<![\w.+-])[\w.+-]*@[\w.-]*\w{2,}|\b[hf]\w{1,4}p?s?://",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.])(?:\+\s?)?\(?\d(?:[\s().\-/]{0,3}\d){6,}(?!\w)")
_DATES = re.compile(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{4}\s?[/-]\s?\d{4}")
_COUNTED = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})*[ .]000")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found in a paragraph, by its first and its first following character."""

    reason: Reason
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; `reason` is empty where nothing was found."""

    text: str
    reason: Reason | Literal[""]


def fold(text: str) -> str:
    """Bring a listed word into the form it is compared in: compatible forms made one, case folded, single spaces."""
    return " ".join("".join(_folded(one) for one in texts.clean(text)).split())


def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())


def hits(paragraph: str, words: Iterable[tuple[str, WordKind]]) -> tuple[Hit, ...]:
    """Find everything in a cleaned paragraph that asks for a look, in its order; `words` are folded."""
    found = [*_links(paragraph), *_listed(paragraph, words)]
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end)))


def reasons(paragraph: str, words: Iterable[tuple[str, WordKind]]) -> tuple[Reason, ...]:
    """Say which kinds of things a paragraph holds that ask for a look, each once."""
    found = {hit.reason for hit in hits(paragraph, words)}
    return tuple(one for one in REASONS if one in found)


def pieces(paragraph: str, found: Iterable[Hit]) -> tuple[Piece, ...]:
    """Cut a paragraph at what was found in it; where that overlaps, what is looked at first is shown."""
    shown: list[Reason | Literal[""]] = [""] * len(paragraph)
    for hit in sorted(found, key=lambda hit: -REASONS.index(hit.reason)):
        shown[hit.start : hit.end] = [hit.reason] * (hit.end - hit.start)
    cut: list[Piece] = []
    start = 0
    for at in range(1, len(paragraph) + 1):
        if at == len(paragraph) or shown[at] != shown[start]:
            cut.append(Piece(paragraph[start:at], shown[start]))
            start = at
    return tuple(cut)


def is_shortened(paragraph: str, shorter: str) -> bool:
    """Tell whether a text is the paragraph with words taken out, and none put in or moved."""
    left = iter(re.findall(r"\w+", paragraph))
    return shorter != paragraph and all(word in left for word in re.findall(r"\w+", shorter))


def _links(paragraph: str) -> list[Hit]:
    found = [Hit("link", *one.span()) for one in _TOLD.finditer(paragraph)]
    found += [Hit("link", *one.span()) for one in _DOTTED.finditer(paragraph) if _is_domain(one[0])]
    found += [Hit("link", *one.span()) for one in _NUMBER.finditer(paragraph) if not _is_figure(one[0])]
    return found


def _is_domain(dotted: str) -> bool:
    """Tell a domain from a sentence that begins without a space: "ended.It" has one capital."""
    _, *ends = dotted.split(".")
    return any((end.islower() or end.isupper()) and end.lower() in _ENDS for end in ends)


def _is_figure(said: str) -> bool:
    """Tell a date, a span of years or a count of thousands from a number to call."""
    stripped = said.strip("() ")
    return bool(_DATES.fullmatch(stripped) or _COUNTED.fullmatch(stripped))


def _listed(paragraph: str, words: Iterable[tuple[str, WordKind]]) -> list[Hit]:
    folded, places = _flat(paragraph)
    bare = _bare(folded)
    found = []
    for word, kind in words:
        if _bare(word) in bare:  # quick: most words are nowhere near
            found += [Hit(kind, places[start], places[end - 1] + 1) for start, end in _places(word, folded)]
    return found


def _places(word: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where a word stands whole in a folded text."""
    found = _spelled(word).finditer(folded) if _bare(word) else ()
    return (one.span() for one in found if _is_whole(folded, *one.span()))


def _flat(paragraph: str) -> tuple[str, list[int]]:
    """Fold a paragraph, and say of each character which one of the paragraph it came from."""
    said: list[str] = []
    places: list[int] = []
    for place, character in enumerate(paragraph):
        folded = _folded(character)
        said.append(folded)
        places += [place] * len(folded)
    return "".join(said), places


def _bare(folded: str) -> str:
    return "".join(one for one in folded if _is_part(one))


def _is_part(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _spelled(word: str) -> re.Pattern[str]:
    """Match a word as it stands, with signs between its letters, or with every letter apart ("k i l l")."""
    parts = ["".join(part) for is_part, part in groupby(word, _is_part) if is_part]
    together = r"[\W_]+".join(r"(?:[^\w\s]|_){0,2}".join(map(re.escape, part)) for part in parts)
    letters = "".join(parts)
    if len(letters) < 3:  # two letters with a space between stand next to each other in many sentences
        return re.compile(together)
    return re.compile(together + "|" + r"[\W_]{1,3}".join(map(re.escape, letters)))


def _is_whole(folded: str, start: int, end: int) -> bool:
    """Tell whether a match begins and ends with a word, not inside one."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    return not (before and _is_part(before)) and not (after and _is_part(after))


def held_by(paragraph: str, words: Iterable[str]) -> tuple[str, ...]:
    """Say which of some folded words a cleaned paragraph holds."""
    folded, _ = _flat(paragraph)
    bare = _bare(folded)
    return tuple(one for one in words if _bare(one) in bare and next(_places(one, folded), None) is not None)
