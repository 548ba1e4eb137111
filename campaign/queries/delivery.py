"""Letters and mails on their way: whose turn it is, what became of them."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.domain.arrows import LEFT, WAITING
from campaign.models.campaign import OfficialRow
from campaign.models.delivery import DeliveryRow, MailRow
from campaign.models.supporter import SignatureRow

Row = TypeVar("Row", DeliveryRow, MailRow)


def next_due(session: Session, kind: type[Row], now: dt.datetime) -> Row | None:
    """The row whose turn it is, locked; rows that another worker is looking at are passed over."""
    asked = (
        select(kind)
        .where(kind.status == "queued", kind.due_at <= now)
        .order_by(kind.due_at, kind.created_at, kind.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalar(asked)


def overdue(session: Session, kind: type[Row], now: dt.datetime, most: int) -> Sequence[Row]:
    """Rows in hand whose lease has run out: their worker died, or sleeps."""
    asked = (
        select(kind)
        .where(kind.status.in_(("claimed", "in_data")), kind.lease_until < now)
        .order_by(kind.lease_until)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(asked).all()


def lock_address(session: Session, address: str) -> None:
    """Let one worker at a time decide whether one more letter may go to an address this hour."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(address))))


def hour_of(session: Session, address: str, now: dt.datetime) -> Sequence[dt.datetime]:
    """The instants, oldest first, at which letters left or began to leave to an address in the last hour."""
    left = select(DeliveryRow.in_data_at).where(
        DeliveryRow.address == address, DeliveryRow.in_data_at > now - dt.timedelta(hours=1)
    )
    claimed = select(DeliveryRow.due_at).where(DeliveryRow.address == address, DeliveryRow.status == "claimed")
    found = [one for one in session.scalars(left) if one is not None] + list(session.scalars(claimed))
    return sorted(found)


def queued_to(session: Session, address: str, before: dt.datetime) -> Sequence[DeliveryRow]:
    """Letters queued to an address and due before an instant."""
    asked = select(DeliveryRow).where(
        DeliveryRow.address == address, DeliveryRow.status == "queued", DeliveryRow.due_at < before
    )
    return session.scalars(asked).all()


def count_ahead(session: Session, delivery: DeliveryRow) -> int:
    """How many letters wait before this one to the same address."""
    asked = select(func.count()).where(
        DeliveryRow.address == delivery.address,
        DeliveryRow.status.in_(WAITING),
        DeliveryRow.created_at < delivery.created_at,
    )
    return session.scalar(asked) or 0


def of_signature(session: Session, signature_id: str) -> Sequence[DeliveryRow]:
    """The letters of a signature, in the order of offices."""
    asked = select(DeliveryRow).where(DeliveryRow.signature_id == signature_id)
    return session.scalars(asked.order_by(DeliveryRow.official_id, DeliveryRow.round)).all()


def has_had_letter(session: Session, supporter_id: str, address: str) -> bool:
    """Tell whether an address has had, or may have had, a letter of this supporter."""
    asked = (
        select(DeliveryRow.id)
        .join(SignatureRow, SignatureRow.id == DeliveryRow.signature_id)
        .where(
            SignatureRow.supporter_id == supporter_id,
            DeliveryRow.address == address,
            DeliveryRow.status.in_(LEFT),
        )
        .limit(1)
    )
    return session.scalar(asked) is not None


def held_by(session: Session, official_id: int, most: int) -> Sequence[DeliveryRow]:
    """Letters that wait for an office's address, the oldest first."""
    asked = (
        select(DeliveryRow)
        .where(DeliveryRow.official_id == official_id, DeliveryRow.status == "held")
        .order_by(DeliveryRow.created_at)
        .limit(most)
    )
    return session.scalars(asked).all()


def to_address(session: Session, signature_id: str, address: str) -> DeliveryRow | None:
    """The letter of a signature to an address."""
    asked = select(DeliveryRow).where(
        DeliveryRow.signature_id == signature_id,
        DeliveryRow.address == address,
        DeliveryRow.status != "cancelled",
    )
    return session.scalars(asked).first()


def queued_mail(session: Session, supporter_id: str, kind: str) -> MailRow | None:
    """A mail of a kind to a supporter that is about to leave."""
    asked = select(MailRow).where(
        MailRow.supporter_id == supporter_id, MailRow.kind == kind, MailRow.status == "queued"
    )
    return session.scalars(asked).first()


def last_mail(session: Session, supporter_id: str, kind: str) -> MailRow | None:
    """The newest mail of a kind to a supporter, whatever became of it."""
    asked = select(MailRow).where(MailRow.supporter_id == supporter_id, MailRow.kind == kind)
    return session.scalars(asked.order_by(MailRow.created_at.desc())).first()


def mails_of(session: Session, supporter_id: str) -> Sequence[MailRow]:
    """Every mail to a supporter."""
    return session.scalars(select(MailRow).where(MailRow.supporter_id == supporter_id)).all()


def official(session: Session, official_id: int) -> OfficialRow | None:
    """The office with an id."""
    return session.get(OfficialRow, official_id)


def oldest_waiting(session: Session) -> dt.datetime | None:
    """When the oldest letter that waits for its turn was made."""
    return session.scalar(select(func.min(DeliveryRow.created_at)).where(DeliveryRow.status.in_(WAITING)))
