"""Offer: the subjects and talking points that a supporter may choose for a letter, in the words of the page."""

import datetime as dt
import re
from dataclasses import dataclass

from campaign.domain import template
from campaign.domain.edition import LetterEdition, StateEdition
from campaign.domain.signing import MAX_POINTS

_BLANKS = re.compile(r"[ \t\n]+")  # not the space that holds the digits of a number together


@dataclass(frozen=True, slots=True)
class OfferedSubject:
    """A subject: the form's value, what it says to the reader, and as the office gets it where that differs."""

    value: str
    text: str
    sent: str


@dataclass(frozen=True, slots=True)
class OfferedPoint:
    """A talking point in the reader's language, or in the `language` that there is."""

    id: str
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Offer:
    """All that may be chosen; the first subject is the letter's own. At most `most` points go into one letter."""

    subjects: tuple[OfferedSubject, ...]
    points: tuple[OfferedPoint, ...]
    most: int = MAX_POINTS


def offer(state: StateEdition, own: LetterEdition, office: LetterEdition, today: dt.date) -> Offer:
    """Collect what may be chosen for the letter to a state, in the reader's letter and in the office's.

    Raises LetterError when a version lacks a value that its text uses.
    """
    english = state.letter("en", today) or own
    return Offer(_subjects(own, office), _points(state, own, english))


def _said(source: str, letter: LetterEdition) -> str:
    said = template.render(source, letter.language, letter.fields | {"reader": "several"})
    return _BLANKS.sub(" ", said).strip()


def _subjects(own: LetterEdition, office: LetterEdition) -> tuple[OfferedSubject, ...]:
    is_same = own.language == office.language
    pairs = zip(own.subjects, office.subjects, strict=False)
    return tuple(
        OfferedSubject(str(number), _said(read, own), "" if is_same else _said(sent, office))
        for number, (read, sent) in enumerate(pairs)
    )


def _points(state: StateEdition, own: LetterEdition, english: LetterEdition) -> tuple[OfferedPoint, ...]:
    found = {point.id: (point, letter) for letter in (english, own) for point in letter.points}
    return tuple(
        OfferedPoint(point.id, point.title, _said(point.text, letter), letter.language)
        for point, letter in (found[one] for one in state.point_ids if one in found)
    )
