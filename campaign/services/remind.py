"""Remind: ask a mailbox once more, two days after its unanswered mail; then silence."""

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import schedule
from campaign.parts import Parts
from campaign.queries import supporter as supporters
from campaign.services.budget import ask, mailbox_of
from campaign.services.sealed import email_of
from campaign.services.transact import transact

BATCH = 200


def remind(parts: Parts) -> int:
    """Queue one more mail for up to a batch of mailboxes that left their letters unanswered; how many were looked at.

    A mailbox is reminded once in its life, within the budget of mails nobody pressed for.
    """

    def work(session: Session) -> int:
        now = parts.clock.now()
        found = supporters.unanswered(session, now - schedule.REMIND_AFTER, BATCH)
        for supporter in found:
            supporter.reminded_at = now
            mailbox = mailbox_of(parts, session, addresses.canonical(email_of(parts.keys, supporter)))
            ask(parts, session, supporter, mailbox, "confirm")
        return len(found)

    return transact(parts, work)
