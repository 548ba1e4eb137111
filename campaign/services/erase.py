"""Erase: remove a person for good: nothing of them is left that could be opened, and the count stays honest."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.errors import InputRefusedError, Problem
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.models.tables import personal_columns
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import order as orders
from campaign.queries import supporter as supporters
from campaign.services.budget import mailbox_of
from campaign.services.forget import forget_signatures
from campaign.services.move import move
from campaign.services.note import note
from campaign.services.transact import transact
from campaign.services.withdraw import close, take_back

MAX_REASON = 500
_LIVE = ("confirmed", "invalidated", "withdrawn")


@dataclass(frozen=True, slots=True)
class Erased:
    """How many signatures of a person were removed, of how many campaigns; both 0 where nothing was kept of them."""

    signatures: int
    campaigns: int


def erase(parts: Parts, who: str, email: str, reason: str) -> Erased:
    """Remove all that is kept of an address, in every campaign, in one transaction.

    What counted is taken out of the count, letters that have not begun to leave stay, mails to them are called off,
    and exports of people that somebody could still take are gone. Only a fingerprint of the mailbox stays, with how
    many mails it got, so that nobody can use us to flood it. It is written down with the reason, without the
    address. Raises InputRefusedError.
    """
    typed, said = email.strip(), reason.strip()
    problems = []
    code = addresses.fault(typed)
    if code is not None:
        problems.append(Problem("email", code))
    if not said:
        problems.append(Problem("reason", "E-LOOK-REASON"))
    elif len(said) > MAX_REASON:
        problems.append(Problem("reason", "E-LOOK-LONG", {"most": str(MAX_REASON)}))
    if problems:
        raise InputRefusedError(tuple(problems))
    canonical = addresses.canonical(addresses.clean(typed))
    return transact(parts, lambda session: _erase(parts, session, who, canonical, said))


def _erase(parts: Parts, session: Session, who: str, canonical: str, reason: str) -> Erased:
    signatures, campaigns = 0, 0
    mailbox_of(parts, session, canonical)  # mailbox before supporter: everybody locks in this order
    for slug in editions.slugs(session):
        campaign = editions.row(session, slug)
        key = parts.keys.address_key(canonical, slug)
        known = supporters.by_address_key(session, campaign.id, key) if campaign is not None else None
        supporter = supporters.by_id(session, known.id, is_locked=True) if known is not None else None
        if campaign is None or supporter is None:
            continue
        signatures += _erase_supporter(parts, session, supporter)
        campaigns += 1
        for export in orders.of_people(session, campaign.id):
            move(session, export, "expired")
    note(parts, session, who, "people.erase", f"{campaigns} supporters, {signatures} signatures", reason)
    return Erased(signatures, campaigns)


def _erase_supporter(parts: Parts, session: Session, supporter: SupporterRow) -> int:
    pending = supporters.signatures(session, supporter.id, "pending")
    kept = supporters.signatures(session, supporter.id, *_LIVE)
    count = len(pending) + len(kept)
    forget_signatures(session, pending)
    for one in kept:
        if one.status == "confirmed":
            take_back(parts, session, one, "erased")
        elif one.status == "invalidated":
            close(parts, session, one, "erased")
        move(session, one, "erased")
        _empty(one)
    for mail in deliveries.mails_of(session, supporter.id):
        if mail.status == "queued":
            move(session, mail, "cancelled", reason="erased")
    supporter.confirm_generation += 1  # ends every link that is out
    supporter.confirm_expires_at = None
    _empty(supporter)
    session.flush()
    return count


def _empty(row: SignatureRow | SupporterRow) -> None:
    """Empty every column that is declared to hold something of a person."""
    for column in personal_columns()[row.__tablename__]:
        setattr(row, column, None)
