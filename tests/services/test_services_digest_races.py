"""Digests in a race: workers, withdrawals and offices that change their minds at once, on both databases."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import digests
import people
from sqlalchemy import text

from campaign.jobs.worker import Worker
from campaign.models.delivery import DigestRow
from campaign.outside.mail.fake import FakeMailer
from campaign.services import claim as claiming
from campaign.services.deliver import write_down
from campaign.services.digest import open_digests
from campaign.services.takes import take


def at_once(*acts):
    """Let every act begin at the same moment, and give what each came to."""
    gate = threading.Barrier(len(acts))

    def one(act):
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(one, act) for act in acts]]


def standing(parts):
    """How many letters stand in which status."""
    with parts.reading() as session:
        return dict(session.execute(text("SELECT status, count(*) FROM delivery GROUP BY status")).all())


def gathered(parts, count):
    digests.let_take(parts)
    for number in range(count):
        digests.write(parts, number)
    parts.clock.move(dt.timedelta(minutes=1))
    people.work(parts)


def left(mailers):
    """Whose letters left, in the order of the mails."""
    mails = [one for mailer in mailers for one in mailer.in_data if one.attachments]
    return [name for mail in mails for name in digests.names(mail)]


def test_many_workers_open_one_digest_and_send_each_letter_once(own_parts):
    gathered(own_parts, 6)
    assert sum(at_once(*[lambda: open_digests(own_parts)] * 4)) == 1
    mailers = [FakeMailer() for _ in range(4)]
    at_once(*[Worker(replace(own_parts, mailer=mailer)).drain for mailer in mailers])
    assert sorted(left(mailers)) == [f"Ona Nr{number}" for number in range(6)]
    assert standing(own_parts) == {"accepted": 6}


def test_taking_back_and_sending_at_once_agree_on_what_left(own_parts):
    """Either a letter was stopped, and is in nobody's hands; or it had begun to leave, and is told as gone."""
    gathered(own_parts, 6)
    open_digests(own_parts)
    mailer = FakeMailer()
    worker = Worker(replace(own_parts, mailer=mailer))

    def take_back():
        for number in range(0, 6, 2):
            digests.take_back(own_parts, f"person{number}@example.org")

    at_once(take_back, worker.drain)
    own_parts.clock.move(dt.timedelta(seconds=10))
    worker.drain()
    found = standing(own_parts)
    assert found.get("accepted", 0) == len(left([mailer]))
    assert found.get("accepted", 0) + found.get("cancelled", 0) == 6
    assert {"Ona Nr1", "Ona Nr3", "Ona Nr5"} <= set(left([mailer]))


def test_silence_and_sending_at_once_agree_on_what_left(own_parts):
    gathered(own_parts, 4)
    open_digests(own_parts)
    mailer = FakeMailer()
    worker = Worker(replace(own_parts, mailer=mailer))
    at_once(lambda: take(own_parts, people.CAMPAIGN, "LT", digests.OFFICE, "silence", "x"), worker.drain)
    own_parts.clock.move(dt.timedelta(seconds=10))
    worker.drain()
    assert standing(own_parts) in ({"accepted": 4}, {"cancelled": 4})
    assert len(left([mailer])) == standing(own_parts).get("accepted", 0)


def test_a_worker_that_slept_past_its_lease_sends_no_digest(own_parts):
    gathered(own_parts, 2)
    open_digests(own_parts)
    asleep = claiming.claim(own_parts, DigestRow)
    own_parts.clock.move(dt.timedelta(seconds=own_parts.settings.lease_seconds + 1))
    assert claiming.recover(own_parts) == 1
    people.work(own_parts)
    assert standing(own_parts) == {"accepted": 2}
    assert write_down(own_parts, asleep) is False
    assert len(digests.digests(own_parts)) == 1
