"""Letters on paper: what stands where on the sheet for each mailbox; the words are those of the letter."""

import datetime as dt
from dataclasses import dataclass

from campaign.domain import dates
from campaign.domain.edition import StateEdition
from campaign.domain.letter import Block, RenderedLetter, Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One letter on paper: the lines in the window, place and date, the letter's own blocks, the lines of the name."""

    window: tuple[str, ...]
    head: str
    subject: str
    blocks: tuple[Block, ...]
    signature: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the code at the foot leads: an address, and in words what the code is, for those who cannot see it."""

    address: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """All letters of one signature, in one language, as one document of a day."""

    language: str
    title: str
    day: dt.date
    letters: tuple[Sheet, ...]
    home: Home


def head_date(day: dt.date, language: str) -> str:
    """Write a date as it stands atop a letter; Latvian writes it in the locative, as its documents do."""
    return dates.on_date(day, language) if language == "lv" else dates.date(day, language)


def place(signer: Signer) -> str:
    """The place a letter is dated from, empty where the signer gave none or shows only a country."""
    return "" if signer.shown == "country" else signer.city


def window(letter: RenderedLetter, state: StateEdition, offices: tuple[str, ...]) -> tuple[str, ...]:
    """The lines in an envelope's window: whom the letter addresses, then the first postal address known of them."""
    lines = [line for block in letter.blocks if block.kind == "addressees" for line in block.text.splitlines()]
    found = (one.official.postal for office in offices if (one := state.official(office)) and one.official.postal)
    return (*lines, *(line for line in next(found, ()) if line not in lines))


def sheet(letter: RenderedLetter, at: tuple[str, ...], head: str) -> Sheet:
    """Lay out a letter: addressees go to the window `at`, the name to the foot, all else stays as it is."""
    names = [line for block in letter.blocks if block.kind == "signature" for line in block.text.splitlines()]
    rest = tuple(block for block in letter.blocks if block.kind not in ("addressees", "signature"))
    return Sheet(window=at, head=head, subject=letter.subject, blocks=rest, signature=tuple(names))
