"""Publish: how many signed by day and by hour, as open data: corrected, and with nothing that points to a person."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.domain import tally
from campaign.domain.dates import iso
from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError, Problem
from campaign.parts import Parts
from campaign.queries import tally as tallies
from campaign.services.export import Period, check

HOURS_BY_DEFAULT = 31  # days of hours that are given where nobody says which
MOST_DAYS_OF_HOURS = 366
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """Signatures of a state (its code) confirmed on a UTC day or in a UTC hour; None where too few to be shown."""

    state: str
    at: dt.date | dt.datetime
    confirmed: int | None

    @property
    def when(self) -> str:
        """The day (2026-11-24), or the beginning of the hour (2026-11-24T09:00:00Z)."""
        return iso(self.at) if isinstance(self.at, dt.datetime) else self.at.isoformat()


@dataclass(frozen=True, slots=True)
class Series:
    """Figures in the order of states and time; those that are not there are zero. They stop at `ends` (aware UTC)."""

    since: dt.date | None
    ends: dt.datetime
    is_rounded: bool
    figures: tuple[Figure, ...]


def daily(parts: Parts, edition: Edition, asked: Period) -> Series:
    """Count by state and complete UTC day. Raises InputRefusedError."""
    check(edition, asked)
    today = parts.clock.now().astimezone(dt.UTC).date()
    last = min(asked.until or today, today - _DAY)
    is_rounded = edition.cause.counts == "rounded"
    show = tally.rounded if is_rounded else int
    found = [
        Figure(state, day, show(count)) for state, day, _, count in _read(parts, edition, asked, last, by_hour=False)
    ]
    return Series(asked.since, _midnight(last + _DAY), is_rounded, tuple(found))


def hourly(parts: Parts, edition: Edition, asked: Period) -> Series:
    """Count by state and complete UTC hour; of fewer than ten people, the figure is not told.

    Without `since`, the last month. Raises InputRefusedError, also for more than a year at once.
    """
    check(edition, asked)
    now = parts.clock.now().astimezone(dt.UTC)
    last = min(asked.until or now.date(), now.date())
    since = asked.since or last - (HOURS_BY_DEFAULT - 1) * _DAY
    if (last - since).days >= MOST_DAYS_OF_HOURS:
        raise InputRefusedError((Problem("since", "E-SPAN", {"days": str(MOST_DAYS_OF_HOURS)}),))
    ends = min(_midnight(last + _DAY), now.replace(minute=0, second=0, microsecond=0))
    is_rounded = edition.cause.counts == "rounded"
    days: dict[tuple[str, dt.date], dict[int, int]] = {}
    for state, day, hour, count in _read(parts, edition, Period(state=asked.state, since=since), last, by_hour=True):
        if _midnight(day) + dt.timedelta(hours=hour) < ends:
            days.setdefault((state, day), {})[hour] = count
    found = [
        Figure(state, _midnight(day) + dt.timedelta(hours=hour), count)
        for (state, day), hours in days.items()
        for hour, count in _shown(hours, is_rounded=is_rounded).items()
    ]
    return Series(since, ends, is_rounded, tuple(found))


def _read(
    parts: Parts, edition: Edition, asked: Period, last: dt.date, *, by_hour: bool
) -> list[tuple[str, dt.date, int, int]]:
    """Read state, day, hour (0 by day) and count, in the campaign's order of states, then of time."""
    by = ("state", "day", "hour") if by_hour else ("state", "day")
    with parts.reading() as session:
        rows = list(
            tallies.counts_by(session, edition.campaign_id, by, state=asked.state, since=asked.since, until=last)
        )
    places = {one.state.code: place for place, one in enumerate(edition.states)}
    found: list[tuple[str, dt.date, int, int]] = []
    for code, day, *rest in rows:
        if isinstance(day, dt.date) and str(code) in places:  # a retired state has no page, and no figures either
            *hours, count = (int(str(one)) for one in rest)
            found.append((str(code), day, hours[0] if hours else 0, count))
    return sorted(found, key=lambda one: (places[one[0]], one[1], one[2]))


def _shown(hours: dict[int, int], *, is_rounded: bool) -> dict[int, int | None]:
    """Show the hours of one state and day; never hide one alone, which the day's figure would give away."""
    shown = {hour: tally.fine(count, count, is_rounded=is_rounded) for hour, count in hours.items()}
    hidden = [hour for hour, count in shown.items() if count is None]
    told = [hour for hour, count in shown.items() if count is not None]
    if len(hidden) == 1 and told:
        shown[min(told, key=lambda hour: (hours[hour], hour))] = None
    return shown


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def as_csv(figures: Iterable[Figure], name: str) -> str:
    """Write figures as CSV (RFC 4180): `state`, the time under its name, `confirmed`; what is not told is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("state", name, "confirmed"))
    writer.writerows((one.state, one.when, "" if one.confirmed is None else one.confirmed) for one in figures)
    return text.getvalue()
