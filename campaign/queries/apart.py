"""What is counted apart from signatures: letters that people say they sent themselves."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.domain.courtesy import OwnWay
from campaign.models.apart import OwnLetterRow
from campaign.models.campaign import StateRow


def own_letters(session: Session, campaign_id: int) -> dict[tuple[str, OwnWay], int]:
    """How many letters people say they sent themselves, by the state's code and the way; only those that count."""
    asked = (
        select(StateRow.code, OwnLetterRow.way, func.count())
        .join(StateRow, StateRow.id == OwnLetterRow.state_id)
        .where(OwnLetterRow.campaign_id == campaign_id, OwnLetterRow.is_counted.is_(True))
        .group_by(StateRow.code, OwnLetterRow.way)
    )
    return {(code, way): count for code, way, count in session.execute(asked)}


def count_own_from_network(session: Session, network_key: str, since: dt.datetime) -> int:
    """How many such letters came from one network since an instant."""
    asked = select(func.count()).where(OwnLetterRow.network_key == network_key, OwnLetterRow.at >= since)
    return session.scalar(asked) or 0


def with_old_network(session: Session, before: dt.datetime, most: int) -> Sequence[OwnLetterRow]:
    """Such letters that still hold a network's fingerprint though told before an instant."""
    asked = select(OwnLetterRow).where(OwnLetterRow.network_key.is_not(None), OwnLetterRow.at < before)
    return session.scalars(asked.limit(most)).all()
