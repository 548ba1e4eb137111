"""Yours: what somebody's own page shows them: every signature, every letter with its words, and when what goes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import schedule
from campaign.domain.arrows import WAITING
from campaign.domain.courtesy import Answer
from campaign.domain.edition import Edition, LetterEdition, StateEdition
from campaign.domain.letter import Block, RenderedLetter, Signer
from campaign.errors import LetterError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import supporter as supporters
from campaign.services.correct import is_open
from campaign.services.links import lasting_token, own_of
from campaign.services.outlook import OfficeOutlook, edition_of, office_outlook, pending_letter, state_of
from campaign.services.sealed import email_of, signer_of
from campaign.services.send import text_digest, written

_OPENING = ("addressees", "salutation")
STATUSES = ("pending", "confirmed", "withdrawn", "invalidated")


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter to offices that share a mailbox: where it is, and what its supporter said of an answer."""

    outlook: OfficeOutlook
    answer: Answer | Literal[""]


@dataclass(frozen=True, slots=True)
class OwnText:
    """Words as they left, or leave, to some offices (groups that share a mailbox); None where they are gone.

    The text opens as to the first group; `openings` say how to each.
    """

    letter: RenderedLetter | None
    offices: tuple[tuple[str, ...], ...]
    openings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent: its text, the language of that, when it was given, and when taken back (aware UTC)."""

    text: str
    language: str
    given_at: dt.datetime
    withdrawn_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSignature:
    """A signature whole. `goes_at` is when it is deleted unless it is confirmed; instants are aware UTC.

    `paragraph_until` is when their own words are deleted; None while a letter is not final, or where there are none.
    """

    id: str
    status: str
    state: StateEdition
    created_at: dt.datetime
    confirmed_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    goes_at: dt.datetime | None
    signer: Signer
    has_own_answers: bool
    letters: tuple[OwnLetter, ...]
    texts: tuple[OwnText, ...]
    agreed: tuple[Agreed, ...]
    is_correctable: bool
    paragraph_until: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a link to one's own page opens. `language` is that of their mails; `erase_at` is when all of it goes."""

    email: str
    language: str
    is_silenced: bool
    erase_at: dt.datetime | None
    signatures: tuple[OwnSignature, ...]
    withdraw_token: str
    unsubscribe_token: str


def opened(parts: Parts, token: str, language: str) -> Opened:
    """Look at one's own page, in a page's language; nothing is changed.

    Raises TokenError when the link is not genuine or its time is over, SealError.
    """
    with parts.reading() as session:
        supporter = own_of(parts, session, token)
        edition = edition_of(parts, session, supporter)
        email = email_of(parts.keys, supporter)
        mailbox = supporters.mailbox(session, parts.keys.mailbox_key(addresses.canonical(email)))
        found = supporters.signatures(session, supporter.id, *STATUSES)
        return Opened(
            email=email,
            language=supporter.language,
            is_silenced=mailbox is not None and mailbox.suppressed_at is not None,
            erase_at=supporter.erase_at,
            signatures=tuple(_own(parts, session, edition, one, language) for one in found),
            withdraw_token=lasting_token(parts, "withdraw", supporter),
            unsubscribe_token=lasting_token(parts, "unsubscribe", supporter),
        )


def erase_at(parts: Parts, token: str) -> dt.datetime | None:
    """When all that is kept of a link's mailbox is erased (aware UTC); None where nobody asked for it.

    Raises TokenError when the link is not genuine or its time is over.
    """
    with parts.reading() as session:
        return own_of(parts, session, token).erase_at


def _own(parts: Parts, session: Session, edition: Edition, row: SignatureRow, language: str) -> OwnSignature:
    letters = deliveries.of_signature(session, row.id)
    is_pending = row.status == "pending"
    texts: tuple[OwnText, ...]
    if is_pending:
        waiting = pending_letter(parts, session, edition, row, language)
        texts = (OwnText(waiting.sent, (waiting.offices,), ()),)
    else:
        texts = _texts(parts, session, row, letters)
    has_paragraph = row.paragraph_sealed is not None and not is_pending
    return OwnSignature(
        id=row.id,
        status=row.status,
        state=state_of(edition, row),
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        withdrawn_at=row.withdrawn_at,
        goes_at=row.created_at + schedule.PENDING_LIFE if is_pending else None,
        signer=signer_of(parts.keys, row),
        has_own_answers=row.has_own_answers,
        letters=tuple(OwnLetter(office_outlook(parts, session, edition, one), one.answer) for one in letters),
        texts=texts,
        agreed=tuple(
            Agreed(text.text, text.language, given, taken)
            for text, given, taken in supporters.consents_ever(session, row.id)
        ),
        is_correctable=is_open(row, letters),
        paragraph_until=_paragraph_until(letters) if has_paragraph else None,
    )


def _paragraph_until(letters: Sequence[DeliveryRow]) -> dt.datetime | None:
    """When a paragraph is deleted: some time after the last letter is final; None while one is not."""
    if any(one.status in ("held", "in_data", *WAITING) for one in letters):
        return None
    ends = [one.finished_at for one in letters if one.finished_at is not None]
    return max(ends) + schedule.PARAGRAPH_LIFE if ends else None


def _texts(
    parts: Parts, session: Session, signature: SignatureRow, letters: Sequence[DeliveryRow]
) -> tuple[OwnText, ...]:
    """The words of a signature's letters, each text once; a text that cannot be made again as it left is gone."""
    letter, signer = editions.letter(session, signature.letter_id), signer_of(parts.keys, signature)
    found: dict[object, list[tuple[tuple[str, ...], RenderedLetter | None]]] = {}
    for one in letters:
        rendered = as_it_left(parts, session, one, letter, signer)
        found.setdefault((one.round, _body(rendered)), []).append((one.offices, rendered))
    return tuple(
        OwnText(
            letter=group[0][1],
            offices=tuple(offices for offices, _ in group),
            openings=tuple(_opening(rendered) for _, rendered in group if rendered is not None),
        )
        for group in found.values()
    )


def as_it_left(
    parts: Parts, session: Session, row: DeliveryRow, letter: LetterEdition, signer: Signer
) -> RenderedLetter | None:
    """Write a letter again, and give it if it is word for word the one that was pressed for; else None."""
    try:
        rendered = written(session, row, letter, signer)
    except LetterError:
        return None
    return rendered if text_digest(parts.keys, rendered) == row.text_digest else None


def _body(letter: RenderedLetter | None) -> tuple[str, tuple[Block, ...]] | None:
    if letter is None:
        return None
    return letter.subject, tuple(one for one in letter.blocks if one.kind not in _OPENING)


def _opening(letter: RenderedLetter) -> str:
    return "\n\n".join(one.text for one in letter.blocks if one.kind in _OPENING)
