"""Likeness: how much of a letter is one's own, told by the runs of characters that it shares with other texts.

Only letters and digits count, lower-cased (NFKC), so it works for every script. Of a text's runs of RUN characters a
few are its fingerprints, chosen by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): two texts that share
SHARED characters in a row have a fingerprint in common, wherever it stands in them.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

RUN = 20  # characters of one fingerprint
WINDOW = 16  # of as many runs in a row, one is a fingerprint
SHARED = RUN + WINDOW - 1  # shorter agreements are names and turns that everybody uses
MANY = 10  # letters; of fewer nobody is told
_END = re.compile(
    r"""(?<=[.!?\u2026\u0964\u1362\u061F\u06D4])["'”’»)\]]*\s+   # an end, what closes with it, and a space
    |(?<=[\u3002\uFF01\uFF1F\uFF61])["'”’»\u300D\u300F\uFF09]*   # an end after which no space is put
    |\n\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A sentence of one's own that stands elsewhere too: in `times` other letters, 0 where in the letter itself.

    `times` is rounded down to tens.
    """

    sentence: str
    times: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a letter is its writer's: `share` in whole percents of the letter, 0 only where nothing is."""

    has_own: bool
    share: int
    repeated: tuple[Repeated, ...] = ()


def plain(text: str) -> str:
    """Bring a text to what is compared: its letters and digits, lower-cased, NFKC."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    return "".join(one for one in folded if unicodedata.category(one)[0] in "LN")


def length(texts: Iterable[str]) -> int:
    """Count what of some texts is compared."""
    return sum(len(plain(one)) for one in texts)


def sentences(text: str) -> tuple[str, ...]:
    """Part a text after the ends of its sentences and its lines, in any language; abbreviations part it too often."""
    pieces, start = [], 0
    for end in _END.finditer(text):
        pieces.append(text[start : end.end()].strip())
        start = end.end()
    return tuple(one for one in (*pieces, text[start:].strip()) if one)


def fingerprints(text: str) -> tuple[str, ...]:
    """Give the distinct fingerprints of a text, in order: runs of RUN characters, or the whole of a shorter one."""
    return tuple(dict.fromkeys(run for _, run in _chosen(plain(text))))


def compare(own: str, fixed: Iterable[str], around: int, times: Mapping[str, int]) -> Likeness:
    """Compare what somebody wrote with the campaign's texts around it and with what others wrote.

    `around` is the length of the campaign's text in the letter; `times` says in how many letters a fingerprint
    stands.
    """
    pieces = [(one, plain(one)) for one in sentences(own)]
    written = "".join(said for _, said in pieces)
    if not written:
        return Likeness(has_own=False, share=0)
    in_letter = _shared(written, [plain(one) for one in fixed])
    marks = {at: many for at, run in _chosen(written) if (many := times.get(run, 0)) >= MANY}
    in_others = _covered({at: at + RUN for at in marks}, len(written))
    new = sum(not (here or there) for here, there in zip(in_letter, in_others, strict=True))
    found: list[Repeated] = []
    start = 0
    for sentence, said in pieces:
        end = start + len(said)
        near = (many for at, many in marks.items() if at < end and at + RUN > start)
        found += _repeated(sentence, in_letter[start:end], in_others[start:end], near)
        start = end
    return Likeness(has_own=True, share=_percents(new, around + len(written)), repeated=tuple(found))


def _percents(part: int, whole: int) -> int:
    return max(round(100 * part / whole), 1) if part else 0


def _repeated(sentence: str, in_letter: list[bool], in_others: list[bool], many: Iterable[int]) -> Iterator[Repeated]:
    """Tell a sentence that stands elsewhere; the letter itself is named before others, of others the rarest run."""
    if _is_much(in_letter):
        yield Repeated(sentence, 0)
    elif _is_much(in_others):
        yield Repeated(sentence, min(many) // 10 * 10)


def _is_much(marked: list[bool]) -> bool:
    """Two fifths: winnowing marks no less of SHARED or more characters that stand elsewhere in whole."""
    return 5 * sum(marked) >= 2 * len(marked) > 0


def _runs(text: str) -> list[str]:
    return [text[at : at + RUN] for at in range(max(len(text) - RUN, 0) + 1)] if text else []


def _chosen(text: str) -> Iterator[tuple[int, str]]:
    """Winnow a plain text: of every WINDOW runs in a row the least by its hash, of equals the last; place and run."""
    runs = _runs(text)
    ranks = [hashlib.blake2b(run.encode(), digest_size=8).digest() for run in runs]
    last = -1
    for start in range(max(len(runs) - WINDOW, 0) + 1 if runs else 0):
        least = min(range(start, min(start + WINDOW, len(runs))), key=lambda at: (ranks[at], -at))
        if least != last:
            last = least
            yield least, runs[least]


def _shared(text: str, others: Iterable[str]) -> list[bool]:
    """Mark the characters of a text that stand in runs of SHARED or more that another text has too."""
    known = {run for other in others for run in _runs(other)}
    spans: dict[int, int] = {}
    start = None
    for at, run in enumerate((*_runs(text), "")):  # "" ends what is open
        if run in known:
            start = at if start is None else start
        elif start is not None:
            end = at - 1 + RUN
            spans |= {start: end} if end - start >= SHARED else {}
            start = None
    return _covered(spans, len(text))


def _covered(spans: Mapping[int, int], length: int) -> list[bool]:
    covered = [False] * length
    for start, end in spans.items():
        for at in range(start, min(end, length)):
            covered[at] = True
    return covered
