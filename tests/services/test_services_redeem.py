"""A code instead of a link: it opens what the link opens, confirms nothing, and tells nobody who is known here."""

import datetime as dt
import re

import people
import pytest
from sqlalchemy import event, text

from campaign.domain import schedule
from campaign.services.confirm import opened
from campaign.services.count import stats
from campaign.services.redeem import redeem
from campaign.services.remind import remind


def asked(parts, **changed):
    """Sign, and read the mail that asks."""
    people.sign(parts, **changed)
    people.work(parts)
    return people.mails(parts)[-1]


def code_in(message):
    """The code of a mail: it stands on a line of its own."""
    return re.search(r"^([2-9B-Z]{3} [2-9B-Z]{3})$", message.text, re.MULTILINE).group(1)


def redeemed(parts, code, email="ona@example.org"):
    return redeem(parts, parts.editions.current(people.CAMPAIGN), email, code)


def tries(parts):
    with parts.reading() as session:
        return session.execute(text("SELECT code_tries FROM supporter")).scalars().all()


def test_a_code_opens_what_the_link_of_its_mail_opens_and_confirms_nothing(loaded):
    mail = asked(loaded)
    assert redeemed(loaded, code_in(mail)) == people.token(mail)
    assert redeemed(loaded, code_in(mail).lower().replace(" ", "-"), " Ona@Example.org ") == people.token(mail)
    assert stats(loaded, loaded.editions.current(people.CAMPAIGN))["confirmed"] == 0
    assert people.press(loaded, mail) == 1


def test_nothing_that_is_not_the_newest_open_code_opens_anything(loaded):
    first = asked(loaded)
    asked(loaded, email="kari@example.org")
    code = code_in(first)
    assert redeemed(loaded, code, "kari@example.org") is None
    assert redeemed(loaded, code, "nobody@example.org") is None
    loaded.clock.move(dt.timedelta(hours=1))
    second = asked(loaded, state="latvia")
    assert code_in(second) != code
    assert redeemed(loaded, code) is None
    assert redeemed(loaded, code_in(second)) == people.token(second)
    people.press(loaded, second)
    assert redeemed(loaded, code_in(second)) is None


def test_a_code_ends_with_its_link(loaded):
    mail = asked(loaded)
    loaded.clock.move(schedule.PENDING_LIFE)
    assert redeemed(loaded, code_in(mail)) is None


@pytest.mark.parametrize("typed", ["", "222 22", "x" * 21, "7KM 3XQ" * 9_000, "\ufdd0", "ÕÕÕ ÕÕÕ"])
@pytest.mark.parametrize("email", ["ona@example.org", "", "ona", "a" * 400 + "@example.org", "a@b@c", "ona@ex ample"])
def test_what_is_malformed_opens_nothing(loaded, typed, email):
    asked(loaded)
    assert redeemed(loaded, typed, email) is None


def test_after_five_wrong_ones_the_code_is_dead_and_the_link_still_works(loaded):
    mail = asked(loaded)
    for _ in range(schedule.CODE_TRIES - 1):
        assert redeemed(loaded, "222 222") is None
    assert redeemed(loaded, code_in(mail)) == people.token(mail)
    for _ in range(3):
        assert redeemed(loaded, "222 222") is None
    assert tries(loaded) == [schedule.CODE_TRIES]
    assert redeemed(loaded, code_in(mail)) is None
    assert opened(loaded, people.token(mail), "en").freshness == "open"
    assert people.press(loaded, mail) == 1


def test_the_reminder_has_the_code_that_works_then_and_tries_begin_anew(loaded):
    first = asked(loaded)
    for _ in range(schedule.CODE_TRIES):
        redeemed(loaded, "222 222")
    loaded.clock.move(dt.timedelta(days=2, hours=1))
    remind(loaded)
    people.work(loaded)
    second = people.mails(loaded)[-1]
    assert tries(loaded) == [0]
    assert redeemed(loaded, code_in(first)) is None
    assert redeemed(loaded, code_in(second)) == people.token(second)


def statements(parts, code, email):
    """The statements that one wrong try says to the database."""
    edition = parts.editions.current(people.CAMPAIGN)
    said = []

    def listen(connection, cursor, statement, *_):
        said.append(" ".join(statement.split()))

    event.listen(parts.engine, "before_cursor_execute", listen)
    try:
        assert redeem(parts, edition, email, code) is None
    finally:
        event.remove(parts.engine, "before_cursor_execute", listen)
    return said


def test_the_database_is_told_the_same_whoever_is_asked_for(own_parts):
    """A07: known, pressed, never seen, and no address at all; each reads once, and each writes."""
    asked(own_parts)
    people.confirmed(own_parts, email="kari@example.org")
    emails = ("ona@example.org", "kari@example.org", "nobody@example.org", "nobody", "")
    said = [statements(own_parts, code, email) for email in emails for code in ("222 222", "2")]
    assert all(one == said[0] for one in said)
    words = [one.split()[0] for one in said[0]]
    assert [one for one in words if one in ("SELECT", "UPDATE")] == ["SELECT", "UPDATE", "UPDATE"]
