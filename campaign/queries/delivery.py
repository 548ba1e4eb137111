"""Letters and mails on their way: whose turn it is, what became of them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from campaign.domain.arrows import LEFT, WAITING
from campaign.models.campaign import CampaignRow, OfficialRow, StateRow
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.queries import supporter as supporters

Row = TypeVar("Row", DeliveryRow, DigestRow, MailRow)
REVIEW = "review"  # why a letter is held whose personal paragraph a person looks at first

OWN_MAILS = ("yours", "erasing")  # what somebody gets who asked to be erased, and nothing else

# What has not begun to leave, and does not travel in a digest; the index by address and `in_data_at` finds it.
_HAS_TURN = (DeliveryRow.in_data_at.is_(None), DeliveryRow.status.in_(WAITING), DeliveryRow.way == "letter")


def next_due(session: Session, kind: type[Row], now: dt.datetime) -> Row | None:
    """The row whose turn it is, locked; rows that another worker is looking at are passed over.

    Letters that travel in a digest have no turn of their own, and those of a paused campaign none for now; neither has
    anything of supporters who asked to be erased, but for the mails about that.
    """
    asked = select(kind).where(kind.status == "queued", kind.due_at <= now)
    if issubclass(kind, (DeliveryRow, DigestRow)):
        asked = asked.where(kind.state_id.not_in(_paused_states()))
    if kind is DeliveryRow:
        asked = asked.where(DeliveryRow.way == "letter")
        asked = asked.where(DeliveryRow.signature_id.not_in(supporters.signed_by_erased()))
    if kind is MailRow:
        is_own = MailRow.kind.in_(OWN_MAILS)
        asked = asked.where(or_(is_own, MailRow.supporter_id.not_in(supporters.being_erased())))
    asked = asked.order_by(kind.due_at, kind.created_at, kind.id).limit(1)
    return session.scalar(asked.with_for_update(skip_locked=True))


def _paused_states() -> Select[int]:
    """The states of campaigns that send no letters now; there are few or none."""
    asked = select(StateRow.id).join(CampaignRow, CampaignRow.id == StateRow.campaign_id)
    return asked.where(CampaignRow.paused_at.is_not(None))


def is_kept_back(session: Session, *rows: DeliveryRow | MailRow) -> bool:
    """Tell whether any of some letters or mails is of a supporter who asked to be erased: it may not leave now."""
    signed = [one.signature_id for one in rows if isinstance(one, DeliveryRow)]
    people = [one.supporter_id for one in rows if isinstance(one, MailRow) and one.kind not in OWN_MAILS]
    found = None
    if signed:
        found = session.scalar(supporters.signed_by_erased().where(SignatureRow.id.in_(signed)).limit(1))
    if people:
        found = session.scalar(supporters.being_erased().where(SupporterRow.id.in_(people)).limit(1))
    return found is not None


def overdue(session: Session, kind: type[Row], now: dt.datetime, most: int) -> Sequence[Row]:
    """Rows in hand whose lease has run out: their worker died, or sleeps. Letters in a digest go where it goes."""
    asked = select(kind).where(kind.status.in_(("claimed", "in_data")), kind.lease_until < now)
    if kind is DeliveryRow:
        asked = asked.where(DeliveryRow.digest_id.is_(None))
    asked = asked.order_by(kind.lease_until).limit(most)
    return session.scalars(asked.with_for_update(skip_locked=True)).all()


def lock_address(session: Session, address: str) -> None:
    """Let one worker at a time decide whether one more letter may go to an address this hour."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(address))))


def hour_of(session: Session, address: str, now: dt.datetime) -> Sequence[dt.datetime]:
    """The instants, oldest first, at which mails left or began to leave to an address in the last hour.

    A digest is one mail, however many letters are in it.
    """
    found: list[dt.datetime] = []
    for kind, is_alone in ((DeliveryRow, DeliveryRow.digest_id.is_(None)), (DigestRow, true())):
        left = select(kind.in_data_at).where(
            kind.address == address, kind.in_data_at > now - dt.timedelta(hours=1), is_alone
        )
        claimed = select(kind.due_at).where(kind.address == address, kind.status == "claimed", is_alone)
        found += [one for one in session.scalars(left) if one is not None] + list(session.scalars(claimed))
    return sorted(found)


def queued_to(kind: type[DeliveryRow | DigestRow], address: str, before: dt.datetime) -> Select[str]:
    """Ids of what is queued to an address and due before an instant, locked but for what another worker looks at."""
    asked = select(kind.id).where(kind.address == address, kind.status == "queued", kind.due_at < before)
    return asked.with_for_update(skip_locked=True)


def count_waiting(session: Session, address: str) -> int:
    """How many letters to an address wait for a turn of their own."""
    asked = select(func.count()).where(DeliveryRow.address == address, *_HAS_TURN)
    return session.scalar(asked) or 0


def count_queued(session: Session, address: str) -> int:
    """How many letters to an address wait, however they travel."""
    asked = select(func.count()).where(DeliveryRow.address == address, DeliveryRow.status == "queued")
    return session.scalar(asked) or 0


def waiting_at(session: Session, state_id: int) -> dict[str, int]:
    """How many letters to a state's offices wait for a turn of their own, by their address."""
    asked = select(DeliveryRow.address, func.count()).where(DeliveryRow.state_id == state_id, *_HAS_TURN)
    return dict(session.execute(asked.group_by(DeliveryRow.address)).all())


def count_ahead(session: Session, delivery: DeliveryRow) -> int:
    """How many letters wait before this one to the same address."""
    asked = select(func.count()).where(
        DeliveryRow.address == delivery.address, *_HAS_TURN, DeliveryRow.created_at < delivery.created_at
    )
    return session.scalar(asked) or 0


def of_signature(session: Session, signature_id: str) -> Sequence[DeliveryRow]:
    """The letters of a signature, in the order of offices."""
    asked = select(DeliveryRow).where(DeliveryRow.signature_id == signature_id)
    return session.scalars(asked.order_by(DeliveryRow.official_id, DeliveryRow.round)).all()


def locked_of(session: Session, signature_id: str) -> Sequence[DeliveryRow]:
    """The letters of a signature as they are now, locked until the transaction ends, in the order of offices."""
    asked = select(DeliveryRow).where(DeliveryRow.signature_id == signature_id)
    asked = asked.order_by(DeliveryRow.official_id, DeliveryRow.round)
    return session.scalars(asked.with_for_update().execution_options(populate_existing=True)).all()


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
    """Letters that wait for an office's address, the oldest first; those that a person looks at wait for that."""
    asked = (
        select(DeliveryRow)
        .where(DeliveryRow.official_id == official_id, DeliveryRow.status == "held", DeliveryRow.reason != REVIEW)
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


def count_mails(session: Session, address_keys: Collection[str], kind: str, since: dt.datetime) -> int:
    """How many mails of a kind were written down since an instant to the supporters with some addresses' keys."""
    asked = (
        select(func.count(MailRow.id))
        .join(SupporterRow, SupporterRow.id == MailRow.supporter_id)
        .where(SupporterRow.campaign_id.in_(select(CampaignRow.id)))  # for the index, which begins with it
        .where(SupporterRow.address_key.in_(address_keys), MailRow.kind == kind, MailRow.created_at > since)
    )
    return session.scalar(asked) or 0


def mails_of(session: Session, supporter_id: str) -> Sequence[MailRow]:
    """Every mail to a supporter."""
    return session.scalars(select(MailRow).where(MailRow.supporter_id == supporter_id)).all()


def waiting_for_silent(session: Session, most: int) -> Sequence[DeliveryRow]:
    """Letters that have not begun to leave to offices that want none, locked."""
    asked = (
        select(DeliveryRow)
        .join(OfficialRow, OfficialRow.id == DeliveryRow.official_id)
        .where(OfficialRow.takes == "silence", DeliveryRow.status.in_(("held", *WAITING)))
        .limit(most)
        .with_for_update(skip_locked=True, of=DeliveryRow)
    )
    return session.scalars(asked).all()


def digests_waiting_for_silent(session: Session) -> Sequence[DigestRow]:
    """Digests that wait for their turn to offices that want no letters, locked."""
    asked = (
        select(DigestRow)
        .join(OfficialRow, OfficialRow.id == DigestRow.official_id)
        .where(OfficialRow.takes == "silence", DigestRow.status == "queued")
        .with_for_update(skip_locked=True, of=DigestRow)
    )
    return session.scalars(asked).all()


def official(session: Session, official_id: int) -> OfficialRow | None:
    """The office with an id."""
    return session.get(OfficialRow, official_id)


def oldest_waiting(session: Session) -> dt.datetime | None:
    """When the oldest letter, or digest, that waits for its turn was made; letters in a digest have none."""
    letters = select(func.min(DeliveryRow.created_at)).where(*_HAS_TURN)
    digests = select(func.min(DigestRow.created_at)).where(DigestRow.status.in_(WAITING))
    found = [at for asked in (letters, digests) if (at := session.scalar(asked)) is not None]
    return min(found, default=None)


@dataclass(frozen=True, slots=True)
class Heap:
    """Letters to one office in one status: how many, and when the oldest was made (aware UTC)."""

    state: str
    office: str
    status: str
    count: int
    oldest_at: dt.datetime


def heaps(session: Session, campaign_id: int) -> list[Heap]:
    """Count a campaign's letters by office and status, in the order of states and offices.

    They are heaped before they are joined, so that one index is read and no letter.
    """
    row = DeliveryRow
    officials = select(OfficialRow.id).join(StateRow, StateRow.id == OfficialRow.state_id)
    heap = (
        select(row.official_id, row.status, func.count().label("count"), func.min(row.created_at).label("oldest_at"))
        .where(row.official_id.in_(officials.where(StateRow.campaign_id == campaign_id)))
        .group_by(row.official_id, row.status)
        .subquery("heap")
    )
    asked = (
        select(StateRow.code, OfficialRow.office, heap.c.status, heap.c.count, heap.c.oldest_at)
        .join(OfficialRow, OfficialRow.id == heap.c.official_id)
        .join(StateRow, StateRow.id == OfficialRow.state_id)
        .order_by(StateRow.position, OfficialRow.position, heap.c.status)
    )
    return [Heap(*found) for found in session.execute(asked)]
