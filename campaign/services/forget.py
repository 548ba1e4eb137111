"""Forget: remove what nobody confirmed in time, and the personal paragraphs of letters long gone."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from campaign.domain import schedule
from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.queries import apart
from campaign.queries import delivery as deliveries
from campaign.queries import organiser as organisers
from campaign.queries import phrase as phrases
from campaign.queries import supporter as supporters
from campaign.services.transact import transact

BATCH = 500


def forget_signatures(session: Session, signatures: Iterable[SignatureRow]) -> None:
    """Delete pending signatures with everything typed for them."""
    for signature in signatures:
        for consent in supporters.consents(session, signature.id):
            session.delete(consent)
        session.flush()
        session.delete(signature)
    session.flush()


def forget(parts: Parts) -> int:
    """Delete up to a batch of what has outlived its time; how many rows were touched.

    Pending signatures after 14 days, then supporters of whom nothing is left once their last link is over;
    personal paragraphs 30 days after the last letter of their signature is final; fingerprints of networks after two
    days; turns of phrase that no letter has held for 90 days.
    """

    def work(session: Session) -> int:
        now = parts.clock.now()
        pending = supporters.pending_before(session, now - schedule.PENDING_LIFE, BATCH)
        forget_signatures(session, pending)
        empty = supporters.without_signatures(session, now - schedule.PENDING_LIFE, BATCH)
        for supporter in empty:
            for mail in deliveries.mails_of(session, supporter.id):
                session.delete(mail)
            session.flush()
            session.delete(supporter)
        said = supporters.with_old_paragraph(session, now - schedule.PARAGRAPH_LIFE, BATCH)
        for signature in said:
            signature.paragraph_sealed = signature.trim_sealed = None
        days_ago = now - dt.timedelta(hours=48)
        signed = supporters.with_old_network(session, days_ago, BATCH)
        for signature in signed:
            signature.network_key = None
        told = apart.with_old_network(session, days_ago, BATCH)
        for own in told:
            own.network_key = None
        organisers.forget_old_attempts(session, days_ago)
        unused = phrases.unused_since(session, (now - schedule.PHRASE_LIFE).date(), BATCH)
        for phrase in unused:
            session.delete(phrase)
        return len(pending) + len(empty) + len(said) + len(signed) + len(told) + len(unused)

    return transact(parts, work)
