"""Sending windows by the clock on the wall, in zones whose clocks leap, twice a year and once for good."""

import datetime as dt
import zoneinfo

import pytest

from campaign.domain.cause import DAYS, Window
from campaign.domain.window import after, closes, is_open, minutes, opens, zone_of

MINUTE = dt.timedelta(minutes=1)
OFFICE = Window(days=DAYS[:5], from_="08:00", to="18:00")
NIGHT = Window(days=DAYS, from_="02:15", to="02:45")  # within the hour that most zones skip and repeat
MIDNIGHT = Window(days=("sun",), from_="00:00", to="24:00")
# (zone, an instant in UTC shortly before its clock leaps): one hour, half an hour, at midnight, over a whole day.
LEAPS = [
    ("Europe/Vilnius", "2026-03-29T00:20"), ("Europe/Riga", "2026-10-25T00:20"),
    ("Europe/Warsaw", "2026-03-29T00:20"), ("Europe/Tallinn", "2026-10-25T00:20"),
    ("Europe/Helsinki", "2026-03-29T00:20"), ("Atlantic/Azores", "2026-10-25T00:20"),
    ("America/New_York", "2026-03-08T06:20"), ("America/Havana", "2025-03-09T04:20"),
    ("Africa/Cairo", "2026-04-23T21:20"), ("Asia/Beirut", "2026-03-28T21:20"),
    ("Australia/Lord_Howe", "2026-04-04T14:20"), ("Pacific/Apia", "2011-12-30T09:20"),
]  # fmt: skip


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def first(at, is_so, most=15 * 24 * 60):
    """The first minute from an instant on at which something is so, found by looking at every one."""
    for _ in range(most):
        if is_so(at):
            return at
        at = at.replace(second=0) + MINUTE
    return None


@pytest.mark.parametrize("window", [OFFICE, NIGHT, MIDNIGHT])
@pytest.mark.parametrize(("name", "at"), LEAPS)
def test_a_window_opens_and_closes_when_the_clock_on_the_wall_says_so(name, at, window):
    """Twelve zones, over the leap of each: what is worked out is what looking at every minute finds."""
    zone = zoneinfo.ZoneInfo(name)
    start, end = utc(at), utc(at) + dt.timedelta(hours=1, seconds=17)
    assert start.astimezone(zone).utcoffset() != (start + dt.timedelta(days=1)).astimezone(zone).utcoffset()
    for instant in (start - dt.timedelta(days=1), start, end, end + dt.timedelta(hours=9)):
        opened = opens(window, zone, instant)
        assert opened == first(instant, lambda one: is_open(window, zone, one))
        shut = first(opened + MINUTE, lambda one: not is_open(window, zone, one))
        assert closes(window, zone, opened) == shut.replace(second=0)


@pytest.mark.parametrize(
    ("name", "at", "window", "opened"),
    [
        ("Europe/Vilnius", "2026-11-24T05:59", OFFICE, "2026-11-24T06:00"),  # a Tuesday before eight
        ("Europe/Vilnius", "2026-11-24T06:00", OFFICE, "2026-11-24T06:00"),
        ("Europe/Vilnius", "2026-11-24T15:59", OFFICE, "2026-11-24T15:59"),
        ("Europe/Vilnius", "2026-11-24T16:00", OFFICE, "2026-11-25T06:00"),
        ("Europe/Vilnius", "2026-11-27T16:00", OFFICE, "2026-11-30T06:00"),  # over a weekend
        ("Europe/Vilnius", "2026-03-27T17:00", OFFICE, "2026-03-30T05:00"),  # and over the change to summer time
        ("Europe/Vilnius", "2026-10-23T16:00", OFFICE, "2026-10-26T06:00"),  # and back
        ("Asia/Kathmandu", "2026-11-24T00:00", OFFICE, "2026-11-24T02:15"),
        # An opening that the clock leaps over, from 01:00 to 02:00: it opens where the clock lands.
        ("Europe/London", "2026-03-29T00:00", Window(days=DAYS, from_="01:30", to="05:00"), "2026-03-29T01:00"),
        # The hour from 01:00 to 02:00 comes twice: the window is open in both.
        ("Europe/London", "2026-10-25T00:50", Window(days=DAYS, from_="01:30", to="01:45"), "2026-10-25T01:30"),
        # Friday 30 December 2011 never came there.
        ("Pacific/Apia", "2011-12-30T09:00", Window(days=("fri",), from_="08:00", to="18:00"), "2012-01-05T18:00"),
    ],
)
def test_the_next_opening(name, at, window, opened):
    assert opens(window, zone_of(name), utc(at)) == utc(opened)


def test_without_a_window_letters_leave_at_any_time():
    assert opens(None, dt.UTC, utc("2026-11-24T03:00")) == utc("2026-11-24T03:00")
    assert after(None, dt.UTC, utc("2026-11-24T03:00"), dt.timedelta(hours=2)) == utc("2026-11-24T05:00")


@pytest.mark.parametrize(
    ("at", "hours", "left"),
    [
        ("2026-11-24T09:00", 0, "2026-11-24T09:00"),
        ("2026-11-24T03:00", 0, "2026-11-24T06:00"),
        ("2026-11-24T09:00", 6, "2026-11-24T15:00"),
        ("2026-11-24T09:00", 7, "2026-11-25T06:00"),  # the hour at which it closes is not one of those
        ("2026-11-24T09:00", 17, "2026-11-26T06:00"),
        ("2026-11-27T15:00", 2, "2026-11-30T07:00"),
        ("2026-11-24T06:00", 50, "2026-12-01T06:00"),
    ],
)
def test_a_wait_counts_only_while_the_window_is_open(at, hours, left):
    assert after(OFFICE, zone_of("Europe/Vilnius"), utc(at), dt.timedelta(hours=hours)) == utc(left)


def test_a_window_that_never_closes_is_no_window():
    always = Window(days=DAYS, from_="00:00", to="24:00")
    assert opens(always, zone_of("Europe/Riga"), utc("2026-11-24T23:59")) == utc("2026-11-24T23:59")
    assert after(always, zone_of("Europe/Riga"), utc("2026-11-24T03:00"), dt.timedelta(days=40)) == utc(
        "2027-01-03T03:00"
    )


def test_a_zone_that_this_machine_does_not_know_is_utc():
    assert zone_of("Europe/Nowhere") is dt.UTC
    assert zone_of("../etc/passwd") is dt.UTC


def test_the_end_of_a_day_is_its_24th_hour():
    assert (minutes("00:00"), minutes("08:30"), minutes("24:00")) == (0, 510, 1440)
