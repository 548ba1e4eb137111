"""Counts: sums of the journal, and how many rows stand in which status."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models.campaign import StateRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.models.tally import JournalRow

BY = ("state", "day", "country", "language", "source")
_COLUMNS = {
    "state": StateRow.code,
    "day": JournalRow.day,
    "country": JournalRow.country,
    "language": JournalRow.language,
    "source": JournalRow.source,
}


def confirmed(session: Session, campaign_id: int) -> dict[str, int]:
    """Confirmed signatures of a campaign by the state's code: the sum of the journal."""
    asked = (
        select(StateRow.code, func.sum(JournalRow.delta))
        .join(StateRow, StateRow.id == JournalRow.state_id)
        .where(JournalRow.campaign_id == campaign_id)
        .group_by(StateRow.code)
    )
    return {code: int(total) for code, total in session.execute(asked)}


def last_line(session: Session) -> int:
    """The newest line of the journal, 0 for none: as long as it is the same, so are the counts."""
    return session.scalar(select(func.max(JournalRow.id))) or 0


def signatures(session: Session, campaign_id: int) -> dict[tuple[str, str], int]:
    """How many signatures stand in which status, by the state's code and status."""
    asked = (
        select(StateRow.code, SignatureRow.status, func.count())
        .join(StateRow, StateRow.id == SignatureRow.state_id)
        .where(SignatureRow.campaign_id == campaign_id)
        .group_by(StateRow.code, SignatureRow.status)
    )
    return {(code, status): count for code, status, count in session.execute(asked)}


def letters(session: Session, campaign_id: int) -> dict[tuple[str, str], int]:
    """How many letters stand in which status, by the state's code and status."""
    asked = (
        select(StateRow.code, DeliveryRow.status, func.count())
        .join(StateRow, StateRow.id == DeliveryRow.state_id)
        .where(StateRow.campaign_id == campaign_id)
        .group_by(StateRow.code, DeliveryRow.status)
    )
    return {(code, status): count for code, status, count in session.execute(asked)}


def counts_by(
    session: Session,
    campaign_id: int,
    by: tuple[str, ...],
    *,
    state: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Iterator[tuple[object, ...]]:
    """Confirmed signatures by any of BY, in that order; days are UTC, both ends count. The count comes last."""
    columns = [_COLUMNS[name] for name in by]
    total = func.sum(JournalRow.delta)
    wanted = [JournalRow.campaign_id == campaign_id]
    wanted += [StateRow.code == state] if state is not None else []
    wanted += [JournalRow.day >= since] if since is not None else []
    wanted += [JournalRow.day <= until] if until is not None else []
    asked = select(*columns, total).join(StateRow, StateRow.id == JournalRow.state_id).where(*wanted)
    if columns:
        asked = asked.group_by(*columns).order_by(*columns)
    for found in session.execute(asked.having(total > 0).execution_options(yield_per=1000)):
        *cells, count = found
        yield (*cells, int(count or 0))
