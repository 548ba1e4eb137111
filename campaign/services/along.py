"""Along: the letters of a digest, moved with it, in its transaction, or not at all."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from campaign.domain.courtesy import DIGEST_MOST
from campaign.errors import StaleMoveError
from campaign.models.delivery import DigestRow
from campaign.queries import delivery as deliveries
from campaign.queries import digest as digests
from campaign.services.move import move_all
from campaign.services.question import ask_after


def take(session: Session, digest: DigestRow) -> int:
    """Take the oldest letters that wait for a digest in hand with it, under its claim and lease; how many."""
    found = digests.waiting(session, digest, DIGEST_MOST)
    held = {"digest_id": digest.id, "lease_until": digest.lease_until}
    move_all(session, found, "claimed", claim=None, **held)
    for letter in found:
        letter.claim = digest.claim
        letter.attempts += 1
    session.flush()
    return len(found)


def hold(session: Session, digest: DigestRow) -> None:
    """Give the letters of a digest its lease."""
    for letter in digests.letters_in(session, digest):
        letter.lease_until = digest.lease_until


def enter_data(session: Session, digest: DigestRow, written: Collection[str]) -> None:
    """Move the letters that were written into a digest with it into DATA.

    Raises StaleMoveError when it does not hold exactly those any more: one was taken back meanwhile.
    """
    found = digests.letters_in(session, digest, is_locked=True)
    if {one.id for one in found} != set(written):
        raise StaleMoveError("a letter was stopped")
    if deliveries.is_kept_back(session, *found):
        raise StaleMoveError("a supporter asked to be erased")
    entered = {"in_data_at": digest.in_data_at, "lease_until": digest.lease_until}
    move_all(session, found, "in_data", claim=digest.claim, **entered)
    digest.size = len(found)


def settle(session: Session, digest: DigestRow, now: dt.datetime) -> None:
    """Let the letters of a digest come to what it came to; where it did not leave, they wait for the next."""
    if digest.status in ("claimed", "in_data"):  # nothing is settled
        return
    if digest.status in ("queued", "blocked", "cancelled"):
        let_go(session, digest)
        return
    found = digests.letters_in(session, digest, is_locked=True)
    move_all(session, found, digest.status, claim=digest.claim, reason=digest.reason, finished_at=now)
    for letter in found:
        ask_after(letter, now)


def let_go(session: Session, digest: DigestRow) -> None:
    """Put the letters of a digest back among those that wait for one."""
    found = digests.letters_in(session, digest, is_locked=True)
    move_all(session, found, "queued", claim=digest.claim, digest_id=None, lease_until=None, in_data_at=None)
