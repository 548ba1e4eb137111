"""Advance: the next piece of a batch at work, in one transaction: signatures, count and letters together, or nothing.

Whoever has the piece holds the batch's row: a second worker passes it over; one that is killed leaves all as it was.
"""

from collections import defaultdict
from collections.abc import Sequence

import structlog
from sqlalchemy.orm import Session

from campaign.domain.arrows import DispatchStatus
from campaign.domain.dates import iso
from campaign.models.batch import BatchMemberRow, BatchRow
from campaign.models.campaign import OfficialRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.models.tally import JournalRow
from campaign.parts import Parts
from campaign.queries import batch as batches
from campaign.queries import delivery as deliveries
from campaign.queries import journal
from campaign.services.move import move_all, move_letters_of, move_signatures
from campaign.services.note import CAMPAIGN, note
from campaign.services.pace import way_to
from campaign.services.tell import tell
from campaign.services.transact import transact

log = structlog.get_logger()

PIECE = 100  # so that whoever signs meanwhile waits a moment, not seconds, where one may write at a time
REASON = "invalidated"
_STOPPABLE: tuple[DispatchStatus, ...] = ("held", "queued", "claimed")


def advance(parts: Parts) -> bool:
    """Do the next piece of the batch that has been at work longest; whether there is more to do at once."""
    return transact(parts, lambda session: _advance(parts, session))


def _advance(parts: Parts, session: Session) -> bool:
    row = batches.at_work(session)
    if row is None:
        return False
    done = _take_out(parts, session, row) if row.status == "running" else _put_back(parts, session, row)
    row.done += done
    if done == 0 and not _has_more(session, row):
        _finish(parts, session, row)
    return done > 0


def _has_more(session: Session, row: BatchRow) -> bool:
    """Tell whether some are left that were in others' hands."""
    if row.status == "undoing":
        return batches.has_to_put_back(session, row.id)
    return row.started_at is not None and batches.count(session, row.campaign_id, row.conditions, row.started_at) > 0


def _finish(parts: Parts, session: Session, row: BatchRow) -> None:
    row.status = "done" if row.status == "running" else "undone"
    row.finished_at = parts.clock.now()
    note(parts, session, CAMPAIGN, f"batch.{row.status}", f"batch {row.id}", row.reason)
    body: dict[str, object] = {
        "campaign": batches.slug_of(session, row.campaign_id),
        "batch": row.id,
        "status": row.status,
        "count": row.done,
        "at": iso(row.finished_at),
    }
    tell(parts, session, "batch.finished", body)
    log.info("batch.finished", status=row.status, count=row.done)


def _take_out(parts: Parts, session: Session, row: BatchRow) -> int:
    """Take some confirmed signatures out of the count, and stop their letters that have not begun to leave."""
    if row.started_at is None:
        return 0
    now = parts.clock.now()
    found = batches.next_meant(session, row.campaign_id, row.conditions, row.started_at, PIECE)
    ids = [one.id for one in found]
    move_signatures(session, found, "invalidated")
    session.add_all(BatchMemberRow(batch_id=row.id, signature_id=one, taken_at=now) for one in ids)
    _count(parts, session, ids, -1)
    move_letters_of(session, ids, _STOPPABLE, "cancelled", reason=REASON, finished_at=now)
    return len(ids)


def _count(parts: Parts, session: Session, ids: Sequence[str], delta: int) -> None:
    """Add a line to the journal for each signature, alike to its first: the day and the place it counts for stay true.

    A turn is a signature's being counted and, perhaps, taken out: to count it again begins the next.
    """
    lines: dict[str, list[JournalRow]] = defaultdict(list)
    for line in journal.lines_of(session, ids):
        lines[line.signature_id].append(line)
    now = parts.clock.now()
    for one in ids:
        first, turn = lines[one][0], max(line.turn for line in lines[one])
        alike = {name: getattr(first, name) for name in ("campaign_id", "state_id", "signature_id", "day", "hour")}
        alike |= {name: getattr(first, name) for name in ("country", "language", "source")}
        session.add(JournalRow(at=now, delta=delta, turn=turn + 1 if delta == 1 else turn, **alike))


def _put_back(parts: Parts, session: Session, row: BatchRow) -> int:
    """Put some signatures back into the count, and their letters back on their way."""
    now = parts.clock.now()
    found = batches.next_to_put_back(session, row.id, PIECE)
    signatures = [signature for signature, _ in found]
    move_signatures(session, signatures, "confirmed")
    for _, member in found:
        member.undone_at = now
    _count(parts, session, [one.id for one in signatures], 1)
    _let_go(parts, session, {one.id: one for one in signatures})
    session.flush()
    return len(found)


def _let_go(parts: Parts, session: Session, signatures: dict[str, SignatureRow]) -> None:
    """Queue or hold the letters that the batch stopped, as their offices stand now.

    One mailbox gets one letter: to another address than before none goes where one of theirs went, or goes. What waited
    for a person to look at its paragraph waits on.
    """
    stopped = [one for one in batches.letters_of(session, list(signatures), "cancelled") if one.reason == REASON]
    went = batches.reached(session, [one.supporter_id for one in signatures.values()])
    goes: set[tuple[str, str]] = set()
    offices = {one: deliveries.official(session, one) for one in {letter.official_id for letter in stopped}}
    heaps: dict[tuple[str, str, int], list[DeliveryRow]] = defaultdict(list)
    for letter in stopped:
        signature, office = signatures[letter.signature_id], offices[letter.official_id]
        reason = _waits_for(signature, office)
        address = office.mailable_email if office is not None and not reason else ""
        is_new = bool(address) and letter.address != address and letter.round == 1
        if is_new and ((signature.supporter_id, address) in went or (signature.id, address) in goes):
            letter.reason = "had-one"
            continue
        goes.add((signature.id, address))
        heaps[address, reason, letter.official_id].append(letter)
    session.flush()
    for (address, reason, official_id), letters in heaps.items():
        _back(parts, session, letters, address, reason, offices[official_id])


def _waits_for(signature: SignatureRow, office: OfficialRow | None) -> str:
    """Why a letter must wait though its office may have an address; empty where nothing else keeps it."""
    if signature.review in ("held", "trimming"):
        return deliveries.REVIEW
    return "suspended" if office is not None and office.suspended_at is not None else ""


def _back(
    parts: Parts, session: Session, letters: list[DeliveryRow], address: str, reason: str, office: OfficialRow | None
) -> None:  # fmt: skip
    """Put letters to one office back; what their last worker knew of them is over."""
    way = way_to(parts, session, address, office.takes if office is not None else "letters")
    fresh = {"due_at": parts.clock.now(), "finished_at": None, "digest_id": None, "lease_until": None}
    kept = {"address": address, "way": way, "reason": reason}
    move_all(session, letters, "queued" if address else "held", claim=None, **kept, **fresh)
