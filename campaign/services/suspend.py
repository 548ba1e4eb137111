"""Suspend: an office whose mailbox took no mail twice gets no letters until a person has looked at its address."""

from collections.abc import Sequence

import structlog
from sqlalchemy.orm import Session

from campaign.errors import StaleMoveError
from campaign.models.campaign import CampaignRow, OfficialRow
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import returns
from campaign.services.move import move
from campaign.services.note import CAMPAIGN, note
from campaign.services.tell import tell_of_office

log = structlog.get_logger()

MOST_BOUNCES = 2
BATCH = 500


def count_refusal(parts: Parts, session: Session, row: DeliveryRow | DigestRow | MailRow, handover: Handover) -> None:
    """Count a letter whose recipient the server refused for good; a no to anything later may be about the text."""
    if not isinstance(row, MailRow) and handover.outcome is Outcome.REFUSED and handover.reason.endswith(" RCPT"):
        count_bounce(parts, session, row.address, handover.reason)


def count_bounce(parts: Parts, session: Session, address: str, reason: str) -> None:
    """Count a letter that a mailbox did not take against every office that reads it; the second suspends them all.

    `reason` is a status code. Nothing is counted while everything goes to one address for a test.
    """
    offices = returns.offices_at(session, address) if address and not parts.settings.test_to else ()
    for office in offices:
        office.hard_bounces += 1
    if any(office.hard_bounces >= MOST_BOUNCES for office in offices):
        for office in offices:
            _suspend(parts, session, office, reason)
        _touch(session, offices)
        hold_back(parts, session)


def _suspend(parts: Parts, session: Session, office: OfficialRow, reason: str) -> None:
    office.suspended_at = parts.clock.now()
    which = f"official {office.id}"
    note(parts, session, CAMPAIGN, "official.suspended", which, reason)
    tell_of_office(parts, session, office)
    log.error("office.suspended", state=returns.state_code(session, office.state_id), office=office.office)


def _touch(session: Session, offices: Sequence[OfficialRow]) -> None:
    """Let everybody read the campaigns of some offices anew."""
    for campaign in returns.campaigns_of(session, offices):
        campaign.revision = CampaignRow.revision + 1  # counted by the database: others count too
    session.flush()


def is_suspended(session: Session, row: DeliveryRow | DigestRow | MailRow) -> bool:
    """Tell whether a letter's office gets none at present."""
    office = deliveries.official(session, row.official_id) if not isinstance(row, MailRow) else None
    return office is not None and office.suspended_at is not None


def hold_back(parts: Parts, session: Session) -> int:
    """Hold up to a batch of the letters that wait for suspended offices; how many were.

    A digest that waits is dissolved: its letters are gathered anew once the office is verified.
    """
    now = parts.clock.now()
    for digest in returns.digests_waiting_for_suspended(session):
        move(session, digest, "cancelled", reason="suspended", finished_at=now)
    waiting = returns.waiting_for_suspended(session, BATCH)
    for letter in waiting:
        try:
            move(session, letter, "held", address="", digest_id=None, reason="suspended")
        except StaleMoveError:
            continue  # its worker was faster; should it come back to the queue, it is held then
    return len(waiting)


def lift(session: Session, office: OfficialRow) -> list[int]:
    """Let letters go again to an office and to all that were suspended with its address; the ids of those offices."""
    offices = {one.id: one for one in (office, *returns.suspended_at(session, office.email))}
    for one in offices.values():
        one.suspended_at, one.hard_bounces = None, 0
    _touch(session, list(offices.values()))
    return list(offices)
