"""Fingerprint: tell the mail domains of supporters apart who signed before that was done at signing."""

from sqlalchemy.orm import Session

from campaign.parts import Parts
from campaign.queries import alarm as alarms
from campaign.services.sealed import email_of
from campaign.services.transact import transact

PIECE = 300


def fingerprint(parts: Parts) -> int:
    """Fingerprint the domains of up to a piece of supporters; how many."""

    def work(session: Session) -> int:
        found = alarms.without_domain(session, PIECE)
        for one in found:
            one.domain_key = parts.keys.domain_key(email_of(parts.keys, one).rpartition("@")[2])
        return len(found)

    return transact(parts, work)
