"""Bounce: take back a message that its mailbox did not take, or whose reader calls it unwanted."""

from typing import Literal

import structlog
from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain.arrows import DispatchStatus, is_drawn
from campaign.errors import StaleMoveError
from campaign.models.delivery import DigestRow, MailRow
from campaign.models.supporter import SupporterRow
from campaign.outside.mail.returned import Returned, read_returned
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import returns
from campaign.queries import supporter as supporters
from campaign.services.budget import mailbox_of
from campaign.services.forget import forget_signatures
from campaign.services.move import move
from campaign.services.returns import Kind, read_return_address
from campaign.services.sealed import email_of
from campaign.services.suspend import count_bounce
from campaign.services.tell import tell_of_letters
from campaign.services.transact import transact

log = structlog.get_logger()

Word = Literal["done", "ignored", "later"]
_ON_ITS_WAY = ("queued", "claimed", "in_data")


def take_back(parts: Parts, raw: bytes, recipient: str = "") -> Word:
    """Read a mail that came in, whatever it is, and write down what it says of the message it names.

    `recipient` is whom it came for, where the mail server told. Only a genuine return address names a message; what
    was taken back stays so. `done`: something changed; `ignored`: nothing is to be done; `later`: it is about a
    message that is still on its way, so that it must be handed in again. Raises UnavailableError.
    """
    returned = read_returned(raw)
    if returned.kind == "other":
        return "ignored"
    found = (read_return_address(parts, one) for one in (recipient, *returned.addresses))
    named = next((one for one in found if one is not None), None)
    if named is None:
        return "ignored"
    word: Word = "ignored"
    if returned.kind != "soft":
        word = transact(parts, lambda session: _take_back(parts, session, named, returned))
    log.info("returned", of=named[0], kind=returned.kind, reason=returned.reason, word=word)
    return word


def _take_back(parts: Parts, session: Session, named: tuple[Kind, str], returned: Returned) -> Word:
    row = returns.message(session, *named)
    if row is None:
        return "ignored"
    if row.status in _ON_ITS_WAY:
        return "later"
    if not _come_back(session, row, returned):
        return "ignored"
    if isinstance(row, MailRow):
        _silence(parts, session, row, returned)
        return "done"
    letters = returns.letters_of_digest(session, row.id) if isinstance(row, DigestRow) else [row]
    if isinstance(row, DigestRow):
        for letter in letters:
            _come_back(session, letter, returned)
    tell_of_letters(parts, session, letters)
    if returned.kind == "complaint":
        office = deliveries.official(session, row.official_id)
        state = returns.state_code(session, row.state_id)
        log.error("office.complained", state=state, office=office.office if office is not None else "")
    elif returned.kind == "hard":
        count_bounce(parts, session, row.address, returned.reason)
    return "done"


def _come_back(session: Session, row: returns.Sent, returned: Returned) -> bool:
    """Move what has left to what came of it; False where that is written down already, or it never left.

    A complaint about what may have left proves that it did, but not that all of it did: that stays unknown.
    """
    if row.status not in ("accepted", "unknown"):
        return False
    target: DispatchStatus = "complained" if returned.kind == "complaint" else "bounced"
    if is_drawn("dispatch", row.status, target):
        move(session, row, target, reason=returned.reason)
    return True


def _silence(parts: Parts, session: Session, mail: MailRow, returned: Returned) -> None:
    """Write no more mail to a mailbox that takes none or wants none, and forget what it can no longer confirm.

    What it confirmed stays. A server that only gave up for now silences nobody.
    """
    known = supporters.by_id(session, mail.supporter_id)
    if known is None or returned.kind == "expired":
        return
    why = "complained" if returned.kind == "complaint" else "bounced"
    if email := email_of(parts.keys, known):
        mailbox = mailbox_of(parts, session, addresses.canonical(email))  # first: a press locks it before the supporter
        if mailbox.suppressed_at is None:
            mailbox.suppressed_at, mailbox.suppressed_for = parts.clock.now(), why
    supporter = supporters.by_id(session, mail.supporter_id, is_locked=True)
    if supporter is not None:
        _stop(parts, session, supporter, why)


def _stop(parts: Parts, session: Session, supporter: SupporterRow, why: str) -> None:
    forget_signatures(session, supporters.signatures(session, supporter.id, "pending"))
    for waiting in deliveries.mails_of(session, supporter.id):
        if waiting.status == "queued":
            try:
                move(session, waiting, "cancelled", reason=why, finished_at=parts.clock.now())
            except StaleMoveError:
                continue  # its worker was faster
