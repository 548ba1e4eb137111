"""Release: let a held letter go, as far as its office lets it."""

from sqlalchemy.orm import Session

from campaign.models.delivery import DeliveryRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import supporter as supporters
from campaign.services.hush import SILENCE
from campaign.services.move import move
from campaign.services.pace import way_to


def release(parts: Parts, session: Session, delivery: DeliveryRow) -> None:
    """Let a held letter go: onto its way, or stopped where its office wants none or its mailbox has had it.

    It stays held where its office has no address that letters may go to; it then waits for one like any other.
    """
    now = parts.clock.now()
    office = deliveries.official(session, delivery.official_id)
    if office is not None and office.takes == SILENCE:
        move(session, delivery, "cancelled", reason=SILENCE, finished_at=now)
        return
    address = office.mailable_email if office is not None else ""
    if office is None or not address:
        delivery.reason = "suspended" if office is not None and office.suspended_at is not None else ""
        session.flush()
        return
    if has_had(session, delivery, address):
        move(session, delivery, "cancelled", reason="had-one", finished_at=now)
        return
    way = way_to(parts, session, address, office.takes)
    move(session, delivery, "queued", address=address, way=way, due_at=now, reason="")


def has_had(session: Session, delivery: DeliveryRow, address: str) -> bool:
    """Tell whether a mailbox has had, or gets, this supporter's letter; a second letter follows one that it has had."""
    if delivery.round != 1:
        return False
    signature = supporters.signature(session, delivery.signature_id)
    if signature is None or deliveries.has_had_letter(session, signature.supporter_id, address):
        return True
    return deliveries.to_address(session, delivery.signature_id, address) is not None
