"""Alarms' hours and floors: hours are UTC's, also where clocks are put forward or back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.domain import alarm as alarms

VILNIUS = ZoneInfo("Europe/Vilnius")


@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1), timezones=st.just(VILNIUS)))  # noqa: DTZ001  hypothesis adds the zone
def test_an_hour_begins_on_the_hour_and_holds_its_instant(at):
    hour = alarms.hour_of(at)
    assert (hour.minute, hour.second, hour.microsecond, hour.utcoffset()) == (0, 0, 0, dt.timedelta(0))
    assert hour <= at.astimezone(dt.UTC) < hour + dt.timedelta(hours=1)


def test_the_hour_that_comes_twice_by_the_clock_on_the_wall_is_two_hours():
    first = dt.datetime(2026, 10, 25, 3, 30, tzinfo=VILNIUS, fold=0)
    second = dt.datetime(2026, 10, 25, 3, 30, tzinfo=VILNIUS, fold=1)
    assert alarms.hour_of(second) - alarms.hour_of(first) == dt.timedelta(hours=1)


def test_the_last_full_hour_and_the_running_one_are_looked_at_also_over_midnight():
    midnight = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    assert alarms.hours_to_look_at(midnight) == (midnight - dt.timedelta(hours=1), midnight)
    assert alarms.hours_to_look_at(midnight - dt.timedelta(microseconds=1))[1] == midnight - dt.timedelta(hours=1)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        alarms.hour_of(dt.datetime(2026, 11, 25))  # noqa: DTZ001  it is the point


@pytest.mark.parametrize(
    ("count", "usual", "is_giant", "is_raised"),
    [
        (39, 0, False, False),
        (40, 0, False, True),
        (40, 8, False, False),
        (41, 8, False, True),
        (199, 0, True, False),
        (600, 200, True, False),
        (601, 200, True, True),
    ],
)
def test_an_alarm_wants_the_floor_and_far_more_than_usual(count, usual, is_giant, is_raised):
    least = alarms.floor("domain", is_free_mail=is_giant)
    assert alarms.is_unusual(count, usual, least=least, is_free_mail=is_giant) is is_raised


def test_what_is_usual_is_a_week_by_its_hours_or_a_share_of_all():
    assert (alarms.hourly(0), alarms.hourly(1), alarms.hourly(168), alarms.hourly(169)) == (0, 1, 1, 2)
    assert (alarms.share_of(1000, 300, 1000), alarms.share_of(1000, 0, 1000), alarms.share_of(10, 5, 0)) == (300, 0, 0)
