"""The command that a mail server hands returned mail to: it takes it, or says that it must be kept."""

import json
import subprocess
import sys

import came_back
import people
import programs
import pytest
from sqlalchemy import text

from campaign.models.delivery import DeliveryRow
from campaign.services import claim as claiming
from campaign.services.returns import return_address

OFFICE = "prime-minister"


@pytest.fixture
def env(own_database, tmp_path):
    return programs.environment(own_database, tmp_path)


def bounce(env, raw, *arguments):
    """Hand one mail over; nothing of it may be printed, whatever comes of it."""
    command = [sys.executable, "-m", "campaign.cli", "bounce", *arguments]
    done = subprocess.run(command, env=env, input=raw, capture_output=True, timeout=120, check=False)
    assert done.stdout == b""
    for secret in (b"Traceback", b"@", b"mx.example.lt", b"+l", b"no such mailbox"):
        assert secret not in done.stderr
    return done.returncode


def statuses(parts):
    with parts.reading() as session:
        return session.execute(text("SELECT status FROM delivery ORDER BY status")).scalars().all()


def sent(parts, *names):
    for name in names:
        people.confirmed(parts, email=f"{name}@example.org", offices=(OFFICE,))
    people.work(parts)
    return people.letters(parts)


def test_a_letter_that_came_back_is_taken(env, own_parts):
    [letter] = sent(own_parts, "ona")
    assert bounce(env, came_back.postfix(letter.envelope_from)) == 0
    assert statuses(own_parts) == ["bounced"]


def test_the_recipient_may_be_told_beside_it(env, own_parts):
    [letter] = sent(own_parts, "ona")
    raw = came_back.gmail("letters@campaign.example")
    assert bounce(env, raw) == 0
    assert statuses(own_parts) == ["accepted"]
    assert bounce(env, raw, "--to", letter.envelope_from) == 0
    assert statuses(own_parts) == ["bounced"]


@pytest.mark.parametrize("raw", [b"", b"hello", b"\xff" * 5_000_000, came_back.vacation("ona@example.org")],
                         ids=["nothing", "no mail", "5 MB", "away"])  # fmt: skip
def test_what_means_nothing_is_taken_too(env, raw):
    assert bounce(env, raw) == 0


def test_what_is_about_a_letter_on_its_way_must_be_handed_over_again(env, own_parts):
    people.confirmed(own_parts, offices=(OFFICE,))
    row = claiming.claim(own_parts, DeliveryRow)
    assert bounce(env, came_back.postfix(return_address(own_parts, "letter", row.id))) == 75


def test_without_a_database_or_with_wrong_settings_the_server_keeps_it(tmp_path):
    for settings in (
        programs.environment(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path),
        programs.environment("postgresql+psycopg://nobody@127.0.0.1:1/none", tmp_path),
        programs.environment(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path, RETRY_SECONDS="soon"),
    ):
        assert bounce(settings, came_back.postfix("letters+x@campaign.example")) == 75


def test_the_second_suspends_the_office_in_the_list_and_verifying_lets_go(env, own_parts):
    def office():
        listed = json.loads(programs.run("official", "list", "--json", env=env).stdout)["officials"]
        return next(one for one in listed if (one["state"], one["office"]) == ("LT", OFFICE))

    before = office()
    for letter in sent(own_parts, "a", "b"):
        assert bounce(env, came_back.exim(letter.envelope_from)) == 0
    assert (office()["status"], office()["letters"]) == ("suspended", "held")
    assert "suspended" in programs.run("official", "list", env=env).stdout
    assert "LT prime-minister" in programs.run("doctor", env=env).stdout
    assert programs.run("official", "verify", "LT", OFFICE, env=env).returncode == 0
    assert (office()["status"], office()["letters"], office()["email"]) == ("verified", "leave", before["email"])
