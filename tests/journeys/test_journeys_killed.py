"""Killed in the middle: what was acknowledged is there, and no letter leaves twice."""

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import digests
import people
import pytest

from campaign.jobs.worker import Worker
from campaign.outside.clock import FrozenClock, SystemClock
from campaign.outside.mail.outbox import MailboxReader, OutboxMailer
from campaign.services.claim import recover
from campaign.services.count import stats
from campaign.services.digest import open_digests

DYING = Path(__file__).parent.parent / "dying.py"


def killed(point, own_database, home):
    """Run the process that kills itself at a point; it must really have died of it."""
    done = subprocess.run(
        [sys.executable, DYING, point, own_database, home], capture_output=True, text=True, check=False
    )
    assert done.returncode == -9, done.stderr


def ledger(home):
    """The letters that were handed over, as the kept files say: one file a letter."""
    return [one for one in MailboxReader(home).newest() if "letter" in one.name]


def figures(parts):
    return stats(parts, parts.editions.current(people.CAMPAIGN))["states"]["LT"]


def restarted(parts, home):
    """The next worker, an hour later, with the real way to keep letters."""
    later = FrozenClock(max(SystemClock().now(), parts.clock.now()) + dt.timedelta(hours=1))
    return replace(parts, clock=later, mailer=OutboxMailer(home))


@pytest.mark.parametrize(
    ("point", "sent", "unknown"),
    [
        ("claimed", 1, 0),
        ("before-data", 1, 0),
        ("in-data", 0, 1),
        ("after-data", 0, 1),
        ("accepted", 1, 0),
    ],
)
def test_a_letter_whose_worker_was_killed_leaves_once_or_is_unknown(
    own_parts, own_database, tmp_path, point, sent, unknown
):
    """Killed before DATA it is sent by the next worker; killed in DATA nobody can say, so no machine sends it."""
    people.confirmed(own_parts, offices=("prime-minister",))
    killed(point, own_database, tmp_path)
    before = len(ledger(tmp_path))
    parts = restarted(own_parts, tmp_path)
    recover(parts)
    Worker(parts).drain()
    assert figures(parts) == figures(parts) | {"letters_sent": sent, "letters_unknown": unknown, "letters_waiting": 0}
    assert len(ledger(tmp_path)) <= 1
    if unknown:
        assert len(ledger(tmp_path)) == before
        parts.clock.move(dt.timedelta(days=4))
        recover(parts)
        Worker(parts).drain()
        assert len(ledger(tmp_path)) == before


@pytest.mark.parametrize(
    ("point", "sent"), [("claimed", 3), ("before-data", 3), ("in-data", 0), ("after-data", 0), ("accepted", 3)]
)
def test_a_digest_whose_worker_was_killed_leaves_once_with_all_its_letters_or_all_are_unknown(
    own_parts, own_database, tmp_path, point, sent
):
    digests.let_take(own_parts)
    for number in range(3):
        digests.write(own_parts, number)
    people.work(own_parts)
    assert open_digests(own_parts) == 1
    killed(point, own_database, tmp_path)
    before = len(digests_in(tmp_path))
    parts = restarted(own_parts, tmp_path)
    for _ in range(2):
        recover(parts)
        Worker(parts).drain()
        expected = {"letters_sent": sent, "letters_unknown": 3 - sent, "letters_waiting": 0}
        assert figures(parts) == figures(parts) | expected
        assert len(digests_in(tmp_path)) == (1 if sent else before)
        parts.clock.move(dt.timedelta(days=4))
    assert open_digests(parts) == 0


def digests_in(home):
    return [one for one in MailboxReader(home).newest() if one.files]


def test_a_signature_killed_before_its_commit_is_not_there_and_can_be_made_again(own_parts, own_database, tmp_path):
    killed("sign-before-commit", own_database, tmp_path)
    assert figures(own_parts)["pending"] == 0
    people.sign(own_parts, email="dying@example.org")
    assert figures(own_parts)["pending"] == 1


def test_a_signature_killed_after_its_commit_is_there_once(own_parts, own_database, tmp_path):
    killed("sign-after-commit", own_database, tmp_path)
    assert figures(own_parts)["pending"] == 1
    people.sign(own_parts, email="dying@example.org")
    assert figures(own_parts)["pending"] == 1
    own_parts.clock.at = restarted(own_parts, tmp_path).clock.now()
    people.work(own_parts)
    assert len(people.mails(own_parts)) == 1
