"""Personal paragraphs that wait for a person, and the words that hold one."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, case, cast, func, literal_column, select, tuple_
from sqlalchemy.orm import Session

from campaign.models.campaign import LetterRow, OfficialRow, StateRow
from campaign.models.delivery import DeliveryRow
from campaign.models.rule import WordRow
from campaign.models.supporter import SignatureRow
from campaign.queries.delivery import REVIEW


def words(session: Session, campaign_id: int) -> Sequence[WordRow]:
    """Every listed word of a campaign, by language, then in their order."""
    asked = select(WordRow).where(WordRow.campaign_id == campaign_id)
    return session.scalars(asked.order_by(WordRow.language, WordRow.word)).all()


def word(session: Session, campaign_id: int, language: str, said: str) -> WordRow | None:
    """One listed word, as folded."""
    asked = select(WordRow).where(
        WordRow.campaign_id == campaign_id, WordRow.language == language, WordRow.word == said
    )
    return session.scalar(asked)


def _waits(campaign_id: int) -> tuple[ColumnElement[bool], ...]:
    """What waits for a look; `review <> ''` is what the index over few rows is told by."""
    return (
        SignatureRow.campaign_id == campaign_id,
        SignatureRow.review != literal_column("''"),
        SignatureRow.review == "held",
        SignatureRow.status == "confirmed",
    )


def _rank() -> ColumnElement[int]:
    """0 for threats, which are looked at first."""
    return case((cast(SignatureRow.review_reasons, String).contains('"threat"', autoescape=True), 0), else_=1)


def waiting(session: Session, campaign_id: int, after: str, most: int) -> Sequence[SignatureRow]:
    """Signatures whose paragraph waits for a look: threats first, then the oldest first; `after` is an id, or empty."""
    rank = _rank()
    asked = select(SignatureRow).where(*_waits(campaign_id))
    if after:
        place = (rank, SignatureRow.confirmed_at, SignatureRow.id)
        last = select(*place).where(SignatureRow.id == after, SignatureRow.campaign_id == campaign_id)
        found = session.execute(last).first()
        if found is not None and found[1] is not None:
            asked = asked.where(tuple_(*place) > tuple_(*found))
    asked = asked.order_by(rank, SignatureRow.confirmed_at, SignatureRow.id)
    return session.scalars(asked.limit(most)).all()


def count_waiting(session: Session, campaign_id: int) -> tuple[int, int]:
    """How many paragraphs wait for a look, and how many of them hold a threat."""
    asked = select(func.count(), func.coalesce(func.sum(_rank()), 0)).where(*_waits(campaign_id))
    total, others = session.execute(asked).one()
    return int(total), int(total) - int(others)


def signature(session: Session, signature_id: str) -> SignatureRow | None:
    """A signature, locked until the transaction ends."""
    asked = select(SignatureRow).where(SignatureRow.id == signature_id)
    return session.scalar(asked.with_for_update().execution_options(populate_existing=True))


def held_letters(session: Session, signature_id: str) -> Sequence[DeliveryRow]:
    """The letters of a signature that wait for a look, in the order of offices; locked."""
    asked = select(DeliveryRow).where(
        DeliveryRow.signature_id == signature_id, DeliveryRow.status == "held", DeliveryRow.reason == REVIEW
    )
    asked = asked.order_by(DeliveryRow.official_id, DeliveryRow.id)
    return session.scalars(asked.with_for_update().execution_options(populate_existing=True)).all()


def held_by_office(session: Session, campaign_id: int) -> dict[tuple[str, str], int]:
    """How many letters wait for a look, by the state's code and the office."""
    reviewed = select(SignatureRow.id).where(  # by the small index of what is reviewed, whatever the campaign
        SignatureRow.review != literal_column("''"), SignatureRow.review.in_(("held", "trimming"))
    )
    asked = (
        select(StateRow.code, OfficialRow.office, func.count())
        .select_from(DeliveryRow)
        # Sums, that no index answers: the few reviewed are looked up first, not all that is held.
        .join(OfficialRow, OfficialRow.id == DeliveryRow.official_id + 0)
        .join(StateRow, StateRow.id == DeliveryRow.state_id + 0)
        .where(
            StateRow.campaign_id == campaign_id,
            DeliveryRow.signature_id.in_(reviewed),
            DeliveryRow.status.concat("") == "held",
            DeliveryRow.reason == REVIEW,
        )
        .group_by(StateRow.code, OfficialRow.office)
    )
    return {(state, office): count for state, office, count in session.execute(asked)}


def unanswered(session: Session, before: dt.datetime, most: int) -> Sequence[str]:
    """Ids of signatures whose supporter was asked before an instant whether fewer words may leave, and said nothing."""
    asked = select(SignatureRow.id).where(
        SignatureRow.review != literal_column("''"),
        SignatureRow.review == "trimming",
        SignatureRow.status == "confirmed",
        SignatureRow.reviewed_at < before,
    )
    return session.scalars(asked.order_by(SignatureRow.reviewed_at).limit(most)).all()


def languages(session: Session, letter_ids: Sequence[int]) -> dict[int, str]:
    """The language of each of some letter versions."""
    found = session.execute(select(LetterRow.id, LetterRow.language).where(LetterRow.id.in_(letter_ids)))
    return dict(found.all())


def state_codes(session: Session, campaign_id: int) -> dict[int, str]:
    """The code of every state of a campaign, retired ones too."""
    found = session.execute(select(StateRow.id, StateRow.code).where(StateRow.campaign_id == campaign_id))
    return dict(found.all())
