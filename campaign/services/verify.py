"""Verify: say which mailbox an office reads; letters that waited for it go on their way."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain.mailbox import Doubt, doubts, official_domains
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.campaign import OfficialRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import organiser as organisers
from campaign.queries import supporter as supporters
from campaign.services.hush import follow
from campaign.services.move import move
from campaign.services.note import COMMAND_LINE
from campaign.services.note import note as write
from campaign.services.pace import way_to
from campaign.services.suspend import lift
from campaign.services.transact import transact

BATCH = 500


@dataclass(frozen=True, slots=True)
class Address:
    """An office's address as it is mailed at, the page it was read on, and when (aware UTC)."""

    email: str
    source: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Verified:
    """An office's address as it stands now, and how many letters were let go."""

    email: str
    released: int


def official_row(parts: Parts, session: Session, slug: str, state: str, office: str) -> OfficialRow:
    """The row of an office by its state's code or slug.

    Raises NotFoundError where there is none.
    """
    found = parts.editions.current(slug).state(state.upper() if len(state) == 2 else state.lower())
    row = editions.official_rows(session, found.id).get(office) if found is not None else None
    if row is None or row.retired_at is not None:
        raise NotFoundError(f"there is no office {office} of {state} in {slug}")
    return row


def note(parts: Parts, session: Session, what: str, row: OfficialRow, reason: str, who: str = COMMAND_LINE) -> None:
    """Write down what was done to an office, and why; `who` is an organiser's id, or a word."""
    write(parts, session, who, what, f"official {row.id}", reason)


def touch(session: Session, slug: str) -> None:
    """Let everybody read a campaign anew."""
    campaign = editions.row(session, slug)
    if campaign is not None:
        campaign.revision += 1


def clean_address(email: str, source: str) -> str:
    """Bring an office's address into the form it is mailed at.

    Raises InputRefusedError for an address, or a page it was read on, that cannot be taken.
    """
    typed = email.strip()
    problems = []
    if addresses.fault(typed) is not None:
        problems.append(Problem("email", addresses.fault(typed) or ""))
    if not source.startswith(("https://", "http://")) or any(one.isspace() for one in source):
        problems.append(Problem("source", "E-SOURCE"))
    if problems:
        raise InputRefusedError(tuple(problems))
    return addresses.clean(typed)


def set_email(  # noqa: PLR0913, PLR0917  which office, what and by whom
    parts: Parts, slug: str, state: str, office: str, email: str, source: str, who: str = COMMAND_LINE
) -> str:
    """Write down another address of an office and where it was read; it gets no letters until it is verified.

    The address that is known already is only noted as looked at today. `who` is an organiser's id, or a word.
    Raises NotFoundError, and InputRefusedError for an address or a source that cannot be taken.
    """
    address = clean_address(email, source.strip())

    def work(session: Session) -> str:
        row = official_row(parts, session, slug, state, office)
        put_address(parts, session, row, Address(address, source.strip(), parts.clock.now()), who)
        touch(session, slug)
        return address

    return transact(parts, work)


def put_address(parts: Parts, session: Session, row: OfficialRow, read: Address, who: str) -> None:
    """Put an address into an office's row, with where and when it was read; a new one is not verified."""
    if read.email != row.email:
        row.set_email, row.set_by = read.email, who
        row.verified_email, row.verified_at, row.verified_by = "", None, ""
    row.set_source, row.set_at = read.source, read.at
    note(parts, session, "official.set", row, read.source, who)


def verify(parts: Parts, slug: str, state: str, office: str, who: str = COMMAND_LINE, email: str = "") -> Verified:
    """Confirm that an office's address is its own; letters that were held for it are queued.

    Where letters came back from it, offices that share the address get theirs again too. `who` is an organiser's id:
    whoever set an address does not verify it while another could, nor ever where something speaks against it; or a
    word, whom nothing holds. `email` is the address that was looked at, where that was on a page.

    Raises NotFoundError, also where no address is known; InputRefusedError where another person must verify it, or
    where it is another address by now.
    """

    def work(session: Session) -> tuple[list[int], str]:
        row = official_row(parts, session, slug, state, office)
        if not row.email:
            raise NotFoundError(f"no address is known for {office} of {state}; set one first")
        if email and email != row.email:
            raise InputRefusedError((Problem("verify", "E-ADDRESS-CHANGED"),))
        if needs_another(parts, session, slug, row, who):
            raise InputRefusedError((Problem("verify", "E-FOUR-EYES"),))
        row.verified_email, row.verified_at, row.verified_by = row.email, parts.clock.now(), who
        lifted = lift(session, row)
        follow(session, row)
        note(parts, session, "official.verify", row, row.set_source or row.official.source, who)
        touch(session, slug)
        return lifted, row.email

    lifted, verified = transact(parts, work)
    return Verified(verified, sum(release_all(parts, official_id) for official_id in lifted))


def needs_another(parts: Parts, session: Session, slug: str, row: OfficialRow, who: str) -> bool:
    """Tell whether somebody else than an organiser must verify an office's address: they set it themselves."""
    if not row.set_email or row.set_by != who or who == COMMAND_LINE:
        return False
    return bool(doubts_of(parts, slug, row)) or organisers.others_for_offices(session, who)


def doubts_of(parts: Parts, slug: str, row: OfficialRow) -> tuple[Doubt, ...]:
    """What speaks against an office's address."""
    state = parts.editions.current(slug).state_with(row.state_id)
    known = official_domains(one.official for one in state.officials) if state is not None else frozenset()
    return doubts(row.email, known)


def release_all(parts: Parts, official_id: int) -> int:
    """Queue the letters that were held for an office, where it has an address to go to; how many."""
    released = 0
    while batch := transact(parts, lambda session: _release(parts, session, official_id)):
        released += batch
    return released


def _release(parts: Parts, session: Session, official_id: int) -> int:
    row = deliveries.official(session, official_id)
    if row is None or not row.mailable_email:
        return 0
    address = row.mailable_email
    held = deliveries.held_by(session, official_id, BATCH)
    now = parts.clock.now()
    for delivery in held:
        signature = supporters.signature(session, delivery.signature_id)
        had = signature is None or deliveries.has_had_letter(session, signature.supporter_id, address)
        had = had or deliveries.to_address(session, delivery.signature_id, address) is not None
        if had and delivery.round == 1:  # a second letter follows one that the mailbox has had
            move(session, delivery, "cancelled", reason="had-one", finished_at=now)
        else:
            way = way_to(parts, session, address, row.takes)
            move(session, delivery, "queued", address=address, way=way, due_at=now, reason="")
    return len(held)
