"""Question: ask a supporter once, when the offices have had their time, whether they answered."""

import datetime as dt

from sqlalchemy.orm import Session

from campaign.models.delivery import DeliveryRow
from campaign.parts import Parts
from campaign.queries import answer as answers
from campaign.queries import supporter as supporters
from campaign.queries.answer import Press
from campaign.services.budget import is_silenced, queue_mail
from campaign.services.sealed import email_of
from campaign.services.transact import transact

BATCH = 500


def ask_after(delivery: DeliveryRow, now: dt.datetime) -> None:
    """Set when the supporter of a letter that has just left is asked about it: `answer_days` from now.

    A letter that did not leave, and a second letter, are never asked about.
    """
    if delivery.status == "accepted" and delivery.round == 1:
        delivery.ask_at = now + dt.timedelta(days=delivery.answer_days)


def question(parts: Parts) -> int:
    """Queue the question for up to a batch of presses whose letters have all had their time; how many were asked.

    Signatures that one press confirmed are asked about together, and no signature is asked about twice.
    """
    with parts.reading() as session:
        presses = answers.presses_to_ask(session, parts.clock.now(), BATCH)
    return sum(_ask_about(parts, press) for press in presses)


def _ask_about(parts: Parts, press: Press) -> bool:
    return transact(parts, lambda session: _ask(parts, session, press))


def _ask(parts: Parts, session: Session, press: Press) -> bool:
    known = supporters.by_id(session, press.supporter_id)
    email = email_of(parts.keys, known) if known is not None else ""
    if not email:
        return False
    silenced = is_silenced(parts, session, email)  # first: whoever presses locks the mailbox before the supporter
    supporter = supporters.by_id(session, press.supporter_id, is_locked=True)
    letters = answers.of_press(session, press)
    asked = {one.signature_id for one in letters if one.asked_at is not None}
    fresh = [one for one in letters if one.signature_id not in asked]
    if supporter is None or not fresh:  # another worker was faster
        return False
    now = parts.clock.now()
    for one in fresh:
        if silenced:
            one.ask_at = None  # nobody will ask
        else:
            one.asked_at = now
    if silenced:
        return False
    queue_mail(parts, session, supporter, "question", now, *dict.fromkeys(one.signature_id for one in fresh))
    return True
