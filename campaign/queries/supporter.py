"""Supporters, their mailboxes and signatures."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from campaign.models.campaign import ConsentTextRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import ConsentRow, MailboxRow, SignatureRow, SupporterRow


def by_address_key(session: Session, campaign_id: int, address_key: str) -> SupporterRow | None:
    """The supporter with an address in a campaign, locked until the transaction ends."""
    asked = select(SupporterRow).where(SupporterRow.campaign_id == campaign_id, SupporterRow.address_key == address_key)
    return session.scalar(asked.with_for_update())


def by_id(session: Session, supporter_id: str, *, is_locked: bool = False) -> SupporterRow | None:
    """The supporter with an id, locked until the transaction ends where asked."""
    asked = select(SupporterRow).where(SupporterRow.id == supporter_id)
    return session.scalar(asked.with_for_update() if is_locked else asked)


def mailbox(session: Session, key: str) -> MailboxRow | None:
    """What the site remembers of a mailbox, locked until the transaction ends."""
    return session.scalar(select(MailboxRow).where(MailboxRow.key == key).with_for_update())


def live_signature(session: Session, supporter_id: str, state_id: int) -> SignatureRow | None:
    """The one pending or confirmed signature of a supporter to a state."""
    asked = select(SignatureRow).where(
        SignatureRow.supporter_id == supporter_id,
        SignatureRow.state_id == state_id,
        SignatureRow.status.in_(("pending", "confirmed")),
    )
    return session.scalar(asked)


def signatures(session: Session, supporter_id: str, *statuses: str) -> Sequence[SignatureRow]:
    """The signatures of a supporter in some statuses, in the order they were made, then of the states."""
    asked = (
        select(SignatureRow)
        .where(SignatureRow.supporter_id == supporter_id, SignatureRow.status.in_(statuses))
        .order_by(SignatureRow.created_at, SignatureRow.state_id, SignatureRow.id)
    )
    return session.scalars(asked).all()


def signature(session: Session, signature_id: str) -> SignatureRow | None:
    """The signature with an id."""
    return session.get(SignatureRow, signature_id)


def consents(session: Session, signature_id: str) -> Sequence[ConsentRow]:
    """The consents given with a signature."""
    return session.scalars(select(ConsentRow).where(ConsentRow.signature_id == signature_id)).all()


def consents_given(session: Session, signature_id: str) -> Sequence[tuple[ConsentTextRow, dt.datetime]]:
    """The texts consented to with a signature, and when; the required one first."""
    asked = (
        select(ConsentTextRow, ConsentRow.given_at)
        .join(ConsentRow, ConsentRow.consent_text_id == ConsentTextRow.id)
        .where(ConsentRow.signature_id == signature_id, ConsentRow.withdrawn_at.is_(None))
        .order_by(ConsentTextRow.is_required.desc(), ConsentTextRow.id)
    )
    return [(text, at) for text, at in session.execute(asked)]


def count_from_network(session: Session, network_key: str, since: dt.datetime) -> int:
    """How many signatures came from one network since an instant."""
    asked = select(func.count()).where(SignatureRow.network_key == network_key, SignatureRow.created_at >= since)
    return session.scalar(asked) or 0


def has_any(session: Session, *, is_demo: bool) -> bool:
    """Tell whether there is any supporter, real or made up."""
    return session.scalar(select(SupporterRow.id).where(SupporterRow.is_demo == is_demo).limit(1)) is not None


def pending_before(session: Session, before: dt.datetime, most: int) -> Sequence[SignatureRow]:
    """Pending signatures made before an instant, the oldest first."""
    asked = (
        select(SignatureRow)
        .where(SignatureRow.status == "pending", SignatureRow.created_at < before)
        .order_by(SignatureRow.created_at)
        .limit(most)
    )
    return session.scalars(asked).all()


def without_signatures(session: Session, before: dt.datetime, most: int) -> Sequence[SupporterRow]:
    """Supporters made before an instant, with no open link since, of whom no signature is left."""
    has_one = select(SignatureRow.id).where(SignatureRow.supporter_id == SupporterRow.id).exists()
    asked = (
        select(SupporterRow)
        .where(
            SupporterRow.created_at < before,
            or_(SupporterRow.mailed_at.is_(None), SupporterRow.mailed_at < before),
            ~has_one,
        )
        .limit(most)
    )
    return session.scalars(asked).all()


def with_old_paragraph(session: Session, before: dt.datetime, most: int) -> Sequence[SignatureRow]:
    """Signatures that still hold a personal paragraph though their last letter was final before an instant."""
    open_or_late = (
        select(DeliveryRow.id)
        .where(
            DeliveryRow.signature_id == SignatureRow.id,
            or_(
                DeliveryRow.status.in_(("held", "queued", "claimed", "in_data")),
                DeliveryRow.finished_at >= before,
            ),
        )
        .exists()
    )
    asked = (
        select(SignatureRow)
        .where(
            or_(SignatureRow.paragraph_sealed.is_not(None), SignatureRow.trim_sealed.is_not(None)),
            SignatureRow.status != "pending",
            SignatureRow.created_at < before,
            ~open_or_late,
        )
        .limit(most)
    )
    return session.scalars(asked).all()


def with_old_network(session: Session, before: dt.datetime, most: int) -> Sequence[SignatureRow]:
    """Signatures that still hold a network's fingerprint though made before an instant."""
    asked = select(SignatureRow).where(SignatureRow.network_key.is_not(None), SignatureRow.created_at < before)
    return session.scalars(asked.limit(most)).all()


def unanswered(session: Session, before: dt.datetime, most: int) -> Sequence[SupporterRow]:
    """Supporters whose last mail left before an instant, with letters that still wait, never reminded; locked."""
    waits = (
        select(SignatureRow.id)
        .where(SignatureRow.supporter_id == SupporterRow.id, SignatureRow.status == "pending")
        .exists()
    )
    asked = (
        select(SupporterRow)
        .where(
            SupporterRow.mailed_at < before,
            SupporterRow.confirm_used_at.is_(None),
            SupporterRow.reminded_at.is_(None),
            SupporterRow.email_sealed.is_not(None),
            waits,
        )
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(asked).all()


def being_erased() -> Select[str]:
    """Ids of the supporters who asked to be erased and may still undo it; there are few or none."""
    return select(SupporterRow.id).where(SupporterRow.erase_at.is_not(None))


def signed_by_erased() -> Select[str]:
    """Ids of the signatures of the supporters who asked to be erased."""
    asked = select(SignatureRow.id).join(SupporterRow, SupporterRow.id == SignatureRow.supporter_id)
    return asked.where(SupporterRow.erase_at.is_not(None))


def due_to_be_erased(session: Session, now: dt.datetime, most: int) -> Sequence[str]:
    """Ids of supporters whose time to undo their erasure is over, the longest first."""
    asked = being_erased().where(SupporterRow.erase_at <= now)
    return session.scalars(asked.order_by(SupporterRow.erase_at).limit(most)).all()


def consents_ever(
    session: Session, signature_id: str
) -> Sequence[tuple[ConsentTextRow, dt.datetime, dt.datetime | None]]:
    """The texts consented to with a signature, when, and when that was taken back; the required one first."""
    asked = (
        select(ConsentTextRow, ConsentRow.given_at, ConsentRow.withdrawn_at)
        .join(ConsentRow, ConsentRow.consent_text_id == ConsentTextRow.id)
        .where(ConsentRow.signature_id == signature_id)
        .order_by(ConsentTextRow.is_required.desc(), ConsentTextRow.id)
    )
    return [(text, given_at, taken_at) for text, given_at, taken_at in session.execute(asked)]
