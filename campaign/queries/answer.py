"""Answers: who is to be asked whether an office answered, which letters that is about, and what was said."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import String, and_, case, cast, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from campaign.domain.arrows import WAITING
from campaign.models.apart import OwnLetterRow
from campaign.models.campaign import OfficialRow, StateRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow, SupporterRow

# Written out, so that the index of these is used.
_ANSWERED = DeliveryRow.answer != literal_column("''")


@dataclass(frozen=True, slots=True)
class Press:
    """Signatures that one press confirmed: all of a supporter with the same instant."""

    supporter_id: str
    confirmed_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Letters that are alike in all that is counted of them, and how many they are.

    `state` is its code. `answer` is empty where nothing was said, or where the signature no longer stands.
    """

    state: str
    offices: tuple[str, ...]
    round: int
    status: str
    is_in_digest: bool
    is_asked: bool
    answer: str
    count: int


def presses_to_ask(session: Session, now: dt.datetime, most: int) -> Sequence[Press]:
    """Presses whose letters have all had their time by now and were never asked about, the longest over first.

    Letters that wait for an address are not waited for; those in the queue are, for their time has not begun.
    """
    other, letter = aliased(SignatureRow), aliased(DeliveryRow)
    is_open = or_(
        letter.status.in_((*WAITING, "in_data")),
        and_(letter.status == "accepted", letter.ask_at > now),
    )
    has_open = (
        select(letter.id)
        .join(other, other.id == letter.signature_id)
        .where(
            other.supporter_id == SignatureRow.supporter_id,
            other.confirmed_at == SignatureRow.confirmed_at,
            other.status == "confirmed",
            letter.round == 1,
            is_open,
        )
        .exists()
    )
    asked = (
        select(SignatureRow.supporter_id, SignatureRow.confirmed_at)
        .join(DeliveryRow, DeliveryRow.signature_id == SignatureRow.id)
        .join(SupporterRow, SupporterRow.id == SignatureRow.supporter_id)
        .where(
            DeliveryRow.ask_at <= now,
            DeliveryRow.asked_at.is_(None),
            DeliveryRow.status == "accepted",
            SignatureRow.status == "confirmed",
            SupporterRow.is_demo.is_(False),
            SupporterRow.email_sealed.is_not(None),
            ~has_open,
        )
        .group_by(SignatureRow.supporter_id, SignatureRow.confirmed_at)
        .order_by(func.min(DeliveryRow.ask_at))
        .limit(most)
    )
    return [Press(who, at) for who, at in session.execute(asked) if at is not None]


def of_press(session: Session, press: Press) -> Sequence[DeliveryRow]:
    """The first letters of the signatures of a press that still stand."""
    asked = (
        select(DeliveryRow)
        .join(SignatureRow, SignatureRow.id == DeliveryRow.signature_id)
        .where(
            SignatureRow.supporter_id == press.supporter_id,
            SignatureRow.confirmed_at == press.confirmed_at,
            SignatureRow.status == "confirmed",
            DeliveryRow.round == 1,
        )
    )
    return session.scalars(asked).all()


def to_answer(session: Session, supporter_id: str, now: dt.datetime) -> Sequence[tuple[SignatureRow, DeliveryRow]]:
    """The letters of a supporter that left and have had their time, by signature and office."""
    asked = (
        select(SignatureRow, DeliveryRow)
        .join(DeliveryRow, DeliveryRow.signature_id == SignatureRow.id)
        .where(
            SignatureRow.supporter_id == supporter_id,
            SignatureRow.status == "confirmed",
            DeliveryRow.round == 1,
            DeliveryRow.status.in_(("accepted", "bounced", "complained")),
            DeliveryRow.ask_at <= now,
        )
        .order_by(SignatureRow.created_at, SignatureRow.state_id, SignatureRow.id, DeliveryRow.official_id)
    )
    return [(signature, letter) for signature, letter in session.execute(asked)]


def in_round(session: Session, signature_id: str, official_id: int, number: int) -> DeliveryRow | None:
    """The first (1) or second (2) letter of a signature to an office."""
    asked = select(DeliveryRow).where(
        DeliveryRow.signature_id == signature_id,
        DeliveryRow.official_id == official_id,
        DeliveryRow.round == number,
    )
    return session.scalar(asked)


def heaps(session: Session, campaign_id: int) -> Iterator[Heap]:
    """All letters of a campaign, heaped by everything that is counted of them."""
    stands = select(SignatureRow.status).where(SignatureRow.id == DeliveryRow.signature_id).scalar_subquery()
    alike = (
        StateRow.code,
        cast(DeliveryRow.offices, String),
        DeliveryRow.round,
        DeliveryRow.status,
        DeliveryRow.digest_id.is_not(None),
        and_(DeliveryRow.asked_at.is_not(None), DeliveryRow.ask_at <= DeliveryRow.asked_at),
        DeliveryRow.answer,
        case((DeliveryRow.answer == "", "confirmed"), else_=stands).label("stands"),  # asked of the few answered
    )
    asked = (
        select(*alike, func.count())
        .join(StateRow, StateRow.id == DeliveryRow.state_id)
        .where(StateRow.campaign_id == campaign_id)
        .group_by(*alike)
    )
    for code, offices, number, status, is_in_digest, is_asked, answer, standing, count in session.execute(asked):
        yield Heap(
            state=code,
            offices=tuple(json.loads(offices)),
            round=number,
            status=status,
            is_in_digest=bool(is_in_digest),
            is_asked=bool(is_asked),
            answer=answer if standing == "confirmed" else "",
            count=count,
        )


def by_office(session: Session, campaign_id: int) -> list[tuple[str, str, str, int]]:
    """What was said of offices' answers: the state's code, office, what, and how many whose signature stands."""
    asked = (
        select(StateRow.code, OfficialRow.office, DeliveryRow.answer, func.count())
        .join(OfficialRow, OfficialRow.id == DeliveryRow.official_id)
        .join(StateRow, StateRow.id == OfficialRow.state_id)
        .join(SignatureRow, SignatureRow.id == DeliveryRow.signature_id)
        .where(StateRow.campaign_id == campaign_id, _ANSWERED, SignatureRow.status.concat("") == "confirmed")
        .group_by(StateRow.code, OfficialRow.office, DeliveryRow.answer)
    )
    return [(code, office, answer, count) for code, office, answer, count in session.execute(asked)]


def own_letters(session: Session, campaign_id: int) -> Iterator[tuple[str, tuple[str, ...], str, int]]:
    """Letters that people say they sent themselves: the state's code, offices, way, and how many."""
    alike = (StateRow.code, cast(OwnLetterRow.offices, String), OwnLetterRow.way)
    asked = (
        select(*alike, func.count())
        .join(StateRow, StateRow.id == OwnLetterRow.state_id)
        .where(OwnLetterRow.campaign_id == campaign_id, OwnLetterRow.is_counted.is_(True))
        .group_by(*alike)
    )
    for code, offices, way, count in session.execute(asked):
        yield code, tuple(json.loads(offices)), way, count
