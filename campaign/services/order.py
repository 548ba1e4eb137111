"""Order: ask the worker for an export, see how far it is, take the file, or have it removed before its time."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain.edition import Edition
from campaign.domain.export import (
    A_DAY,
    A_DAY_OF_PEOPLE,
    EXPORT_KINDS,
    PEOPLE,
    Asked,
    ExportFormat,
    ExportKind,
    ExportStatus,
    may_take,
)
from campaign.errors import ForbiddenError, InputRefusedError, NotFoundError, Problem
from campaign.models.export import ExportRow
from campaign.outside.age import check_recipient
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import order as orders
from campaign.queries import organiser as organisers
from campaign.services.clear import clear
from campaign.services.enter import Login
from campaign.services.export import check_asked, check_reason, which_of
from campaign.services.move import move
from campaign.services.note import note
from campaign.services.piece import opened
from campaign.services.table import TYPES, has_parquet
from campaign.services.transact import transact

_DAY = dt.timedelta(days=1)
_SHOWN = dt.timedelta(days=7)  # how long what is gone stays in the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants: its kind and format, what of it, why, and the public key it shall be sealed to."""

    kind: str
    format: str
    asked: Asked
    reason: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """An export in the list of whoever asked for it; instants are aware UTC, `size` is in bytes."""

    id: str
    kind: ExportKind
    format: ExportFormat
    asked: Asked
    is_sealed: bool
    status: ExportStatus
    rows_done: int
    rows_total: int
    size: int
    digest: str
    failure: str
    created_at: dt.datetime
    expires_at: dt.datetime | None


def order(parts: Parts, edition: Edition, login: Login, wish: Wish) -> str:
    """Write down that somebody wants an export, with a line in the audit trail; its id.

    Raises ForbiddenError where the role may not take it, or people are asked for without a password just typed;
    InputRefusedError for what cannot be, or where somebody has had, or waits for, enough.
    """
    row = _checked(parts, edition, login, wish)

    def work(session: Session) -> str:
        organisers.by_id(session, login.organiser_id)  # locked: of two presses at once, one is counted first
        _check_limits(parts, session, login, row.kind)
        session.add(row)
        session.flush()
        what = f"export.{row.kind}"
        note(parts, session, login.organiser_id, what, which_of(edition, wish.asked), row.reason)
        return row.id

    return transact(parts, work)


def _checked(parts: Parts, edition: Edition, login: Login, wish: Wish) -> ExportRow:
    kind = next((one for one in EXPORT_KINDS if one == wish.kind), None)
    if kind is None:
        raise InputRefusedError((Problem("kind", "E-EXPORT-KIND"),))
    if not may_take(login.role, kind) or (kind in PEOPLE and not login.is_fresh):
        raise ForbiddenError(kind)
    form = next((one for one in formats() if one == wish.format), None)
    if form is None:
        raise InputRefusedError((Problem("format", "E-FORMAT"),))
    check_asked(parts, edition, kind, wish.asked)
    return ExportRow(
        id=new_id(),
        campaign_id=edition.campaign_id,
        who=login.organiser_id,
        kind=kind,
        format=form,
        asked=wish.asked,
        reason=check_reason(wish.reason) if kind in PEOPLE else "",
        recipient=check_recipient(wish.recipient),
        status="queued",
        created_at=parts.clock.now(),
    )


def formats() -> tuple[ExportFormat, ...]:
    """The formats that can be asked for; Parquet where its extra is there."""
    return ("csv", "xlsx", "json", "parquet") if has_parquet() else ("csv", "xlsx", "json")


def _check_limits(parts: Parts, session: Session, login: Login, kind: ExportKind) -> None:
    if orders.has_open(session, login.organiser_id):
        raise InputRefusedError((Problem("kind", "E-EXPORT-OPEN"),))
    if not parts.settings.has_rate_limits:
        return
    since = parts.clock.now() - _DAY
    if orders.count_of(session, login.organiser_id, since) >= A_DAY:
        raise InputRefusedError((Problem("kind", "E-EXPORT-DAY", {"most": str(A_DAY)}),))
    if kind in PEOPLE and orders.count_of_kinds(session, PEOPLE, since) >= A_DAY_OF_PEOPLE:
        raise InputRefusedError((Problem("kind", "E-EXPORT-SITE", {"most": str(A_DAY_OF_PEOPLE)}),))


def ordered(parts: Parts, edition: Edition, login: Login) -> tuple[Order, ...]:
    """What somebody asked for of a campaign lately, the newest first."""
    with parts.reading() as session:
        rows = orders.listed(session, login.organiser_id, edition.campaign_id, parts.clock.now() - _SHOWN)
        return tuple(_order(row) for row in rows)


def one(parts: Parts, login: Login, export_id: str) -> Order:
    """Say how far one's own export is. Raises NotFoundError where there is none."""
    with parts.reading() as session:
        return _order(_own(session, login, export_id))


def _order(row: ExportRow) -> Order:
    return Order(
        id=row.id,
        kind=row.kind,
        format=row.format,
        asked=row.asked,
        is_sealed=bool(row.recipient),
        status=row.status,
        rows_done=row.rows_done,
        rows_total=row.rows_total,
        size=row.size,
        digest=row.digest,
        failure=row.failure,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


@dataclass(frozen=True, slots=True)
class File:
    """A file to take: its name and media type, size in bytes, SHA-256, number of rows, and its bytes, once."""

    name: str
    media_type: str
    size: int
    digest: str
    rows: int
    pieces: Iterator[bytes]


def take(parts: Parts, login: Login, export_id: str, kinds: Collection[str]) -> File:
    """Take an export that is written, with a line in the audit trail; it must be one's own and of one of the kinds.

    Raises NotFoundError where there is none to take, ForbiddenError where the role may no longer.
    """

    def work(session: Session) -> File:
        row = _own(session, login, export_id)
        now = parts.clock.now()
        if row.kind not in kinds or row.status != "done" or row.expires_at is None or row.expires_at <= now:
            raise NotFoundError(export_id)
        if not may_take(login.role, row.kind):
            raise ForbiddenError(row.kind)
        row.taken_at = now
        slug = orders.slug(session, row.campaign_id)
        note(parts, session, login.organiser_id, f"export.{row.kind}.take", slug, row.reason)
        name = f"{slug}-{row.kind}.{row.format}" + (".age" if row.recipient else "")
        media_type = "application/octet-stream" if row.recipient else TYPES[row.format]
        return File(
            name, media_type, row.size, row.digest, row.rows_done, opened(parts, row.id, range(1, row.parts + 1))
        )

    return transact(parts, work)


def _own(session: Session, login: Login, export_id: str) -> ExportRow:
    row = orders.by_id(session, export_id)
    if row is None or row.who != login.organiser_id:
        raise NotFoundError(export_id)
    return row


def remove(parts: Parts, login: Login, export_id: str) -> None:
    """Remove one's own export before its time, also while it is being written; its parts go at once or soon.

    Raises NotFoundError where there is none.
    """

    def work(session: Session) -> None:
        row = _own(session, login, export_id)
        if row.status != "expired":
            move(session, row, "expired", expires_at=parts.clock.now(), lease_until=None)
            note(parts, session, login.organiser_id, "export.remove", orders.slug(session, row.campaign_id))

    transact(parts, work)
    clear(parts)
