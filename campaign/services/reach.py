"""Reach: send whoever asks a link to their own page; the answer never tells whether an address is known."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import dates, schedule
from campaign.domain.edition import Edition
from campaign.domain.rule import around
from campaign.errors import InputRefusedError, Problem
from campaign.models.organiser import AttemptRow
from campaign.models.supporter import MailboxRow, SupporterRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import organiser as organisers
from campaign.queries import supporter as supporters
from campaign.services.budget import ask, mailbox_of
from campaign.services.links import link
from campaign.services.transact import transact

_NOBODY = "0" * 32  # the id of no row


@dataclass(frozen=True, slots=True)
class _Asking:
    address_key: str
    mailbox_key: str
    canonical: str
    network_key: str


def reach(parts: Parts, edition: Edition, email: str, network: str) -> None:
    """See to it that a mail with a link leaves to an address, as typed, if a supporter has it; `network` asks.

    The same is done, and a row written, whoever has the address. Raises InputRefusedError where it is none,
    UnavailableError when nothing was recorded.
    """
    typed = email.strip()
    code = addresses.fault(typed)
    if code is not None:
        raise InputRefusedError((Problem("email", code),))
    canonical = addresses.canonical(addresses.clean(typed))
    today = parts.clock.now().date()
    asking = _Asking(
        address_key=parts.keys.address_key(canonical, edition.cause.slug),
        mailbox_key=parts.keys.mailbox_key(canonical),
        canonical=canonical,
        network_key=parts.keys.network_key(f"yours/{around(network) if network else ''}", today),
    )
    transact(parts, lambda session: _reach(parts, session, edition, asking))


def _reach(parts: Parts, session: Session, edition: Edition, asking: _Asking) -> None:
    """Ask for the mail, if there is somebody to ask for; if not, ask as much and write as much of nobody."""
    now = parts.clock.now()
    lately = organisers.count_attempts(session, asking.network_key, now - schedule.ERASE_AFTER)
    session.add(AttemptRow(key=asking.network_key, at=now))
    mailbox = supporters.mailbox(session, asking.mailbox_key)  # mailbox before supporter
    supporter = supporters.by_address_key(session, edition.campaign_id, asking.address_key)
    is_many = parts.settings.has_rate_limits and lately >= schedule.YOURS_FROM_NETWORK
    if supporter is None or supporter.email_sealed is None or supporter.is_demo or is_many:
        supporter = None
    is_more = may_send(parts, session, asking.canonical, "yours")
    is_written = False
    if supporter is not None and is_more:
        mailbox = mailbox or mailbox_of(parts, session, asking.canonical)
        before = mailbox.mails_ever
        ask(parts, session, supporter, mailbox, "yours")
        is_written = mailbox.mails_ever > before  # not where one is about to leave, or none may
    else:
        deliveries.queued_mail(session, _NOBODY, "yours")
    if not is_written:
        _write_as_for_somebody(parts, session, asking)


def _write_as_for_somebody(parts: Parts, session: Session, asking: _Asking) -> None:
    """Write as often as where a mail is asked for: how long an answer takes must not tell who signed.

    What is written is a line of nobody's, and a mailbox as it stands; there is none of an unknown address.
    """
    session.flush()
    session.add(AttemptRow(key=_NOBODY, at=parts.clock.now()))
    session.flush()
    as_it_stands = update(MailboxRow).where(MailboxRow.key == asking.mailbox_key)
    session.execute(as_it_stands.values(mails_ever=MailboxRow.mails_ever))


def may_send(parts: Parts, session: Session, canonical: str, kind: str) -> bool:
    """Tell whether one more mail with a link to their own page may go to an address today, in whichever campaign."""
    since = parts.clock.now() - schedule.ERASE_AFTER
    keys = [parts.keys.address_key(canonical, slug) for slug in editions.slugs(session)]
    count = deliveries.count_mails(session, keys, kind, since)
    return count < schedule.YOURS_A_DAY or not parts.settings.has_rate_limits


def said_in_mail(parts: Parts, supporter: SupporterRow, kind: str) -> dict[str, object]:
    """What the mails about one's own page say: its link, for how many hours it works, and when all of it is erased."""
    now, language = parts.clock.now(), supporter.language
    at = supporter.erase_at if kind == "erasing" else None
    ends = at or now + schedule.YOURS_LIFE
    return {
        "yours_link": link(parts, "yours", supporter, 0, ends),
        "yours_hours": schedule.YOURS_LIFE // schedule.HOUR,
        "erase_on": dates.on_date(at.date(), language) if at is not None else "",
        "erase_time": dates.time(at, language) if at is not None else "",
    }
