"""The directory of offices: what is known of them, what waits for them, what came back, and what was done to them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from campaign.models.audit import AuditRow
from campaign.models.campaign import OfficialRow, StateRow
from campaign.models.delivery import DeliveryRow, DigestRow

_CAME_BACK = ("bounced", "refused", "complained", "blocked")


def offices(session: Session, campaign_id: int) -> Sequence[tuple[StateRow, OfficialRow]]:
    """Every office of a campaign with its state, in their order; retired ones are left out."""
    asked = (
        select(StateRow, OfficialRow)
        .join(OfficialRow, OfficialRow.state_id == StateRow.id)
        .where(StateRow.campaign_id == campaign_id, StateRow.retired_at.is_(None), OfficialRow.retired_at.is_(None))
        .order_by(StateRow.position, OfficialRow.position)
    )
    return [(state, official) for state, official in session.execute(asked)]


def retired(session: Session, campaign_id: int) -> Sequence[tuple[StateRow, OfficialRow]]:
    """Every office of a campaign that was taken out of it, with its state."""
    asked = (
        select(StateRow, OfficialRow)
        .join(OfficialRow, OfficialRow.state_id == StateRow.id)
        .where(StateRow.campaign_id == campaign_id, StateRow.retired_at.is_(None), OfficialRow.retired_at.is_not(None))
        .order_by(StateRow.position, OfficialRow.position)
    )
    return [(state, official) for state, official in session.execute(asked)]


def letters(session: Session, campaign_id: int) -> dict[int, dict[str, int]]:
    """How many letters stand in which status, by the office's row."""
    asked = (
        select(DeliveryRow.official_id, DeliveryRow.status, func.count())
        .join(StateRow, StateRow.id == DeliveryRow.state_id)
        .where(StateRow.campaign_id == campaign_id)
        .group_by(DeliveryRow.official_id, DeliveryRow.status)
    )
    found: dict[int, dict[str, int]] = {}
    for official_id, status, count in session.execute(asked):
        found.setdefault(official_id, {})[status] = count
    return found


def last_returns(session: Session, campaign_id: int) -> dict[int, dt.datetime]:
    """When a letter to an office last came back, or was refused for good, by the office's row (aware UTC)."""
    asked = (
        select(DeliveryRow.official_id, func.max(DeliveryRow.finished_at))
        .join(StateRow, StateRow.id == DeliveryRow.state_id)
        .where(StateRow.campaign_id == campaign_id, DeliveryRow.status.in_(("bounced", "refused")))
        .group_by(DeliveryRow.official_id)
    )
    return {official_id: _aware(at) for official_id, at in session.execute(asked) if at is not None}


def _aware(at: dt.datetime) -> dt.datetime:
    """SQLite forgets the zone of what a function gives."""
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


@dataclass(frozen=True, slots=True)
class Return:
    """A letter, or a digest of several, that an office's mailbox did not take: when, its status, and why in a code."""

    at: dt.datetime | None
    status: str
    reason: str
    address: str
    is_digest: bool


def history(session: Session, official_id: int, most: int) -> Sequence[Return]:
    """What came back from an office, the newest first; nothing of who had written."""
    found: list[Return] = []
    for kind, is_alone in ((DeliveryRow, DeliveryRow.digest_id.is_(None)), (DigestRow, true())):
        asked = select(kind.finished_at, kind.status, kind.reason, kind.address).where(
            kind.official_id == official_id, kind.status.in_(_CAME_BACK), is_alone
        )
        rows = session.execute(asked.order_by(kind.finished_at.desc()).limit(most))
        found += [Return(*row, kind is DigestRow) for row in rows]
    return sorted(found, key=lambda one: one.at or dt.datetime.min.replace(tzinfo=dt.UTC), reverse=True)[:most]


def lines_about(session: Session, official_id: int, most: int) -> Sequence[AuditRow]:
    """What was done to an office, the newest first."""
    asked = select(AuditRow).where(AuditRow.which == f"official {official_id}")
    return session.scalars(asked.order_by(AuditRow.id.desc()).limit(most)).all()
