"""Claim: take the next letter or mail in hand, hold it, and let go of what dead workers held."""

import datetime as dt
import random
from typing import TypeVar

from sqlalchemy.orm import Session

from campaign.domain import schedule
from campaign.errors import StaleMoveError
from campaign.models.delivery import DeliveryRow, MailRow
from campaign.outside.keys import new_id
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.services.move import move
from campaign.services.question import ask_after
from campaign.services.suspend import count_refusal, hold_back, is_suspended
from campaign.services.transact import transact

Row = TypeVar("Row", DeliveryRow, MailRow)
Held = DeliveryRow | MailRow
BATCH = 500
REWRITE_AFTER = dt.timedelta(seconds=2)
MAX_LOOKS = 20  # how many full mailboxes one claim steps over


def claim(parts: Parts, kind: type[Row]) -> Row | None:
    """Take the next due row in hand under a fresh claim; None when none is due.

    A letter whose mailbox has had its hour's fill is put off, with all that wait there; one to a suspended office is
    held.
    """
    for _ in range(MAX_LOOKS):
        found, is_put_off = transact(parts, lambda session: _claim(parts, session, kind))
        if not is_put_off:
            return found
    return None


def _claim(parts: Parts, session: Session, kind: type[Row]) -> tuple[Row | None, bool]:
    now = parts.clock.now()
    row = deliveries.next_due(session, kind, now)
    if row is None:
        return None, False
    if is_suspended(session, row):
        hold_back(parts, session)
        return None, True
    if type(row) is DeliveryRow and _is_full(parts, session, row, now):
        return None, True
    lease = now + dt.timedelta(seconds=parts.settings.lease_seconds)
    move(session, row, "claimed", claim=None, lease_until=lease, attempts=row.attempts + 1)
    row.claim = new_id()
    session.flush()
    return row, False


def _is_full(parts: Parts, session: Session, row: DeliveryRow, now: dt.datetime) -> bool:
    most = parts.settings.letters_per_hour
    if most == 0:
        return False
    deliveries.lock_address(session, row.address)
    lately = deliveries.hour_of(session, row.address, now)
    if len(lately) < most:
        return False
    free_at = max(lately[len(lately) - most] + dt.timedelta(hours=1), now + dt.timedelta(seconds=1))
    for waiting in deliveries.queued_to(session, row.address, free_at):
        waiting.due_at = free_at
    return True


def hold(parts: Parts, row: DeliveryRow | MailRow) -> None:
    """Say that a row's worker is alive: its lease begins anew.

    Raises StaleMoveError when the row is no longer this claim's.
    """

    def work(session: Session) -> None:
        found = _held(session, row, "claimed", "in_data")
        found.lease_until = parts.clock.now() + dt.timedelta(seconds=parts.settings.lease_seconds)

    transact(parts, work)


def _held(session: Session, row: Held, *statuses: str) -> Held:
    """Read a row again in this transaction, still under the claim it was taken with, in one of the statuses.

    Raises StaleMoveError when it is gone, moved on, or another's.
    """
    found: Held | None
    found = session.get(DeliveryRow, row.id) if isinstance(row, DeliveryRow) else session.get(MailRow, row.id)
    if found is None or found.claim != row.claim or found.status not in statuses:
        raise StaleMoveError("the claim is lost")
    return found


def enter_data(parts: Parts, session: Session, row: DeliveryRow | MailRow) -> None:
    """Write down that DATA is about to be entered.

    Raises StaleMoveError when the claim was lost, or the letter was withdrawn meanwhile.
    """
    found = _held(session, row, "claimed")
    now = parts.clock.now()
    lease = now + dt.timedelta(seconds=parts.settings.lease_seconds)
    move(session, found, "in_data", claim=row.claim, in_data_at=now, lease_until=lease)


def settle(parts: Parts, row: DeliveryRow | MailRow, handover: Handover) -> str:
    """Write down how a hand-over ended, and return the status it gave; a lost claim writes nothing."""
    try:
        return transact(parts, lambda session: _settle(parts, session, row, handover))
    except StaleMoveError:
        return "stale"


def _settle(parts: Parts, session: Session, row: DeliveryRow | MailRow, handover: Handover) -> str:
    found = _held(session, row, "claimed", "in_data")
    now, outcome = parts.clock.now(), handover.outcome
    if outcome is Outcome.ABANDONED:
        if found.status == "claimed":  # still ours, but not to be sent as it was written: it is written anew
            move(session, found, "queued", claim=row.claim, due_at=now + REWRITE_AFTER, lease_until=None)
        return str(found.status)
    if outcome in (Outcome.TEMPORARY, Outcome.UNREACHABLE):
        return _put_back(parts, session, found, handover.reason)
    target: str = outcome.value
    move(session, found, target, claim=row.claim, reason=handover.reason[:80], finished_at=now)
    count_refusal(parts, session, found, handover)
    if isinstance(found, DeliveryRow):
        ask_after(found, now)
    return target


def _put_back(parts: Parts, session: Session, row: DeliveryRow | MailRow, reason: str) -> str:
    now = parts.clock.now()
    if now - row.created_at > schedule.GIVE_UP_AFTER:
        move(session, row, "refused", claim=row.claim, reason=f"gave up: {reason}"[:80], finished_at=now)
        return "refused"
    first = dt.timedelta(seconds=parts.settings.retry_seconds)
    wait = schedule.wait_after(row.attempts, first, random.random())  # noqa: S311  spreads load, keeps no secret
    move(
        session,
        row,
        "queued",
        claim=row.claim,
        due_at=now + wait,
        reason=reason[:80],
        in_data_at=None,
        lease_until=None,
    )
    return "queued"


def recover(parts: Parts) -> int:
    """Let go of rows whose worker died: not yet in DATA goes back, in DATA becomes unknown; how many.

    A mail to a supporter, harmless and asked for, is tried once more from there.
    """

    def work(session: Session) -> int:
        now = parts.clock.now()
        rows: list[DeliveryRow | MailRow] = [
            *deliveries.overdue(session, DeliveryRow, now, BATCH),
            *deliveries.overdue(session, MailRow, now, BATCH),
        ]
        for row in rows:
            if row.status == "claimed":
                move(session, row, "queued", claim=row.claim, lease_until=None)
                continue
            move(session, row, "unknown", claim=row.claim, reason="its worker died in DATA", finished_at=now)
            if isinstance(row, MailRow) and row.attempts < 2:
                move(session, row, "queued", claim=row.claim, due_at=now, finished_at=None, lease_until=None)
        return len(rows)

    return transact(parts, work)
