"""Counts: the tally and the lines of the journal after it, and how many rows stand in which status."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import Subquery, func, select, union_all
from sqlalchemy.orm import Session

from campaign.models.campaign import StateRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.models.tally import JournalRow, TallyMarkRow, TallyRow
from campaign.queries.upsert import add_to

BY = ("state", "day", "hour", "country", "language", "source")
ROWS = 500  # in one statement: 8 values each, and SQLite takes 32,766
_KEYS = ("campaign_id", "state_id", "day", "hour", "country", "language", "source")


def _lines() -> Subquery:
    """Everything counted: what is summed up, and the journal's lines after that."""
    upto = select(func.coalesce(func.max(TallyMarkRow.line), 0)).scalar_subquery()
    summed = select(*(getattr(TallyRow, name) for name in _KEYS), TallyRow.count.label("delta"))
    after = select(*(getattr(JournalRow, name) for name in _KEYS), JournalRow.delta).where(JournalRow.id > upto)
    return union_all(summed, after).subquery("counted")


def confirmed(session: Session, campaign_id: int) -> dict[str, int]:
    """Confirmed signatures of a campaign by the state's code."""
    lines = _lines()
    asked = (
        select(StateRow.code, func.sum(lines.c.delta))
        .join(StateRow, StateRow.id == lines.c.state_id)
        .where(lines.c.campaign_id == campaign_id)
        .group_by(StateRow.code)
    )
    return {code: int(total) for code, total in session.execute(asked)}


def last_line(session: Session) -> int:
    """The newest line of the journal, 0 for none: as long as it is the same, so are the counts."""
    return session.scalar(select(func.max(JournalRow.id))) or 0


def mark(session: Session) -> TallyMarkRow | None:
    """Up to which line the journal is summed up; locked, so that one worker at a time goes on."""
    return session.scalar(select(TallyMarkRow).where(TallyMarkRow.id == 1).with_for_update())


def lines_after(session: Session, line: int, most: int) -> Sequence[JournalRow]:
    """The lines of the journal after one, in their order."""
    return session.scalars(select(JournalRow).where(JournalRow.id > line).order_by(JournalRow.id).limit(most)).all()


def add_up(session: Session, sums: dict[tuple[object, ...], int]) -> None:
    """Add sums (by campaign, state, day, hour, country, language and source) to the tally."""
    values = [dict(zip(_KEYS, key, strict=True)) | {"count": count} for key, count in sums.items()]
    for start in range(0, len(values), ROWS):
        add_to(session, TallyRow, _KEYS, "count", values[start : start + ROWS])


def drift(session: Session) -> int:
    """How many confirmed signatures more (or, negative, fewer) are counted than there are."""
    counted = session.scalar(select(func.coalesce(func.sum(_lines().c.delta), 0))) or 0
    there = session.scalar(select(func.count()).where(SignatureRow.status == "confirmed")) or 0
    return int(counted) - there


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
    """Confirmed signatures by any of BY, in that order, the count last; days and hours are UTC, both ends count."""
    lines = _lines()
    columns = [StateRow.code if name == "state" else lines.c[name] for name in by]
    total = func.sum(lines.c.delta)
    wanted = [lines.c.campaign_id == campaign_id]
    wanted += [StateRow.code == state] if state is not None else []
    wanted += [lines.c.day >= since] if since is not None else []
    wanted += [lines.c.day <= until] if until is not None else []
    asked = select(*columns, total).join(StateRow, StateRow.id == lines.c.state_id).where(*wanted)
    if columns:
        asked = asked.group_by(*columns).order_by(*columns)
    for found in session.execute(asked.having(total > 0).execution_options(yield_per=1000)):
        *cells, count = found
        yield (*cells, int(count or 0))
