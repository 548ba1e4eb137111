"""Budget: how many mails nobody asked for by a press may go to one mailbox, and the question that is asked."""

import datetime as dt

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import schedule
from campaign.models.delivery import MailRow
from campaign.models.supporter import MailboxRow, SupporterRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import supporter as supporters


def mailbox_of(parts: Parts, session: Session, canonical: str) -> MailboxRow:
    """What the site remembers of a mailbox, locked; remembered from now on where it was not."""
    key = parts.keys.mailbox_key(canonical)
    found = supporters.mailbox(session, key)
    if found is None:
        found = MailboxRow(key=key, mails_ever=0, mails_today=0, today=parts.clock.now().date())
        session.add(found)
        session.flush()
    return found


def is_silenced(parts: Parts, session: Session, email: str) -> bool:
    """Tell whether no mail may go to a mailbox any more: it wants none, or takes none."""
    mailbox = supporters.mailbox(session, parts.keys.mailbox_key(addresses.canonical(email)))
    return mailbox is not None and mailbox.suppressed_at is not None


def may_mail(parts: Parts, mailbox: MailboxRow) -> bool:
    """Tell whether one more mail nobody pressed for may go to a mailbox today."""
    if mailbox.suppressed_at is not None:
        return False
    if not parts.settings.has_rate_limits:
        return True
    today = mailbox.mails_today if mailbox.today == parts.clock.now().date() else 0
    if mailbox.pressed_at is not None:
        return today < schedule.MAILS_A_DAY_PRESSED
    return today < schedule.MAILS_A_DAY and mailbox.mails_ever < schedule.MAILS_EVER


def queue_mail(
    parts: Parts, session: Session, supporter: SupporterRow, kind: str, due_at: dt.datetime, *signatures: str
) -> MailRow:
    """Write down a mail to a supporter; the worker writes its words when it leaves."""
    row = MailRow(
        id=new_id(),
        supporter_id=supporter.id,
        kind=kind,
        signatures=signatures,
        status="queued",
        due_at=due_at,
        created_at=parts.clock.now(),
    )
    session.add(row)
    return row


def _spend(parts: Parts, mailbox: MailboxRow) -> None:
    today = parts.clock.now().date()
    mailbox.mails_today = mailbox.mails_today + 1 if mailbox.today == today else 1
    mailbox.today = today
    mailbox.mails_ever += 1


def ask(parts: Parts, session: Session, supporter: SupporterRow, mailbox: MailboxRow, kind: str) -> bool:
    """See to it that a mail of a kind (`confirm`, `already`, `yours`) leaves soon; False where the budget forbids it.

    One that is about to leave is joined. Soon after one has left, the next waits a little for more to join it, but for
    the link to one's own page, which nothing joins.
    """
    if deliveries.queued_mail(session, supporter.id, kind) is not None:
        return True
    if not may_mail(parts, mailbox):
        return False
    now = parts.clock.now()
    last = supporter.mailed_at
    is_soon = kind != "yours" and last is not None and now - last < schedule.JOIN_WITHIN
    queue_mail(parts, session, supporter, kind, now + schedule.JOIN_WAIT if is_soon else now)
    _spend(parts, mailbox)
    return True
