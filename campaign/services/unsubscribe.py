"""Unsubscribe: no more mail to a mailbox, ever; never a withdrawal (RFC 8058 for the one-click way)."""

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.errors import StaleMoveError
from campaign.outside.keys import Purpose
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import supporter as supporters
from campaign.services.budget import mailbox_of
from campaign.services.links import supporter_of
from campaign.services.move import move
from campaign.services.sealed import email_of
from campaign.services.transact import transact

_PURPOSE: Purpose = "unsubscribe"


def opened(parts: Parts, token: str) -> bool:
    """Look at an unsubscribe link: whether its mailbox gets no more mail already.

    Raises TokenError when the link is not genuine.
    """
    with parts.reading() as session:
        supporter, _ = supporter_of(parts, session, _PURPOSE, token)
        canonical = addresses.canonical(email_of(parts.keys, supporter))
        mailbox = supporters.mailbox(session, parts.keys.mailbox_key(canonical))
        return mailbox is not None and mailbox.suppressed_at is not None


def unsubscribe(parts: Parts, token: str) -> None:
    """Write no more mail to the link's mailbox; signatures and letters stay as they are.

    Raises TokenError when the link is not genuine.
    """

    def work(session: Session) -> None:
        supporter, _ = supporter_of(parts, session, _PURPOSE, token)
        mailbox = mailbox_of(parts, session, addresses.canonical(email_of(parts.keys, supporter)))
        if mailbox.suppressed_at is None:
            mailbox.suppressed_at, mailbox.suppressed_for = parts.clock.now(), "unsubscribed"
        for mail in deliveries.mails_of(session, supporter.id):
            if mail.status == "queued":
                try:
                    move(session, mail, "cancelled", reason="unsubscribed")
                except StaleMoveError:
                    continue

    transact(parts, work)
