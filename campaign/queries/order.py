"""Exports that the worker writes, and their parts. A part below zero holds rows that a file is still to be made of."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import and_, delete, func, or_, select, tuple_
from sqlalchemy.orm import Session

from campaign.domain.export import ExportKind
from campaign.models.campaign import CampaignRow
from campaign.models.export import ExportPartRow, ExportRow

_OPEN = ("queued", "running")


def by_id(session: Session, export_id: str) -> ExportRow | None:
    """An export, locked until the transaction ends."""
    return session.scalar(select(ExportRow).where(ExportRow.id == export_id).with_for_update())


def slug(session: Session, campaign_id: int) -> str:
    """The slug of the campaign with an id."""
    return session.scalars(select(CampaignRow.slug).where(CampaignRow.id == campaign_id)).one()


def next_due(session: Session, now: dt.datetime) -> ExportRow | None:
    """The oldest export that is to be gone on with and that no living worker holds, locked; others pass it over."""
    asked = (
        select(ExportRow)
        .where(ExportRow.status.in_(_OPEN), or_(ExportRow.lease_until.is_(None), ExportRow.lease_until <= now))
        .order_by(ExportRow.created_at, ExportRow.id)
        .limit(1)
    )
    return session.scalar(asked.with_for_update(skip_locked=True))


def listed(session: Session, who: str, campaign_id: int, since: dt.datetime) -> Sequence[ExportRow]:
    """What somebody has asked for of a campaign since an instant, the newest first."""
    asked = select(ExportRow).where(
        ExportRow.who == who, ExportRow.campaign_id == campaign_id, ExportRow.created_at >= since
    )
    return session.scalars(asked.order_by(ExportRow.created_at.desc(), ExportRow.id)).all()


def count_of(session: Session, who: str, since: dt.datetime) -> int:
    """How many exports somebody has asked for since an instant."""
    return session.scalar(select(func.count()).where(ExportRow.who == who, ExportRow.created_at >= since)) or 0


def count_of_kinds(session: Session, kinds: Collection[ExportKind], since: dt.datetime) -> int:
    """How many exports of some kinds anybody has asked for since an instant."""
    return session.scalar(select(func.count()).where(ExportRow.kind.in_(kinds), ExportRow.created_at >= since)) or 0


def has_open(session: Session, who: str) -> bool:
    """Tell whether one of somebody's exports is not written yet."""
    asked = select(ExportRow.id).where(ExportRow.who == who, ExportRow.status.in_(_OPEN)).limit(1)
    return session.scalar(asked) is not None


def overdue(session: Session, now: dt.datetime) -> Sequence[ExportRow]:
    """Exports that are kept longer than they should be, locked."""
    asked = select(ExportRow).where(ExportRow.status == "done", ExportRow.expires_at <= now).limit(100)
    return session.scalars(asked.with_for_update(skip_locked=True)).all()


def of_people(session: Session, campaign_id: int) -> Sequence[ExportRow]:
    """A campaign's exports with people in them that are being written or can still be taken, locked."""
    asked = select(ExportRow).where(
        ExportRow.campaign_id == campaign_id,
        ExportRow.kind.in_(("people", "news")),
        ExportRow.status.in_((*_OPEN, "done")),
    )
    return session.scalars(asked.with_for_update()).all()


def part(session: Session, export_id: str, number: int) -> bytes | None:
    """A part of an export, sealed."""
    return session.scalar(
        select(ExportPartRow.sealed).where(ExportPartRow.export_id == export_id, ExportPartRow.number == number)
    )


def drop_file(session: Session, export_id: str) -> None:
    """Remove the parts of a file that was not made to its end; the rows it is made of stay."""
    session.execute(delete(ExportPartRow).where(ExportPartRow.export_id == export_id, ExportPartRow.number > 0))


def useless_parts(session: Session, most: int) -> Sequence[tuple[str, int]]:
    """Parts of what is expired or failed, and rows of which a file has been made: export and number."""
    is_made = and_(ExportRow.status == "done", ExportPartRow.number < 0)
    asked = (
        select(ExportPartRow.export_id, ExportPartRow.number)
        .join(ExportRow, ExportRow.id == ExportPartRow.export_id)
        .where(or_(ExportRow.status.in_(("expired", "failed")), is_made))
        .limit(most)
    )
    return [(export_id, number) for export_id, number in session.execute(asked)]


def drop_parts(session: Session, keys: Sequence[tuple[str, int]]) -> None:
    """Remove parts by export and number."""
    session.execute(
        delete(ExportPartRow).where(tuple_(ExportPartRow.export_id, ExportPartRow.number).in_(keys)),
        execution_options={"synchronize_session": False},
    )
