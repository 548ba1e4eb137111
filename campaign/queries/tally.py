"""Counts: the tally and the lines of the journal after it, and how many rows stand in which status."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    Subquery,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from campaign.models.campaign import StateRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.models.tally import JournalRow, TallyByRow, TallyMarkRow, TallyRow
from campaign.queries.upsert import add_to

NOTHING: Mapping[str, str] = {}
BY = ("state", "day", "hour", "country", "language", "source")
ROWS = 500  # in one statement: 8 values each, and SQLite takes 32,766
# Written out as the index of these has it: with values beside the statement, SQLite could not tell they are the same.
UNCOUNTED = SignatureRow.status.in_(
    bindparam("uncounted", ("pending", "withdrawn"), expanding=True, literal_execute=True)
)
_DAY = dt.timedelta(days=1)
SINGLE = ("hour", "country", "language", "source")  # what TallyByRow is by, one at a time
_BY_KEYS = ("campaign_id", "by", "state_id", "day", "value")
_KEYS = ("campaign_id", "state_id", "day", "hour", "country", "language", "source")


def _upto() -> ScalarSelect[int]:
    return select(func.coalesce(func.max(TallyMarkRow.line), 0)).scalar_subquery()


def _lines() -> Subquery:
    """Everything counted: what is summed up, and the journal's lines after that."""
    summed = select(*(getattr(TallyRow, name) for name in _KEYS), TallyRow.count.label("delta"))
    after = select(*(getattr(JournalRow, name) for name in _KEYS), JournalRow.delta).where(JournalRow.id > _upto())
    return union_all(summed, after).subquery("counted")


def _lines_by(by: str) -> Subquery:
    """Everything counted, by day and one more thing at most, from the smaller tally."""
    of = {"": literal("", String(32)), "hour": cast(JournalRow.hour, String(32))}
    value = of[by] if by in of else getattr(JournalRow, by)
    summed = select(
        TallyByRow.campaign_id, TallyByRow.state_id, TallyByRow.day, TallyByRow.value, TallyByRow.count.label("delta")
    ).where(TallyByRow.by == by)
    after = select(
        JournalRow.campaign_id, JournalRow.state_id, JournalRow.day, value.label("value"), JournalRow.delta
    ).where(JournalRow.id > _upto())
    return union_all(summed, after).subquery("counted")


def confirmed(session: Session, campaign_id: int) -> dict[str, int]:
    """Confirmed signatures of a campaign by the state's code."""
    lines = _lines_by("")
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
    """Add sums (by campaign, state, day, hour, country, language and source) to the tally, and to the smaller one."""
    values = [dict(zip(_KEYS, key, strict=True)) | {"count": count} for key, count in sums.items()]
    single: Counter[tuple[object, ...]] = Counter()
    for one in values:
        campaign_id, state_id, day, *_ = (one[name] for name in _KEYS)
        for by in ("", *SINGLE):
            single[campaign_id, by, state_id, day, str(one[by]) if by else ""] += int(str(one["count"]))
    smaller = [
        dict(zip(_BY_KEYS, key, strict=True)) | {"count": count} for key, count in sorted(single.items(), key=str)
    ]
    for table, keys, rows in ((TallyRow, _KEYS, values), (TallyByRow, _BY_KEYS, smaller)):
        for start in range(0, len(rows), ROWS):
            add_to(session, table, keys, "count", rows[start : start + ROWS])


def drift(session: Session, campaign_id: int | None = None) -> int:
    """How many confirmed signatures more (or, negative, fewer) are counted than there are, in a campaign or in all.

    Both tallies are held against the signatures; the larger difference is told.
    """
    rows = select(func.count()).where(SignatureRow.status == "confirmed")
    there = _sum(session, rows if campaign_id is None else rows.where(SignatureRow.campaign_id == campaign_id))
    found = [0]
    for lines in (_lines(), *(_lines_by(by) for by in ("", *SINGLE))):
        total = select(func.sum(lines.c.delta))
        found.append(
            _sum(session, total if campaign_id is None else total.where(lines.c.campaign_id == campaign_id)) - there
        )
    return max(found, key=abs)


def _sum(session: Session, asked: Select[int]) -> int:
    return int(session.scalar(asked) or 0)


def signatures(session: Session, campaign_id: int) -> dict[tuple[str, str], int]:
    """How many signatures are pending or withdrawn, by the state's code and status."""
    asked = (
        select(StateRow.code, SignatureRow.status, func.count())
        .join(StateRow, StateRow.id == SignatureRow.state_id)
        .where(StateRow.campaign_id == campaign_id, UNCOUNTED)
        .group_by(StateRow.code, SignatureRow.status)
    )
    return {(code, status): count for code, status, count in session.execute(asked)}


def uncounted(
    session: Session,
    campaign_id: int,
    *,
    state: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    narrowed: Mapping[str, str] = NOTHING,
) -> dict[tuple[str, str], int]:
    """Pending and withdrawn signatures, by status and source; days are of signing."""
    states = select(StateRow.id).where(StateRow.campaign_id == campaign_id)
    states = states.where(StateRow.code == state) if state is not None else states
    wanted: list[ColumnElement[bool]] = [UNCOUNTED]
    wanted += [getattr(SignatureRow, name) == value for name, value in narrowed.items()]
    wanted += [SignatureRow.created_at >= start_of(since)] if since is not None else []
    wanted += [SignatureRow.created_at < start_of(until) + _DAY] if until is not None else []
    counted = select(SignatureRow.status, SignatureRow.source, func.count()).where(*wanted)
    counted = counted.group_by(SignatureRow.status, SignatureRow.source)
    found: Counter[tuple[str, str]] = Counter()
    for state_id in session.scalars(states).all():  # one by one: so SQLite reads the index of these, and nothing else
        for status, source, count in session.execute(counted.where(SignatureRow.state_id == state_id)):
            found[status, source] += count
    return dict(found)


def values(session: Session, campaign_id: int, by: str) -> list[str]:
    """Every country, language or source that was ever counted."""
    lines = _lines_by(by)
    asked = select(lines.c.value).where(lines.c.campaign_id == campaign_id).distinct().order_by(lines.c.value)
    return list(session.scalars(asked))


def start_of(day: dt.date) -> dt.datetime:
    """The instant at which a UTC day begins."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def letters(session: Session, campaign_id: int) -> dict[tuple[str, str], int]:
    """How many letters stand in which status, by the state's code and status."""
    asked = (
        select(StateRow.code, DeliveryRow.status, func.count())
        .join(StateRow, StateRow.id == DeliveryRow.state_id)
        .where(StateRow.campaign_id == campaign_id)
        .group_by(StateRow.code, DeliveryRow.status)
    )
    return {(code, status): count for code, status, count in session.execute(asked)}


def counts_by(  # noqa: PLR0913  whatever a count may be asked by
    session: Session,
    campaign_id: int,
    by: tuple[str, ...],
    *,
    state: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    narrowed: Mapping[str, str] = NOTHING,
) -> Iterator[tuple[object, ...]]:
    """Confirmed signatures by any of BY, in that order, the count last; days and hours are UTC, both ends count.

    `narrowed` says of which country, language or source they are to be.
    What is by, or of, one thing beside state and day comes from the smaller tally, all else from the whole one.
    """
    single = {name for name in by if name in SINGLE} | set(narrowed)
    lines = _lines_by(next(iter(single), "")) if len(single) < 2 else _lines()
    cells = {name: _cell(lines, name, is_single=len(single) < 2) for name in {*by, *single}}
    columns = [cells[name] for name in by]
    total = func.sum(lines.c.delta)
    wanted = [lines.c.campaign_id == campaign_id]
    wanted += [StateRow.code == state] if state is not None else []
    wanted += [lines.c.day >= since] if since is not None else []
    wanted += [lines.c.day <= until] if until is not None else []
    wanted += [cells[name] == value for name, value in narrowed.items()]
    chosen = select(*columns, total).join(StateRow, StateRow.id == lines.c.state_id).where(*wanted)
    if columns:
        chosen = chosen.group_by(*columns).order_by(*columns)
    for found in session.execute(chosen.having(total > 0).execution_options(yield_per=1000)):
        *told, count = found
        yield (*told, int(count or 0))


def _cell(lines: Subquery, name: str, *, is_single: bool) -> ColumnElement[Any]:
    if name == "state":
        return StateRow.__table__.c.code
    if name in SINGLE and is_single:
        return cast(lines.c.value, Integer) if name == "hour" else lines.c.value
    return lines.c[name]
