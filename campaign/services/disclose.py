"""Disclose: what other programs may read: signatures, letters and people; every reading of people is noted."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain.letter import Signer
from campaign.errors import LetterError, NotFoundError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.queries import listed
from campaign.queries import supporter as supporters
from campaign.services.note import note
from campaign.services.sealed import email_of, signer_of
from campaign.services.send import written
from campaign.services.transact import transact

Standing = Literal["subscribed", "unsubscribed", "bouncing", "spam complaints"]
_WHY: dict[str, Standing] = {"bounced": "bouncing", "complained": "spam complaints"}


@dataclass(frozen=True, slots=True)
class Signed:
    """A confirmed signature; `comments` only for whoever may read people. Instants are aware UTC."""

    id: str
    state_id: int
    person_id: str
    created_at: dt.datetime
    confirmed_at: dt.datetime
    language: str
    source: str
    comments: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that left; its words only for whoever may read people, and as long as they can be written again."""

    id: str
    state_id: int
    person_id: str
    created_at: dt.datetime
    left_at: dt.datetime
    offices: tuple[str, ...]
    source: str
    subject: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands behind confirmed signatures, as they said it last; `standing` is about news."""

    id: str
    campaign_id: int
    created_at: dt.datetime
    modified_at: dt.datetime
    language: str
    email: str
    standing: Standing
    signer: Signer


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a word for the audit trail, what they asked for, and whether they may read people."""

    who: str
    which: str
    has_people: bool


def noted(parts: Parts, reader: Reader, count: int) -> None:
    """Write down that somebody is about to be shown so many records of people; it is told before it is shown."""
    transact(parts, lambda session: note(parts, session, reader.who, "people.read", reader.which, str(count)))


def signed(parts: Parts, reader: Reader, rows: Sequence[SignatureRow]) -> tuple[Signed, ...]:
    """Show signatures, with what people wrote themselves where the reader may read it."""
    if reader.has_people and rows:
        noted(parts, reader, len(rows))

    def shown(row: SignatureRow) -> Signed:
        comments = signer_of(parts.keys, row).paragraph if reader.has_people and row.name_sealed else None
        at = row.confirmed_at or row.created_at
        return Signed(row.id, row.state_id, row.supporter_id, row.created_at, at, row.language, row.source, comments)

    return tuple(shown(one) for one in rows)


def sent(
    parts: Parts, reader: Reader, session: Session, rows: Sequence[tuple[DeliveryRow, SignatureRow]]
) -> tuple[Sent, ...]:
    """Show letters that left, with their words where the reader may read them."""
    if reader.has_people and rows:
        noted(parts, reader, len(rows))
    return tuple(_sent(parts, session, letter, signature, has_people=reader.has_people) for letter, signature in rows)


def _sent(parts: Parts, session: Session, row: DeliveryRow, signature: SignatureRow, *, has_people: bool) -> Sent:
    subject = message = None
    if has_people and signature.name_sealed:
        try:
            signer, letter = signer_of(parts.keys, signature), editions.letter(session, signature.letter_id)
            text = written(session, row, letter, signer)
            subject, message = text.subject, text.text
        except LetterError:  # what its second letter was made of is gone
            pass
    return Sent(
        id=row.id,
        state_id=row.state_id,
        person_id=signature.supporter_id,
        created_at=row.created_at,
        left_at=row.finished_at or row.created_at,
        offices=row.offices,
        source=signature.source,
        subject=subject,
        message=message,
    )


def people(parts: Parts, reader: Reader, session: Session, rows: Sequence[SupporterRow]) -> tuple[Person, ...]:
    """Show people. Raises NotFoundError for a reader who may not."""
    if not reader.has_people:
        raise NotFoundError
    if rows:
        noted(parts, reader, len(rows))
    ids = [one.id for one in rows]
    newest = listed.newest_signatures(session, ids)
    agreed = listed.agreed_to_news(session, ids)
    emails = {one.id: email_of(parts.keys, one) for one in rows}
    boxes = {key: parts.keys.mailbox_key(addresses.canonical(email)) for key, email in emails.items() if email}
    why = listed.suppressed(session, list(boxes.values()))

    def standing(person_id: str) -> Standing:
        found = why.get(boxes.get(person_id, ""))
        if found is not None:
            return _WHY.get(found, "unsubscribed")
        return "subscribed" if person_id in agreed else "unsubscribed"

    return tuple(
        Person(
            id=one.id,
            campaign_id=one.campaign_id,
            created_at=one.created_at,
            modified_at=one.pressed_at or one.created_at,
            language=one.language,
            email=emails[one.id],
            standing=standing(one.id),
            signer=signer_of(parts.keys, newest[one.id]),
        )
        for one in rows
        if one.id in newest and newest[one.id].name_sealed
    )


def person(session: Session, person_id: str, campaigns: Collection[int]) -> SupporterRow:
    """Find somebody who stands behind a confirmed signature in one of some campaigns. Raises NotFoundError."""
    row = supporters.by_id(session, person_id)
    if row is None or row.campaign_id not in campaigns or not row.email_sealed:
        raise NotFoundError(person_id)
    if not supporters.signatures(session, person_id, "confirmed"):
        raise NotFoundError(person_id)
    return row
