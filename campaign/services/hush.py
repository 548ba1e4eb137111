"""Hush: letters to an office that asked not to be written to are stopped, whenever they are come upon."""

from sqlalchemy.orm import Session

from campaign.domain.courtesy import TAKES
from campaign.errors import StaleMoveError
from campaign.models.campaign import OfficialRow
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.services.move import move
from campaign.services.transact import transact

SILENCE = "silence"
BATCH = 500


def is_silent(session: Session, row: DeliveryRow | DigestRow | MailRow) -> bool:
    """Tell whether a row is for an office that wants no letters."""
    office = deliveries.official(session, row.official_id) if not isinstance(row, MailRow) else None
    return office is not None and office.takes == "silence"


def follow(session: Session, row: OfficialRow) -> None:
    """Let offices that have come to share a mailbox take the least that any of them asked for."""
    sharing = editions.offices_sharing(session, row.email)
    least = max((one.takes for one in sharing), key=TAKES.index, default=row.takes)
    for one in sharing:
        one.takes = least


def hush_all(parts: Parts) -> int:
    """Stop every letter that has not begun to leave to an office that wants none; how many were."""
    stopped = 0
    while batch := transact(parts, lambda session: hush(parts, session)):
        stopped += batch
    return stopped


def hush(parts: Parts, session: Session) -> int:
    """Stop up to a batch of the letters that have not begun to leave to offices that want none; how many were."""
    now = parts.clock.now()
    for digest in deliveries.digests_waiting_for_silent(session):
        move(session, digest, "cancelled", reason=SILENCE, finished_at=now)
    waiting = deliveries.waiting_for_silent(session, BATCH)
    for letter in waiting:
        try:
            move(session, letter, "cancelled", reason=SILENCE, finished_at=now)
        except StaleMoveError:
            continue  # its worker was faster; should it come back to the queue, it is stopped then
    return len(waiting)
