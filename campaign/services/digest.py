"""Digest: many letters to one mailbox in one mail, opened at most once a day, each letter whole and checked."""

from collections.abc import Callable
from functools import partial

import structlog
from sqlalchemy.orm import Session

from campaign.domain.courtesy import digest_due_at
from campaign.errors import LetterError, MessageBlockedError, SealError, StaleMoveError
from campaign.models.delivery import DeliveryRow, DigestRow
from campaign.outside.keys import new_id
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import digest as digests
from campaign.queries.digest import Line
from campaign.services import along
from campaign.services.claim import claim, settle
from campaign.services.deliver import Whole, Worked, whole, write_down
from campaign.services.gather import gather
from campaign.services.move import move
from campaign.services.tell import tell_of_letters
from campaign.services.transact import transact

log = structlog.get_logger()


def open_digests(parts: Parts) -> int:
    """Open a digest for every mailbox and language for which letters wait, where its time has come; how many."""
    lines = transact(parts, digests.lines)
    return sum(transact(parts, partial(_open, parts, line=line)) for line in lines)


def _open(parts: Parts, session: Session, line: Line) -> bool:
    now = parts.clock.now()
    deliveries.lock_address(session, line.address)
    last = digests.last(session, line.address, line.language, line.state_id)
    if last is not None and (digests.is_open(last) or now < digest_due_at(last.created_at, last.size)):
        return False
    session.add(
        DigestRow(
            id=new_id(),
            state_id=line.state_id,
            official_id=line.official_id,
            address=line.address,
            language=line.language,
            status="queued",
            due_at=now,
            created_at=now,
        )
    )
    return True


def digest(parts: Parts, held: Callable[[DigestRow], None] | None = None) -> Worked | None:
    """Hand over the next due digest; None when none is due. `held` is told which row is in hand."""
    row = claim(parts, DigestRow)
    if row is None:
        return None
    if held is not None:
        held(row)
    letters = _letters(parts, row)
    handover = _hand_over(parts, row, letters) if letters else Handover(Outcome.ABANDONED)
    status = settle(parts, row, handover)
    log.info("digest", status=status, reason=handover.reason, attempts=row.attempts, letters=len(letters))
    return Worked(status, handover.outcome is not Outcome.UNREACHABLE)


def _hand_over(parts: Parts, row: DigestRow, letters: dict[str, Whole]) -> Handover:
    try:
        message = gather(parts, row, tuple(letters.values()))
    except MessageBlockedError as error:
        return Handover(Outcome.BLOCKED, error.code)
    return parts.mailer.hand_over(
        message, lambda: write_down(parts, row, lambda session: _enter(session, row, letters))
    )


def _enter(session: Session, row: DigestRow, letters: dict[str, Whole]) -> None:
    along.enter_data(session, session.get_one(DigestRow, row.id), letters.keys())


def _letters(parts: Parts, row: DigestRow) -> dict[str, Whole]:
    """Make every letter that the digest holds, by the id of its row; one that may not leave is blocked alone."""
    found, blocked = {}, {}
    with parts.reading() as session:
        for letter in digests.letters_in(session, row):
            try:
                found[letter.id] = whole(parts, session, letter)
            except (MessageBlockedError, LetterError, SealError) as error:
                blocked[letter.id] = error.code
    for letter_id, reason in blocked.items():
        _block(parts, row, letter_id, reason)
    return found


def _block(parts: Parts, row: DigestRow, letter_id: str, reason: str) -> None:
    def work(session: Session) -> None:
        found = session.get(DeliveryRow, letter_id)
        if found is not None and found.status == "claimed" and found.claim == row.claim:
            move(session, found, "blocked", claim=row.claim, reason=reason, finished_at=parts.clock.now())
            tell_of_letters(parts, session, [found])

    try:
        transact(parts, work)
    except StaleMoveError:
        log.info("digest.letter_gone")  # it was stopped meanwhile
