"""One reminder after two days, then silence."""

import datetime as dt

import people

from campaign.domain import schedule
from campaign.services import unsubscribe
from campaign.services.confirm import opened
from campaign.services.remind import remind


def after(parts, **time):
    parts.clock.move(dt.timedelta(**time))
    remind(parts)
    people.work(parts)
    return people.mails(parts)


def test_an_unanswered_mail_is_followed_by_one_more_and_no_third(loaded):
    people.sign(loaded)
    people.work(loaded)
    assert len(after(loaded, days=1)) == 1
    assert len(after(loaded, days=1, hours=1)) == 2
    assert len(after(loaded, days=3)) == 2
    first, second = people.mails(loaded)
    assert opened(loaded, people.token(first), "en").freshness == "replaced"
    assert people.press(loaded, second) == 1


def test_who_pressed_is_not_reminded(loaded):
    people.confirmed(loaded)
    loaded.clock.move(schedule.RECEIPT_WAIT)
    people.work(loaded)
    before = len(people.mails(loaded))
    assert len(after(loaded, days=3)) == before


def test_who_wants_no_mail_is_not_reminded(loaded):
    people.sign(loaded)
    people.work(loaded)
    unsubscribe.unsubscribe(loaded, people.token(people.mails(loaded)[0], "unsubscribe"))
    assert len(after(loaded, days=3)) == 1
