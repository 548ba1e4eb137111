"""The hours in which letters may reach an office, by the clock on its wall."""

import datetime as dt
import zoneinfo
from collections.abc import Iterator

from campaign.domain.cause import DAYS, Window

_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)
_AHEAD = 15  # days looked ahead: a weekday comes within 8, and a state may skip one (Samoa had no 30 December 2011)
_MOST_STEPS = 500  # days that an estimate looks ahead


def minutes(clock: str) -> int:
    """Turn `08:30` into the minutes since midnight; `24:00` is the end of a day."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


def zone_of(name: str) -> dt.tzinfo:
    """The time zone with a name; UTC on a machine that does not know it."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def is_open(window: Window, zone: dt.tzinfo, at: dt.datetime) -> bool:
    """Tell whether the wall clock in a zone shows a time within the window at an instant."""
    wall = at.astimezone(zone)
    now = wall.hour * 60 + wall.minute
    return DAYS[wall.weekday()] in window.days and minutes(window.from_) <= now < minutes(window.to)


def opens(window: Window | None, zone: dt.tzinfo, at: dt.datetime) -> dt.datetime:
    """The first instant (UTC), not before the given one, at which the window is open; without a window that one.

    An opening that a clock put forward leaps over is where it lands; an hour that comes twice is looked at twice.
    """
    if window is None or is_open(window, zone, at):
        return at
    return next(one for one in _turns(window, zone, at) if is_open(window, zone, one))


def closes(window: Window, zone: dt.tzinfo, at: dt.datetime) -> dt.datetime:
    """The first instant (UTC) after the given one at which the window is not open; later where it never is."""
    found = (one for one in _turns(window, zone, at) if not is_open(window, zone, one))
    return next(found, at + _AHEAD * _DAY)


def after(window: Window | None, zone: dt.tzinfo, at: dt.datetime, wait: dt.timedelta) -> dt.datetime:
    """The instant (UTC) by which the window has been open for so long, counted from an instant on; then it is open."""
    if window is None:
        return at + wait
    for _ in range(_MOST_STEPS):
        at = opens(window, zone, at)
        until = closes(window, zone, at)
        if at + wait < until:
            return at + wait
        at, wait = until, wait - (until - at)
    return at


def _turns(window: Window, zone: dt.tzinfo, at: dt.datetime) -> Iterator[dt.datetime]:
    """Every instant after one at which the window may open or close, in order: its times, midnights, clock changes."""
    clocks = (0, minutes(window.from_), minutes(window.to))
    start = at.astimezone(dt.UTC).replace(second=0, microsecond=0)
    for _ in range(_AHEAD):
        end = start + _DAY
        days = (start.astimezone(zone).date() + count * _DAY for count in (-1, 0, 1, 2))
        found = {one for day in days for clock in clocks for one in _at_clock(zone, day, clock)}
        found |= set(_leaps(zone, start, end))
        yield from sorted(one for one in found if at < one and start < one <= end)
        start = end


def _at_clock(zone: dt.tzinfo, day: dt.date, clock: int) -> Iterator[dt.datetime]:
    """The instants at which the wall clock shows so many minutes of a day: none, one or two."""
    wall = dt.datetime.combine(day, dt.time()) + clock * _MINUTE
    for fold in (0, 1):
        instant = wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == wall:
            yield instant


def _leaps(zone: dt.tzinfo, start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The instant in a span of UTC at which the wall clock is put forward or back, to the minute."""
    before, after_it = start.astimezone(zone).utcoffset(), end.astimezone(zone).utcoffset()
    if before == after_it:
        return
    while end - start > _MINUTE:
        middle = start + ((end - start) / 2 // _MINUTE) * _MINUTE
        if middle.astimezone(zone).utcoffset() == before:
            start = middle
        else:
            end = middle
    yield end
