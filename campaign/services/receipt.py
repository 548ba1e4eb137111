"""Receipt: what a mailbox is told after its press: each letter whole, where it is, and what was agreed to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import dates
from campaign.domain.edition import StateEdition
from campaign.domain.letter import Block, RenderedLetter, render, shown_name
from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.queries import supporter as supporters
from campaign.services.outlook import DoneLetter, OfficeOutlook
from campaign.services.sealed import signer_of

_OPENING = ("addressees", "salutation")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Offices that share a mailbox: their titles, where their letter is, and how it opens; all of it words."""

    offices: str
    status: str
    opening: str


@dataclass(frozen=True, slots=True)
class ToldText:
    """One text of a letter, as its first receiver gets it; the others get the same with their own opening."""

    letter: RenderedLetter
    receivers: tuple[Receiver, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent as it was given: its text, the language of that, and the day (UTC) in the reader's words."""

    text: str
    language: str
    on: str


@dataclass(frozen=True, slots=True)
class ToldSignature:
    """A confirmed signature whole. `name` is what stands under the letter, in the letter's language."""

    state: str
    texts: tuple[ToldText, ...]
    name: str
    name_language: str
    has_own_answers: bool
    agreed: tuple[Agreed, ...]


def told(
    parts: Parts, session: Session, language: str, signatures: Sequence[SignatureRow], done: Sequence[DoneLetter]
) -> tuple[ToldSignature, ...]:
    """Tell signatures whole, in a reader's language; `done` says where their letters are.

    A letter that was stopped is not told. Personal text is in it: only for a mailbox that has pressed.
    Raises SealError, LetterError.
    """
    found = {one.signature_id: one for one in done}
    return tuple(_told(parts, session, language, one, found[one.id]) for one in signatures if one.id in found)


def _told(parts: Parts, session: Session, language: str, signature: SignatureRow, done: DoneLetter) -> ToldSignature:
    letter = editions.letter(session, signature.letter_id)
    signer = signer_of(parts.keys, signature)
    texts: dict[tuple[object, ...], list[tuple[RenderedLetter, Receiver]]] = {}
    for outlook in done.letters:
        if outlook.is_second or outlook.status == "cancelled":
            continue
        rendered = render(letter, signer, outlook.offices)
        receiver = Receiver(
            _titles(parts, done.state, outlook.offices, language),
            _status(parts, language, outlook),
            "\n\n".join(one.text for one in rendered.blocks if one.kind in _OPENING),
        )
        texts.setdefault(_body(rendered), []).append((rendered, receiver))
    return ToldSignature(
        state=done.state.state.name[language],
        texts=tuple(ToldText(group[0][0], tuple(one for _, one in group)) for group in texts.values()),
        name=shown_name(signer, letter),
        name_language=letter.language,
        has_own_answers=signature.has_own_answers,
        agreed=_agreed(session, signature, language),
    )


def _body(rendered: RenderedLetter) -> tuple[str, tuple[Block, ...]]:
    """What a letter says once it is opened: the same for every office that reads the same."""
    return rendered.subject, tuple(one for one in rendered.blocks if one.kind not in _OPENING)


def _titles(parts: Parts, state: StateEdition, offices: tuple[str, ...], language: str) -> str:
    today = parts.clock.now().date()
    letter = state.letter(language, today) or state.letter("en", today)
    return ", ".join(letter.title(one) if letter is not None else one for one in offices)


def _status(parts: Parts, language: str, outlook: OfficeOutlook) -> str:
    """Say where a letter is, and when it left or leaves."""
    words = parts.words
    status = words.text(language, f"status.{outlook.told}")
    if outlook.left_at is not None:
        return f"{status}. {words.text(language, 'done.left-at', **_at(outlook.left_at, language))}"
    if outlook.goes_at is not None:
        return f"{status}. {words.text(language, 'done.at', **_at(outlook.goes_at, language))}"
    return status


def _at(instant: dt.datetime, language: str) -> dict[str, str]:
    day = instant.astimezone(dt.UTC).date()
    return {"time": dates.time(instant, language), "date": dates.date(day, language)}


def _agreed(session: Session, signature: SignatureRow, language: str) -> tuple[Agreed, ...]:
    given = supporters.consents_given(session, signature.id)
    return tuple(
        Agreed(one.text, one.language, dates.on_date(at.astimezone(dt.UTC).date(), language)) for one, at in given
    )
