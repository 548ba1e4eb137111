"""Verify: say which mailbox an office reads; letters that waited for it go on their way."""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.campaign import OfficialRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
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


def note(parts: Parts, session: Session, what: str, row: OfficialRow, reason: str) -> None:
    """Write down what was done to an office, and why."""
    write(parts, session, COMMAND_LINE, what, f"official {row.id}", reason)


def touch(session: Session, slug: str) -> None:
    """Let everybody read a campaign anew."""
    campaign = editions.row(session, slug)
    if campaign is not None:
        campaign.revision += 1


def set_email(parts: Parts, slug: str, state: str, office: str, email: str, source: str) -> str:
    """Write down another address of an office and where it was read; it gets no letters until it is verified.

    Raises NotFoundError, and InputRefusedError for an address or a source that cannot be taken.
    """
    try:
        cleaned = validate_email(email.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise InputRefusedError((Problem("email", "E-EMAIL"),)) from error
    if not source.startswith(("https://", "http://")):
        raise InputRefusedError((Problem("source", "E-SOURCE"),))
    address = f"{cleaned.local_part}@{cleaned.ascii_domain.lower()}"

    def work(session: Session) -> str:
        row = official_row(parts, session, slug, state, office)
        row.set_email, row.set_source = address, source
        row.verified_email, row.verified_at = "", None
        note(parts, session, "official.set", row, source)
        touch(session, slug)
        return address

    return transact(parts, work)


def verify(parts: Parts, slug: str, state: str, office: str) -> Verified:
    """Confirm that an office's address is its own; letters that were held for it are queued.

    Where letters came back from it, offices that share the address get theirs again too. Raises NotFoundError, also
    where no address is known.
    """

    def work(session: Session) -> tuple[list[int], str]:
        row = official_row(parts, session, slug, state, office)
        if not row.email:
            raise NotFoundError(f"no address is known for {office} of {state}; set one first")
        row.verified_email, row.verified_at = row.email, parts.clock.now()
        lifted = lift(session, row)
        follow(session, row)
        note(parts, session, "official.verify", row, row.set_source or row.official.source)
        touch(session, slug)
        return lifted, row.email

    lifted, email = transact(parts, work)
    return Verified(email, sum(_release_all(parts, official_id) for official_id in lifted))


def _release_all(parts: Parts, official_id: int) -> int:
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
