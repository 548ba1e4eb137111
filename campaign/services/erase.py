"""Erase: remove a person for good: nothing of them is left that could be opened, and the count stays honest."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import schedule
from campaign.errors import InputRefusedError, Problem, SealError, TokenError
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.models.tables import personal_columns
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import order as orders
from campaign.queries import supporter as supporters
from campaign.services.budget import mailbox_of, queue_mail
from campaign.services.forget import forget_signatures
from campaign.services.links import own_of
from campaign.services.move import move
from campaign.services.note import SUPPORTER, note
from campaign.services.reach import may_send
from campaign.services.sealed import email_of
from campaign.services.transact import transact
from campaign.services.withdraw import close, take_back

BATCH = 50
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
    for supporter in _supporters(parts, session, canonical):
        signatures += _erase_supporter(parts, session, supporter)
        campaigns += 1
        for export in orders.of_people(session, supporter.campaign_id):
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
    supporter.confirm_expires_at = supporter.erase_at = None
    _empty(supporter)
    session.flush()
    return count


def put_on(parts: Parts, token: str) -> None:
    """Note that the mailbox of a link to their own page is to be erased a day from now, in every campaign.

    Until then nothing of it leaves, and `put_off` undoes it. A second press changes nothing. Raises TokenError.
    """

    def work(session: Session) -> None:
        found, supporter = _everywhere(parts, session, token)
        now = parts.clock.now()
        at = next((one.erase_at for one in found if one.erase_at is not None), now + schedule.ERASE_AFTER)
        is_new = supporter.erase_at is None
        for one in found:
            one.erase_at = at
        canonical = addresses.canonical(email_of(parts.keys, supporter))
        if is_new and may_send(parts, session, canonical, "erasing"):
            queue_mail(parts, session, supporter, "erasing", now)

    transact(parts, work)


def put_off(parts: Parts, token: str) -> None:
    """Undo that the mailbox of a link is to be erased; what waited goes on where it stood. Raises TokenError."""

    def work(session: Session) -> None:
        found, _ = _everywhere(parts, session, token)
        for one in found:
            one.erase_at = None

    transact(parts, work)


def _everywhere(parts: Parts, session: Session, token: str) -> tuple[list[SupporterRow], SupporterRow]:
    """Lock a link's mailbox and find it in every campaign, with the supporter whose link it is."""
    unlocked = own_of(parts, session, token)
    canonical = addresses.canonical(email_of(parts.keys, unlocked))
    mailbox_of(parts, session, canonical)
    found = list(_supporters(parts, session, canonical))
    own = next((one for one in found if one.id == unlocked.id), None)
    if own is None:
        raise TokenError("row")
    return found, own


def _supporters(parts: Parts, session: Session, canonical: str) -> Iterator[SupporterRow]:
    """The supporters with an address, in every campaign, locked; the mailbox must be before."""
    for slug in editions.slugs(session):
        campaign = editions.row(session, slug)
        key = parts.keys.address_key(canonical, slug)
        known = supporters.by_address_key(session, campaign.id, key) if campaign is not None else None
        supporter = supporters.by_id(session, known.id, is_locked=True) if known is not None else None
        if supporter is not None:
            yield supporter


def erase_due(parts: Parts) -> int:
    """Erase up to a batch of those whose day to undo it is over, each in a transaction of its own; how many were.

    Raises SealError where an address cannot be opened, when all others have been erased.
    """
    with parts.reading() as session:
        due = supporters.due_to_be_erased(session, parts.clock.now(), BATCH)
    count, failed = 0, None
    for one in due:
        try:
            count += _erase_one(parts, one)
        except SealError as error:
            failed = error
    if failed is not None:
        raise failed
    return count


def _erase_one(parts: Parts, supporter_id: str) -> bool:
    return transact(parts, lambda session: _erase_if_due(parts, session, supporter_id))


def _erase_if_due(parts: Parts, session: Session, supporter_id: str) -> bool:
    found = supporters.by_id(session, supporter_id)
    email = email_of(parts.keys, found) if found is not None else ""
    if not email:
        return False
    canonical = addresses.canonical(email)
    mailbox_of(parts, session, canonical)
    supporter = supporters.by_id(session, supporter_id, is_locked=True)
    if supporter is None:
        return False
    session.refresh(supporter)  # another worker may have been faster, or it was undone meanwhile
    if supporter.erase_at is None or supporter.erase_at > parts.clock.now():
        return False
    _erase(parts, session, SUPPORTER, canonical, "")
    return True


def _empty(row: SignatureRow | SupporterRow) -> None:
    """Empty every column that is declared to hold something of a person."""
    for column in personal_columns()[row.__tablename__]:
        setattr(row, column, None)
