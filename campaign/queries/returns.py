"""What came back: the message it is about, the offices that share its mailbox, and which are suspended."""

from collections.abc import Callable, Sequence
from typing import Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from campaign.models.campaign import CampaignRow, OfficialRow, StateRow
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow

Sent = DeliveryRow | DigestRow | MailRow


def message(session: Session, kind: Literal["letter", "mail", "digest"], row_id: str) -> Sent | None:
    """The row of a message, locked until the transaction ends; None once it is deleted."""
    if kind == "mail":
        return session.get(MailRow, row_id, with_for_update=True)
    if kind == "digest":
        return session.get(DigestRow, row_id, with_for_update=True)
    return session.get(DeliveryRow, row_id, with_for_update=True)


def letters_of_digest(session: Session, digest_id: str) -> Sequence[DeliveryRow]:
    """The letters that left in a digest, locked until the transaction ends."""
    asked = select(DeliveryRow).where(DeliveryRow.digest_id == digest_id).order_by(DeliveryRow.id)
    return session.scalars(asked.with_for_update()).all()


def offices_at(session: Session, address: str) -> Sequence[OfficialRow]:
    """Every office whose letters go to an address now, in whatever campaign; locked until the transaction ends."""
    return _locked(session, OfficialRow.retired_at.is_(None), lambda office: office.mailable_email == address)


def suspended_at(session: Session, address: str) -> Sequence[OfficialRow]:
    """Every suspended office that is known by an address; locked until the transaction ends. Without one, none."""
    known = address.lower()
    return _locked(
        session, OfficialRow.suspended_at.is_not(None), lambda office: bool(known) and office.email.lower() == known
    )


def _locked(
    session: Session, narrowed: ColumnElement[bool], is_meant: Callable[[OfficialRow], bool]
) -> Sequence[OfficialRow]:
    """Pick offices by what is known of them only in Python, then lock them and look again.

    The lock lets others go on writing letters that point to them.
    """
    ids = [one.id for one in session.scalars(select(OfficialRow).where(narrowed)) if is_meant(one)]
    asked = select(OfficialRow).where(OfficialRow.id.in_(ids)).order_by(OfficialRow.id)
    asked = asked.with_for_update(key_share=True).execution_options(populate_existing=True)
    return [one for one in session.scalars(asked) if is_meant(one)]


def waiting_for_suspended(session: Session, most: int) -> Sequence[DeliveryRow]:
    """Letters queued to offices that are suspended, locked; those that another transaction holds are passed over."""
    asked = (
        select(DeliveryRow)
        .join(OfficialRow, OfficialRow.id == DeliveryRow.official_id)
        .where(DeliveryRow.status == "queued", OfficialRow.suspended_at.is_not(None))
        .limit(most)
        .with_for_update(skip_locked=True, of=DeliveryRow)
    )
    return session.scalars(asked).all()


def digests_waiting_for_suspended(session: Session) -> Sequence[DigestRow]:
    """Digests queued to offices that are suspended, locked; those that another transaction holds are passed over."""
    asked = (
        select(DigestRow)
        .join(OfficialRow, OfficialRow.id == DigestRow.official_id)
        .where(DigestRow.status == "queued", OfficialRow.suspended_at.is_not(None))
        .with_for_update(skip_locked=True, of=DigestRow)
    )
    return session.scalars(asked).all()


def campaigns_of(session: Session, offices: Sequence[OfficialRow]) -> Sequence[CampaignRow]:
    """The campaigns that offices belong to."""
    theirs = select(StateRow.campaign_id).where(StateRow.id.in_([one.state_id for one in offices]))
    return session.scalars(select(CampaignRow).where(CampaignRow.id.in_(theirs)).order_by(CampaignRow.id)).all()


def state_code(session: Session, state_id: int) -> str:
    """The code of a state."""
    return session.scalar(select(StateRow.code).where(StateRow.id == state_id)) or ""


def suspended(session: Session) -> Sequence[tuple[str, str]]:
    """The offices that get no letters because two came back: the state's code and the office."""
    asked = (
        select(StateRow.code, OfficialRow.office)
        .join(StateRow, StateRow.id == OfficialRow.state_id)
        .where(OfficialRow.suspended_at.is_not(None), OfficialRow.retired_at.is_(None))
        .order_by(StateRow.code, OfficialRow.position)
    )
    return [(code, office) for code, office in session.execute(asked)]


def has_any(session: Session) -> bool:
    """Tell whether anything ever came back and was understood."""
    return any(
        session.scalar(select(kind.id).where(kind.status.in_(("bounced", "complained"))).limit(1)) is not None
        for kind in (DeliveryRow, MailRow)
    )
