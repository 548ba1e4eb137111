"""Batches: which signatures their conditions mean, and how far they are."""

import datetime as dt
import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, cast, exists, func, select
from sqlalchemy.orm import Session, aliased

from campaign.domain.arrows import LEFT
from campaign.domain.batch import BatchStatus, Conditions
from campaign.models.batch import BatchMemberRow, BatchRow
from campaign.models.campaign import CampaignRow, StateRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.models.tally import JournalRow


def by_id(session: Session, batch_id: str, *, is_locked: bool = False) -> BatchRow | None:
    """The batch with an id, locked until the transaction ends where asked."""
    asked = select(BatchRow).where(BatchRow.id == batch_id)
    return session.scalar(asked.with_for_update() if is_locked else asked)


def of_campaign(session: Session, campaign_id: int, most: int) -> Sequence[BatchRow]:
    """The newest batches of a campaign."""
    asked = select(BatchRow).where(BatchRow.campaign_id == campaign_id)
    return session.scalars(asked.order_by(BatchRow.created_at.desc(), BatchRow.id).limit(most)).all()


def at_work(session: Session) -> BatchRow | None:
    """The batch that has been at work longest, locked; one that another worker has in hand is passed over."""
    going: tuple[BatchStatus, ...] = ("running", "undoing")
    asked = select(BatchRow).where(BatchRow.status.in_(going)).order_by(BatchRow.started_at).limit(1)
    return session.scalar(asked.with_for_update(skip_locked=True))


def slug_of(session: Session, campaign_id: int) -> str:
    """The slug of a campaign."""
    return session.scalar(select(CampaignRow.slug).where(CampaignRow.id == campaign_id)) or ""


def _meant(campaign_id: int, said: Conditions, before: dt.datetime) -> list[ColumnElement[bool]]:
    """Confirmed signatures of a campaign that every condition said holds for, confirmed until an instant."""
    signed = SignatureRow
    found = [signed.campaign_id == campaign_id, signed.status == "confirmed", signed.confirmed_at <= before]
    states = select(StateRow.id).where(StateRow.campaign_id == campaign_id, StateRow.code == said.state)
    with_domain = select(SupporterRow.id).where(SupporterRow.domain_key == said.domain_key)
    asked: dict[str, ColumnElement[bool]] = {
        "state": signed.state_id.in_(states),
        "country": signed.country == said.country,
        "language": signed.language == said.language,
        "source": signed.source == said.source,
        "domain_key": signed.supporter_id.in_(with_domain),
        "network_key": signed.network_key == said.network_key,
        "mark": cast(signed.marks, String).contains(json.dumps(said.mark)),
    }
    if said.since is not None:
        asked["since"] = signed.confirmed_at >= said.since
    if said.until is not None:
        asked["until"] = signed.confirmed_at < said.until
    return found + [asked[name] for name in said.said()]


def per_day(
    session: Session, campaign_id: int, said: Conditions, before: dt.datetime
) -> Sequence[tuple[str, dt.date, int]]:
    """How many signatures conditions mean, by the state's code and the UTC day that they are counted under."""
    asked = (
        select(StateRow.code, JournalRow.day, func.count())
        .select_from(SignatureRow)
        .join(JournalRow, JournalRow.signature_id == SignatureRow.id)
        .join(StateRow, StateRow.id == SignatureRow.state_id)
        .where(*_meant(campaign_id, said, before), JournalRow.delta == 1, JournalRow.turn == 1)
        .group_by(StateRow.code, JournalRow.day)
        .order_by(StateRow.code, JournalRow.day)
    )
    return [(code, day, count) for code, day, count in session.execute(asked)]


def count(session: Session, campaign_id: int, said: Conditions, before: dt.datetime) -> int:
    """How many signatures conditions mean."""
    return session.scalar(select(func.count(SignatureRow.id)).where(*_meant(campaign_id, said, before))) or 0


def samples(session: Session, campaign_id: int, said: Conditions, before: dt.datetime, most: int) -> Sequence[str]:
    """Ids of a few signatures that conditions mean, the newest first."""
    asked = select(SignatureRow.id).where(*_meant(campaign_id, said, before))
    return session.scalars(asked.order_by(SignatureRow.confirmed_at.desc()).limit(most)).all()


def next_meant(
    session: Session, campaign_id: int, said: Conditions, before: dt.datetime, most: int
) -> Sequence[SignatureRow]:
    """Some of the signatures that conditions mean, locked with their supporters; those in others' hands are passed."""
    asked = (
        select(SignatureRow)
        .join(SupporterRow, SupporterRow.id == SignatureRow.supporter_id)
        .where(*_meant(campaign_id, said, before))
        .limit(most)
        .with_for_update(skip_locked=True, of=[SupporterRow, SignatureRow])
    )
    return session.scalars(asked).all()


def next_to_put_back(session: Session, batch_id: str, most: int) -> Sequence[tuple[SignatureRow, BatchMemberRow]]:
    """Some of a batch's signatures that can be counted again, locked with their supporters; others' are passed."""
    asked = (
        select(SignatureRow, BatchMemberRow)
        .join(BatchMemberRow, BatchMemberRow.signature_id == SignatureRow.id)
        .join(SupporterRow, SupporterRow.id == SignatureRow.supporter_id)
        .where(*_can_be_put_back(batch_id))
        .limit(most)
        .with_for_update(skip_locked=True, of=[SupporterRow, SignatureRow])
    )
    return [(signature, member) for signature, member in session.execute(asked)]


def has_to_put_back(session: Session, batch_id: str) -> bool:
    """Tell whether a batch has signatures that can be counted again, in whosever hands they are."""
    asked = (
        select(SignatureRow.id)
        .join(BatchMemberRow, BatchMemberRow.signature_id == SignatureRow.id)
        .where(*_can_be_put_back(batch_id))
        .limit(1)
    )
    return session.scalar(asked) is not None


def _can_be_put_back(batch_id: str) -> list[ColumnElement[bool]]:
    """Taken out by a batch, still out, and with no newer signature of its supporter in its place."""
    newer = aliased(SignatureRow)
    is_replaced = exists().where(
        newer.supporter_id == SignatureRow.supporter_id,
        newer.state_id == SignatureRow.state_id,
        newer.status.in_(("pending", "confirmed")),
    )
    return [
        BatchMemberRow.batch_id == batch_id,
        BatchMemberRow.undone_at.is_(None),
        SignatureRow.status == "invalidated",
        ~is_replaced,
    ]


def members(session: Session, batch_id: str) -> tuple[int, int]:
    """How many signatures a batch took out, and how many of them it put back."""
    asked = select(func.count(), func.count(BatchMemberRow.undone_at)).where(BatchMemberRow.batch_id == batch_id)
    taken, back = session.execute(asked).one()
    return int(taken), int(back)


def letters_of(session: Session, signatures: Sequence[str], *statuses: str) -> Sequence[DeliveryRow]:
    """The letters of some signatures in some statuses, locked, in one order for everybody."""
    asked = select(DeliveryRow).where(DeliveryRow.signature_id.in_(signatures), DeliveryRow.status.in_(statuses))
    return session.scalars(asked.order_by(DeliveryRow.id).with_for_update()).all()


def reached(session: Session, supporters: Sequence[str]) -> set[tuple[str, str]]:
    """Which addresses have had, or may have had, a letter of some supporters: (supporter's id, address)."""
    asked = (
        select(SignatureRow.supporter_id, DeliveryRow.address)
        .join(DeliveryRow, DeliveryRow.signature_id == SignatureRow.id)
        .where(SignatureRow.supporter_id.in_(supporters), DeliveryRow.status.in_(LEFT))
    )
    return {(supporter_id, address) for supporter_id, address in session.execute(asked)}


def like(session: Session, campaign_id: int, signature_id: str) -> SignatureRow | None:
    """A campaign's signature with an id, for what others have in common with it."""
    asked = select(SignatureRow).where(SignatureRow.id == signature_id, SignatureRow.campaign_id == campaign_id)
    return session.scalar(asked)


def of_domain(session: Session, domain_key: str) -> tuple[int, SupporterRow | None]:
    """How many supporters have a mailbox at a domain, and one of them whose address is still known."""
    asked = select(SupporterRow).where(SupporterRow.domain_key == domain_key)
    known = session.scalars(asked.where(SupporterRow.email_sealed.is_not(None)).limit(1)).first()
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    return total, known
