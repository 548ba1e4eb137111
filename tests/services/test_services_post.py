"""Mails to supporters when something comes between: another mail, a withdrawal, a damaged row."""

import datetime as dt
from dataclasses import replace

import people
from sqlalchemy import text

from campaign.jobs.worker import Worker
from campaign.models.delivery import DeliveryRow
from campaign.outside.mail.fake import FakeMailer
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.services import claim as claiming
from campaign.services.confirm import opened
from campaign.services.count import stats
from campaign.services.withdraw import opened as withdrawable
from campaign.services.withdraw import withdraw


class Interrupted(FakeMailer):
    """Lets something happen while the first message waits for its recipient to be taken."""

    def __init__(self, meanwhile):
        super().__init__()
        self.meanwhile = meanwhile

    def hand_over(self, message, before_data):
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return super().hand_over(message, before_data)


def test_of_two_mails_at_once_the_newest_link_works(own_parts):
    """Both were written for the same link; the one that comes second is written anew."""
    second = replace(own_parts, mailer=FakeMailer())

    def meanwhile():
        people.sign(own_parts, "finland")
        own_parts.clock.move(dt.timedelta(seconds=20))
        Worker(second).drain()

    people.sign(own_parts, "latvia")
    first = replace(own_parts, mailer=Interrupted(meanwhile))
    Worker(first).drain()
    own_parts.clock.move(dt.timedelta(seconds=20))
    Worker(first).drain()
    links = [people.token(one) for one in (*second.mailer.accepted, *first.mailer.accepted)]
    assert len(links) == len(set(links))
    assert len(opened(own_parts, links[-1], "en").pending) == 2


def test_a_letter_withdrawn_while_its_server_says_later_stays_stopped(own_parts):
    people.confirmed(own_parts, offices=("prime-minister",))
    row = claiming.claim(own_parts, DeliveryRow)
    token = people.token(people.mails(own_parts)[-1], "withdraw")
    withdraw(own_parts, token, {one.signature_id for one in withdrawable(own_parts, token).signatures})
    for outcome in (Outcome.TEMPORARY, Outcome.REFUSED, Outcome.BLOCKED, Outcome.ABANDONED):
        assert claiming.settle(own_parts, row, Handover(outcome)) == "stale"
    figures = stats(own_parts, own_parts.editions.current(people.CAMPAIGN))["states"]["LT"]
    assert figures["letters_waiting"] == figures["letters_refused"] == 0


def test_a_mail_that_cannot_be_written_is_blocked_and_the_next_one_leaves(loaded):
    people.sign(loaded, email="damaged@example.org")
    with loaded.writing() as session:
        session.execute(text("UPDATE supporter SET email_sealed = :wrong"), {"wrong": b"0" * 40})
        session.commit()
    people.sign(loaded, email="whole@example.org")
    people.work(loaded)
    assert [one.to_address for one in people.mails(loaded)] == ["whole@example.org"]
    with loaded.reading() as session:
        statuses = session.execute(text("SELECT status FROM mail ORDER BY status")).scalars().all()
    assert statuses == ["accepted", "blocked"]
