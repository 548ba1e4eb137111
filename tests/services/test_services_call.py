"""Calls to webhooks: tried again with growing waits, resting after failures, killed without loss, never in the way."""

import dataclasses
import datetime as dt
import json
import threading
import time

import pytest
from people import confirmed, letters, sign, work
from webhooks import SECRET, calls, hook

from campaign.jobs.chores import Chore
from campaign.jobs.worker import Aside, Worker
from campaign.outside.webhook import Answer, FakePoster, signed
from campaign.queries import webhook as webhooks
from campaign.services import call as calling
from campaign.services import subscribe
from campaign.services.call import call, drop_old
from campaign.services.note import newest
from campaign.services.tell import tell
from campaign.services.transact import transact


def say(parts, count=1):
    for _ in range(count):
        transact(parts, lambda session: tell(parts, session, "batch.finished", {"campaign": "keep-the-ban"}))


def row(parts, hook_id):
    with parts.reading() as session:
        found = webhooks.by_id(session, hook_id)
        session.refresh(found)
        return found


def drain(parts) -> int:
    made = 0
    while call(parts) is not None:
        made += 1
    return made


def test_a_call_says_what_happened_when_and_is_signed_over_what_was_sent(loaded):
    hook(loaded)
    say(loaded)
    assert drain(loaded) == 1
    [(url, headers, body)] = loaded.poster.posted
    assert url == "https://hooks.example.org/in"
    assert json.loads(body) == {
        "type": "batch.finished",
        "timestamp": "2026-11-24T09:00:00Z",
        "data": {"campaign": "keep-the-ban"},
    }
    now = int(loaded.clock.now().timestamp())
    assert headers == signed(SECRET, calls(loaded)[0].id, now, body)
    assert (calls(loaded)[0].status, calls(loaded)[0].answer) == ("done", "200")


def test_a_call_that_failed_is_made_again_under_the_same_id_and_body(loaded):
    parts = dataclasses.replace(loaded, poster=FakePoster("500", "too slow", "200"))
    hook(parts)
    say(parts)
    assert drain(parts) == 1
    parts.clock.move(dt.timedelta(minutes=1))
    assert drain(parts) == 1
    parts.clock.move(dt.timedelta(minutes=4))
    assert drain(parts) == 0
    parts.clock.move(dt.timedelta(minutes=1))
    assert drain(parts) == 1
    assert len({headers["webhook-id"] for _, headers, _ in parts.poster.posted}) == 1
    assert len({headers["webhook-timestamp"] for _, headers, _ in parts.poster.posted}) == 3
    assert len({body for _, _, body in parts.poster.posted}) == 1
    assert (calls(parts)[0].status, calls(parts)[0].attempts) == ("done", 3)


def test_a_receiver_that_fails_for_days_rests_ever_longer_and_is_told_of_once(loaded):
    parts = dataclasses.replace(loaded, poster=FakePoster(*["500"] * 1000))
    found = hook(parts)
    for _ in range(3 * 24):
        say(parts)
        drain(parts)
        parts.clock.move(dt.timedelta(hours=1))
    assert len(parts.poster.posted) < 30
    [told] = [one for one in newest(parts) if one.what == "webhook.failing"]
    assert told.reason == "500"
    [shown] = subscribe.everyone(parts)
    assert shown.is_failing
    parts.clock.move(dt.timedelta(days=6))
    drop_old(parts)
    assert {one.status for one in calls(parts)} == {"failed"}
    assert row(parts, found).ended_at is None


def test_one_call_that_is_taken_ends_a_rest(loaded):
    parts = dataclasses.replace(loaded, poster=FakePoster(*["500"] * 5))
    found = hook(parts)
    say(parts, 9)
    assert drain(parts) == 5
    parts.clock.move(dt.timedelta(minutes=10))
    assert drain(parts) == 9
    assert (row(parts, found).failures, row(parts, found).paused_until) == (0, None)
    assert {one.status for one in calls(parts)} == {"done"}


def test_a_receiver_that_is_gone_is_ended(loaded):
    parts = dataclasses.replace(loaded, poster=FakePoster("410"))
    found = hook(parts)
    say(parts, 2)
    assert drain(parts) == 1
    assert row(parts, found).ended_at is not None
    drop_old(parts)
    assert {one.status for one in calls(parts)} == {"failed"}


def test_a_webhook_that_fails_holds_up_no_other(loaded):
    class ByName(FakePoster):
        def post(self, url, headers, body):
            super().post(url, headers, body)
            return Answer(is_taken="good" in url, word="200" if "good" in url else "500")

    parts = dataclasses.replace(loaded, poster=ByName())
    hook(parts, url="https://bad.example.org/")
    good = hook(parts, url="https://good.example.org/")
    say(parts, 20)
    drain(parts)
    assert {one.status for one in calls(parts) if one.webhook_id == good} == {"done"}


def test_a_worker_that_is_killed_in_a_call_loses_nothing(loaded):
    class Killed(FakePoster):
        def post(self, *_):
            raise KeyboardInterrupt

    hook(loaded)
    say(loaded)
    with pytest.raises(KeyboardInterrupt):
        call(dataclasses.replace(loaded, poster=Killed()))
    assert calls(loaded)[0].status == "claimed"
    assert drain(loaded) == 0
    loaded.clock.move(calling.LEASE + dt.timedelta(seconds=1))
    assert drain(loaded) == 1
    assert (calls(loaded)[0].status, calls(loaded)[0].attempts) == ("done", 2)


def test_calls_are_forgotten_after_thirty_days(loaded):
    hook(loaded)
    say(loaded)
    drain(loaded)
    loaded.clock.move(dt.timedelta(days=29))
    drop_old(loaded)
    assert len(calls(loaded)) == 1
    loaded.clock.move(dt.timedelta(days=2))
    drop_old(loaded)
    assert calls(loaded) == []


def test_a_webhook_that_rests_by_order_hears_nothing_until_it_is_called_again(loaded):
    found = hook(loaded)
    subscribe.pause(loaded, "command line", found)
    say(loaded)
    loaded.clock.move(dt.timedelta(days=4))
    assert drain(loaded) == 0
    subscribe.resume(loaded, "command line", found)
    assert drain(loaded) == 1


def test_a_receiver_that_hangs_delays_no_signature_and_no_letter(own_parts):
    """All of it is done while the call has no answer yet, and none of it waits for that."""

    class Hanging(FakePoster):
        begun, answered = threading.Event(), threading.Event()

        def post(self, url, headers, body):
            self.begun.set()
            assert self.answered.wait(60)
            return super().post(url, headers, body)

    poster = Hanging()
    parts = dataclasses.replace(own_parts, poster=poster)
    hook(parts)
    say(parts, 2)
    with Aside(parts, (Chore("call", 1.0, call),)):
        assert poster.begun.wait(30)
        confirmed(parts)
        work(parts)
        assert len(letters(parts)) > 0
        assert not poster.posted
        poster.answered.set()


def test_two_workers_never_make_one_call_twice(own_parts):
    hook(own_parts)
    say(own_parts, 40)
    gate = threading.Barrier(4)

    def run():
        gate.wait()
        while call(own_parts) is not None:
            pass

    threads = [threading.Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    ids = [headers["webhook-id"] for _, headers, _ in own_parts.poster.posted]
    drain(own_parts)
    ids = [headers["webhook-id"] for _, headers, _ in own_parts.poster.posted]
    assert len(ids) == len(set(ids)) == 40


def test_the_worker_makes_calls_beside_its_letters(own_parts):
    hook(own_parts, "signature.confirmed")
    sign(own_parts)
    worker = Worker(own_parts)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        transact(own_parts, lambda session: tell(own_parts, session, "signature.confirmed", {"campaign": "x"}))
        ends = time.monotonic() + 10
        while not own_parts.poster.posted and time.monotonic() < ends:
            threading.Event().wait(0.05)
    finally:
        worker.stop.set()
        thread.join()
    assert len(own_parts.poster.posted) == 1
