"""Claim: take the next letter or mail in hand, hold it, and let go of what dead workers held."""

import datetime as dt
import random
from typing import TypeVar

from sqlalchemy.orm import Session

from campaign.domain import schedule
from campaign.errors import StaleMoveError
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow
from campaign.outside.keys import new_id
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import returns
from campaign.services import along
from campaign.services.hush import hush, is_silent
from campaign.services.move import move
from campaign.services.pace import put_off, turn_at
from campaign.services.question import ask_after
from campaign.services.suspend import count_refusal, hold_back, is_suspended
from campaign.services.tell import is_heard, tell_of_letters
from campaign.services.transact import transact

Row = TypeVar("Row", DeliveryRow, DigestRow, MailRow)
Held = DeliveryRow | DigestRow | MailRow
BATCH = 500
REWRITE_AFTER = dt.timedelta(seconds=2)
MAX_LOOKS = 20  # how many full mailboxes one claim steps over


def claim(parts: Parts, kind: type[Row]) -> Row | None:
    """Take the next due row in hand under a fresh claim; None when none is due.

    A letter or digest whose mailbox has had its hour's fill, or whose office is closed, is put off, with all that wait
    there; one to a suspended office is held, one to an office that wants none is stopped. A digest takes its letters
    along.
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
    if _must_wait(parts, session, row):
        return None, True
    lease = now + dt.timedelta(seconds=parts.settings.lease_seconds)
    move(session, row, "claimed", claim=None, lease_until=lease, attempts=row.attempts + 1)
    row.claim = new_id()
    session.flush()
    if _is_empty(session, row):
        move(session, row, "cancelled", claim=row.claim, reason="nothing to say", finished_at=now)
        return None, True
    return row, False


def _must_wait(parts: Parts, session: Session, row: Held) -> bool:
    """Hold, stop or put off what may not leave now, and tell whether it was."""
    if isinstance(row, MailRow):
        return False
    if is_suspended(session, row):
        hold_back(parts, session)
        return True
    if is_silent(session, row):
        hush(parts, session)
        return True
    later = turn_at(parts, session, row)
    if later is not None:
        put_off(session, row.address, later)
    return later is not None


def _is_empty(session: Session, row: Held) -> bool:
    """Let a digest take its letters along, and tell whether there were none."""
    return isinstance(row, DigestRow) and along.take(session, row) == 0


def hold(parts: Parts, row: Held) -> None:
    """Say that a row's worker is alive: its lease begins anew.

    Raises StaleMoveError when the row is no longer this claim's.
    """

    def work(session: Session) -> None:
        found = _held(session, row, "claimed", "in_data")
        found.lease_until = parts.clock.now() + dt.timedelta(seconds=parts.settings.lease_seconds)
        if isinstance(found, DigestRow):
            along.hold(session, found)

    transact(parts, work)


def _held(session: Session, row: Held, *statuses: str) -> Held:
    """Read a row again in this transaction, still under the claim it was taken with, in one of the statuses.

    Raises StaleMoveError when it is gone, moved on, or another's.
    """
    found: Held | None = _again(session, row)
    if found is None or found.claim != row.claim or found.status not in statuses:
        raise StaleMoveError("the claim is lost")
    return found


def _again(session: Session, row: Held) -> Held | None:
    if isinstance(row, MailRow):
        return session.get(MailRow, row.id)
    return session.get(DigestRow, row.id) if isinstance(row, DigestRow) else session.get(DeliveryRow, row.id)


def enter_data(parts: Parts, session: Session, row: Held) -> None:
    """Write down that DATA is about to be entered.

    Raises StaleMoveError when the claim was lost, the letter was withdrawn meanwhile, or its supporter asked to be
    erased.
    """
    found = _held(session, row, "claimed")
    if not isinstance(found, DigestRow) and deliveries.is_kept_back(session, found):
        raise StaleMoveError("its supporter asked to be erased")
    now = parts.clock.now()
    lease = now + dt.timedelta(seconds=parts.settings.lease_seconds)
    move(session, found, "in_data", claim=row.claim, in_data_at=now, lease_until=lease)


def settle(parts: Parts, row: Held, handover: Handover) -> str:
    """Write down how a hand-over ended, and return the status it gave; a lost claim writes nothing."""

    def work(session: Session) -> str:
        status = _settle(parts, session, row, handover)
        if isinstance(row, DigestRow):
            along.settle(session, session.get_one(DigestRow, row.id), parts.clock.now())
        _tell(parts, session, row)
        return status

    try:
        return transact(parts, work)
    except StaleMoveError:
        return "stale"


def _settle(parts: Parts, session: Session, row: Held, handover: Handover) -> str:
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


def _put_back(parts: Parts, session: Session, row: Held, reason: str) -> str:
    now = parts.clock.now()
    if now - row.created_at > schedule.GIVE_UP_AFTER and row.attempts >= schedule.LEAST_TRIES:
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


def _tell(parts: Parts, session: Session, row: Held) -> None:
    """Tell other programs of letters that came to their end; a mail to a supporter is nobody else's."""
    if isinstance(row, MailRow) or not is_heard(session, "letter.finished"):
        return
    if isinstance(row, DeliveryRow):
        tell_of_letters(parts, session, [session.get_one(DeliveryRow, row.id)])
        return
    status = session.get_one(DigestRow, row.id).status  # those that were blocked alone are told of already
    tell_of_letters(parts, session, [one for one in returns.letters_of_digest(session, row.id) if one.status == status])


def recover(parts: Parts) -> int:
    """Let go of rows whose worker died: not yet in DATA goes back, in DATA becomes unknown; how many.

    A mail to a supporter, harmless and asked for, is tried once more from there.
    """

    def work(session: Session) -> int:
        now = parts.clock.now()
        rows: list[Held] = [
            *deliveries.overdue(session, DeliveryRow, now, BATCH),
            *deliveries.overdue(session, DigestRow, now, BATCH),
            *deliveries.overdue(session, MailRow, now, BATCH),
        ]
        for row in rows:
            if row.status == "claimed":
                move(session, row, "queued", claim=row.claim, lease_until=None)
            else:
                move(session, row, "unknown", claim=row.claim, reason="its worker died in DATA", finished_at=now)
            if isinstance(row, DigestRow):
                along.settle(session, row, now)
            _tell(parts, session, row)
            if row.status == "queued":
                continue
            if isinstance(row, MailRow) and row.attempts < 2:
                move(session, row, "queued", claim=row.claim, due_at=now, finished_at=None, lease_until=None)
        return len(rows)

    return transact(parts, work)
