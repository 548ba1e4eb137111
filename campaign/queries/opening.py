"""How often pages were opened: bare numbers, of nobody."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models.campaign import StateRow
from campaign.models.tally import OpeningRow
from campaign.queries.upsert import add_to

KEYS = ("campaign_id", "state_id", "day", "hour", "language", "source")
Opened = tuple[int, int, dt.date, int, str, str]
NOTHING: Mapping[str, str] = {}
_ROWS = 500  # in one statement


def add(session: Session, sums: Mapping[Opened, int]) -> None:
    """Add to the numbers, in one order, so that two who add never wait for each other."""
    rows = [dict(zip(KEYS, key, strict=True)) | {"count": count} for key, count in sorted(sums.items())]
    for start in range(0, len(rows), _ROWS):
        add_to(session, OpeningRow, KEYS, "count", rows[start : start + _ROWS])


def by_source(
    session: Session,
    campaign_id: int,
    *,
    state: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    narrowed: Mapping[str, str] = NOTHING,
) -> dict[str, int]:
    """How often pages were opened, by source; `narrowed` says in which language and from which source."""
    wanted = [OpeningRow.campaign_id == campaign_id]
    wanted += [StateRow.code == state] if state is not None else []
    wanted += [OpeningRow.day >= since] if since is not None else []
    wanted += [OpeningRow.day <= until] if until is not None else []
    wanted += [getattr(OpeningRow, name) == value for name, value in narrowed.items()]
    asked = (
        select(OpeningRow.source, func.sum(OpeningRow.count))
        .join(StateRow, StateRow.id == OpeningRow.state_id)
        .where(*wanted)
        .group_by(OpeningRow.source)
    )
    return {source: int(count) for source, count in session.execute(asked)}
