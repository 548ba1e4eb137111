"""Days are gathered to weeks and months once there are too many to read."""

import datetime as dt

import pytest

from campaign.domain.span import after, start, step

FIRST = dt.date(2026, 1, 1)


@pytest.mark.parametrize(("days", "by"), [(1, "day"), (92, "day"), (93, "week"), (731, "week"), (732, "month")])
def test_a_longer_period_is_told_in_longer_steps(days, by):
    assert step(FIRST, FIRST + dt.timedelta(days=days - 1)) == by


def test_a_week_begins_on_monday_and_a_month_on_its_first_day():
    assert start(dt.date(2026, 11, 25), "week") == dt.date(2026, 11, 23)
    assert start(dt.date(2026, 11, 25), "month") == dt.date(2026, 11, 1)
    assert start(dt.date(2026, 11, 25), "day") == dt.date(2026, 11, 25)


def test_steps_follow_each_other_without_a_gap():
    for by in ("day", "week", "month"):
        at = start(dt.date(2025, 12, 31), by)
        for _ in range(30):
            later = after(at, by)
            assert start(later, by) == later
            assert start(later - dt.timedelta(days=1), by) == at
            at = later
