"""Organisers, their sessions, and the audit trail."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from campaign.domain.role import ALLOWED
from campaign.models.audit import AuditRow
from campaign.models.organiser import AttemptRow, OrganiserRow, RecoveryRow, SessionRow


def by_key(session: Session, email_key: str) -> OrganiserRow | None:
    """The organiser with an address, locked until the transaction ends."""
    return session.scalar(select(OrganiserRow).where(OrganiserRow.email_key == email_key).with_for_update())


def by_id(session: Session, organiser_id: str) -> OrganiserRow | None:
    """The organiser with an id, locked until the transaction ends."""
    return session.scalar(select(OrganiserRow).where(OrganiserRow.id == organiser_id).with_for_update())


def everybody(session: Session) -> Sequence[OrganiserRow]:
    """Every organiser, the first one first."""
    return session.scalars(select(OrganiserRow).order_by(OrganiserRow.created_at, OrganiserRow.id)).all()


def count_owners(session: Session) -> int:
    """How many owners can get in."""
    asked = select(func.count()).where(
        OrganiserRow.role == "owner", OrganiserRow.disabled_at.is_(None), OrganiserRow.totp_set_at.is_not(None)
    )
    return session.scalar(asked) or 0


def others_for_offices(session: Session, organiser_id: str) -> bool:
    """Tell whether somebody else who may see to offices can get in."""
    asked = select(OrganiserRow.id).where(
        OrganiserRow.id != organiser_id,
        OrganiserRow.role.in_(sorted(ALLOWED["offices"])),
        OrganiserRow.disabled_at.is_(None),
        OrganiserRow.totp_set_at.is_not(None),
    )
    return session.scalar(asked.limit(1)) is not None


def login(session: Session, session_id: str) -> tuple[SessionRow, OrganiserRow] | None:
    """A session and whose it is."""
    asked = (
        select(SessionRow, OrganiserRow)
        .join(OrganiserRow, OrganiserRow.id == SessionRow.organiser_id)
        .where(SessionRow.id == session_id)
    )
    found = session.execute(asked).first()
    return (found[0], found[1]) if found is not None else None


def logins(session: Session, organiser_id: str) -> Sequence[SessionRow]:
    """The sessions of an organiser, the newest first."""
    asked = select(SessionRow).where(SessionRow.organiser_id == organiser_id)
    return session.scalars(asked.order_by(SessionRow.created_at.desc())).all()


def end_logins(session: Session, organiser_id: str, but: str = "") -> None:
    """End every session of an organiser but one."""
    session.execute(delete(SessionRow).where(SessionRow.organiser_id == organiser_id, SessionRow.id != but))


def end_old_logins(session: Session, before: dt.datetime) -> None:
    """Forget sessions made before an instant, and what was tried before it."""
    session.execute(delete(SessionRow).where(SessionRow.created_at < before))
    forget_old_attempts(session, before)


def forget_old_attempts(session: Session, before: dt.datetime) -> None:
    """Forget what was tried before an instant."""
    session.execute(delete(AttemptRow).where(AttemptRow.at < before))


def count_attempts(session: Session, key: str, since: dt.datetime) -> int:
    """How many tries failed since an instant."""
    return session.scalar(select(func.count()).where(AttemptRow.key == key, AttemptRow.at >= since)) or 0


def forget_attempts(session: Session, key: str) -> None:
    """Forget what was tried in vain."""
    session.execute(delete(AttemptRow).where(AttemptRow.key == key))


def recovery(session: Session, organiser_id: str, key: str) -> RecoveryRow | None:
    """An unused recovery code of an organiser."""
    asked = select(RecoveryRow).where(
        RecoveryRow.organiser_id == organiser_id, RecoveryRow.key == key, RecoveryRow.used_at.is_(None)
    )
    return session.scalar(asked)


def drop_recovery(session: Session, organiser_id: str) -> None:
    """Forget every recovery code of an organiser."""
    session.execute(delete(RecoveryRow).where(RecoveryRow.organiser_id == organiser_id))


def last_line(session: Session) -> AuditRow | None:
    """The newest line of the audit trail; nobody else adds one until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext("audit"))))
    return session.scalar(select(AuditRow).order_by(AuditRow.id.desc()).limit(1))


def lines(session: Session, page: int = 1000) -> Iterator[AuditRow]:
    """The whole audit trail, the oldest line first, a page at a time."""
    last = 0
    while True:
        found = session.scalars(select(AuditRow).where(AuditRow.id > last).order_by(AuditRow.id).limit(page)).all()
        if not found:
            return
        yield from found
        last = found[-1].id
        session.expunge_all()


def newest_lines(session: Session, most: int) -> Sequence[AuditRow]:
    """The newest lines of the audit trail, the newest first."""
    return session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(most)).all()
