"""Races: many at once come to what one after the other would, on both databases."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import people
import pytest
from sqlalchemy import text

from campaign.errors import StaleMoveError, TokenError
from campaign.jobs.worker import Worker
from campaign.models.delivery import DeliveryRow
from campaign.outside.mail.fake import FakeMailer
from campaign.services import claim as claiming
from campaign.services import confirm as confirming
from campaign.services import withdraw as withdrawing
from campaign.services.count import stats
from campaign.services.deliver import write_down

THREADS = 8


def figures(parts, code="LT"):
    return stats(parts, parts.editions.current(people.CAMPAIGN))["states"][code]


def at_once(*acts):
    """Let every act begin at the same moment, and give what each came to."""
    gate = threading.Barrier(len(acts))

    def one(act):
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(one, act) for act in acts]]


def count(parts, question):
    with parts.reading() as session:
        return session.execute(text(question)).scalar_one()


def test_one_form_sent_many_times_at_once_is_one_signature(own_parts):
    at_once(*[lambda: people.sign(own_parts)] * THREADS)
    assert figures(own_parts)["pending"] == 1
    assert count(own_parts, "SELECT count(*) FROM mail") == 1


def test_one_link_pressed_many_times_at_once_counts_once(own_parts):
    people.sign(own_parts)
    people.work(own_parts)
    [mail] = people.mails(own_parts)
    pressed = at_once(*[lambda: people.press(own_parts, mail)] * THREADS)
    assert sum(pressed) == 1
    assert figures(own_parts)["confirmed"] == 1
    assert count(own_parts, "SELECT count(*) FROM journal") == 1
    assert count(own_parts, "SELECT count(*) FROM mail WHERE kind = 'receipt'") == 1


def test_many_workers_send_each_letter_once(own_parts):
    own_parts = replace(own_parts, settings=replace(own_parts.settings, letters_per_hour=0))
    for number in range(15):
        people.sign(own_parts, email=f"person{number}@example.org")
    people.work(own_parts)
    for mail in people.mails(own_parts):
        people.press(own_parts, mail)
    mailers = [FakeMailer() for _ in range(4)]
    at_once(*[Worker(replace(own_parts, mailer=mailer)).drain for mailer in mailers])
    Worker(own_parts).drain()
    ids = [one.message_id for mailer in (*mailers, own_parts.mailer) for one in mailer.accepted]
    assert len(ids) == len(set(ids))
    assert figures(own_parts)["letters_sent"] == 15 * 2
    assert figures(own_parts)["letters_waiting"] == 0


def test_a_worker_that_slept_past_its_lease_sends_nothing(own_parts):
    people.confirmed(own_parts, offices=("prime-minister",))
    asleep = claiming.claim(own_parts, DeliveryRow)
    own_parts.clock.move(dt.timedelta(seconds=own_parts.settings.lease_seconds + 1))
    assert claiming.recover(own_parts) == 1
    people.work(own_parts)
    assert figures(own_parts)["letters_sent"] == 1
    assert write_down(own_parts, asleep) is False
    with pytest.raises(StaleMoveError):
        claiming.hold(own_parts, asleep)


def test_a_beating_heart_keeps_the_lease(own_parts):
    people.confirmed(own_parts, offices=("prime-minister",))
    row = claiming.claim(own_parts, DeliveryRow)
    for _ in range(3):
        own_parts.clock.move(dt.timedelta(seconds=own_parts.settings.lease_seconds - 1))
        claiming.hold(own_parts, row)
        assert claiming.recover(own_parts) == 0
    assert write_down(own_parts, row) is True


def test_withdrawing_and_sending_at_once_agree_on_what_left(own_parts):
    """Either the letter was stopped, and nobody has it; or it had begun to leave, and is told as gone."""
    for number in range(6):
        people.confirmed(own_parts, email=f"racer{number}@example.org", offices=("prime-minister",))
    people.work(own_parts)
    tokens = []
    for number in range(6):
        people.sign(own_parts, "finland", email=f"racer{number}@example.org", offices=("president",))
    own_parts.clock.move(dt.timedelta(minutes=20))
    people.work(own_parts)
    for mail in [one for one in people.mails(own_parts) if "/confirm/" in one.text][-6:]:
        people.press(own_parts, mail)
        tokens.append(people.token(mail, "withdraw"))
    before = len(people.letters(own_parts))

    def take_back():
        for token in tokens:
            finland = [
                one.signature_id
                for one in withdrawing.opened(own_parts, token).signatures
                if one.state.state.code == "FI"
            ]
            withdrawing.withdraw(own_parts, token, set(finland))

    mailer = FakeMailer()
    at_once(take_back, Worker(replace(own_parts, mailer=mailer)).drain)
    left = [one for one in mailer.accepted if not one.is_automatic]
    assert figures(own_parts, "FI")["letters_sent"] == len(left)
    assert figures(own_parts, "FI")["withdrawn"] == 6
    assert figures(own_parts, "FI")["letters_waiting"] == 0
    assert len(people.letters(own_parts)) == before


def test_confirming_and_deleting_at_once_end_in_one_of_both(own_parts):
    people.sign(own_parts)
    people.work(own_parts)
    [mail] = people.mails(own_parts)

    def delete():
        try:
            confirming.delete(own_parts, people.token(mail))
        except TokenError:
            return 0
        return 1

    pressed, deleted = at_once(lambda: people.press(own_parts, mail), delete)
    assert pressed + deleted == 1
    assert figures(own_parts)["confirmed"] == pressed
