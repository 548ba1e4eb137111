"""Sheets for a stall: a letter to read, slips that people sign by hand, one for each person, and a page to count on."""

from dataclasses import dataclass

from campaign.domain.letter import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What stands on every slip: what is signed, the labels beside its lines, what one agrees to, and the way back."""

    letter: str
    name: str
    country: str
    hand: str
    date: str
    agree: str
    back: str
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What stands on the page for the stall: how to use the sheets, and the labels of what is counted."""

    heading: str
    text: str
    place: str
    date: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """All sheets for the letter to a state: page one is the letter's words, then slips, then the stall's own page.

    `language` is that of the page that offers them; the letter may be in another, its `letter_language`.
    """

    language: str
    heading: str
    to: str
    offices: tuple[str, ...]
    letter_language: str
    subject: str
    blocks: tuple[Block, ...]
    slip: Slip
    box: Box
