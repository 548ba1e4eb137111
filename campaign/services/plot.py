"""Plot: counts in the order of time, as tables that are also drawn, and what came of which source."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import span, tally
from campaign.domain.edition import Edition
from campaign.domain.span import Step
from campaign.queries import opening as openings
from campaign.queries import tally as tallies
from campaign.services.export import Period

HOURS = 7 * 24
_ZERO = dt.time()


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Period):
    """What the first page is asked to show: a state and a period, and one country, language and source."""

    country: str | None = None
    language: str | None = None
    source: str | None = None

    @property
    def narrowed(self) -> dict[str, str]:
        """What is asked of country, language and source: figures of so few that small ones are not told."""
        asked = {"country": self.country, "language": self.language, "source": self.source}
        return {name: value for name, value in asked.items() if value is not None}

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self == View()


@dataclass(frozen=True, slots=True)
class Row:
    """One span of time: when it begins (aware UTC), counts by column, all of them, and all up to its end.

    None: too few to be told.
    """

    at: dt.datetime
    counts: tuple[int | None, ...]
    total: int | None
    so_far: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows in the order of time; `columns` are states (codes), `step` says how long a row is."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What came of those who came by a source. None: too few to be told, or not counted that way."""

    of: str
    opened: int | None
    signed: int | None
    confirmed: int | None


def told(view: View) -> Callable[[int], int | None]:
    """Tell a figure as it is, or, of a country, language or source, only from ten people up."""
    return (lambda count: tally.fine(count, count)) if view.narrowed else int


def days(session: Session, edition: Edition, view: View, today: dt.date) -> Grid:
    """Confirmed signatures by state and day, gathered to weeks or months where there are many days."""
    found: Counter[tuple[dt.date, str]] = Counter()
    for day, code, count in tallies.counts_by(
        session, edition.campaign_id, ("day", "state"), state=view.state, until=view.until, narrowed=view.narrowed
    ):
        if isinstance(day, dt.date):
            found[day, str(code)] += int(str(count))
    columns = tuple(one.state.code for one in edition.states if view.state in (None, one.state.code))
    if not found:
        return Grid(columns, ())
    first = min(day for day, _ in found)
    last = max([min(view.until or today, today), *(day for day, _ in found)])
    return _gathered(found, columns, (max(view.since or first, first), last), told(view))


def _gathered(
    found: Counter[tuple[dt.date, str]],
    columns: tuple[str, ...],
    period: tuple[dt.date, dt.date],
    show: Callable[[int], int | None],
) -> Grid:
    """Gather days to spans; those before the period are in what there is so far, and have no row."""
    first, last = period
    by = span.step(first, last)
    sums: Counter[tuple[dt.date, str]] = Counter()
    so_far = 0
    for (day, code), count in found.items():
        if day < first:
            so_far += count
        else:
            sums[span.start(day, by), code] += count
    rows = []
    at = span.start(first, by)
    while at <= last:
        counts = [sums[at, code] for code in columns]
        so_far += sum(counts)
        begins = dt.datetime.combine(at, _ZERO, dt.UTC)
        rows.append(Row(begins, tuple(map(show, counts)), show(sum(counts)), show(so_far)))
        at = span.after(at, by)
    return Grid(columns, tuple(rows), by)


def hours(session: Session, edition: Edition, view: View, now: dt.datetime) -> Grid:
    """Confirmed signatures by hour of the last seven days; small figures are not told."""
    last = now.replace(minute=0, second=0, microsecond=0)
    first = last - dt.timedelta(hours=HOURS - 1)
    found: Counter[dt.datetime] = Counter()
    for day, hour, count in tallies.counts_by(
        session, edition.campaign_id, ("day", "hour"), state=view.state, since=first.date(), narrowed=view.narrowed
    ):
        if isinstance(day, dt.date):
            found[dt.datetime.combine(day, dt.time(int(str(hour))), dt.UTC)] += int(str(count))
    if not found:
        return Grid((), ())
    steps = (first + dt.timedelta(hours=number) for number in range(HOURS))
    return Grid((), tuple(Row(at, (), tally.fine(found[at], found[at]) if found[at] else 0) for at in steps))


def sources(
    opened: dict[str, int] | None, confirmed: dict[str, int], waiting: dict[tuple[str, str], int]
) -> tuple[Source, ...]:
    """What came of each source, those that most came by first; openings are not counted by country."""
    signed = Counter(confirmed)
    for (_, source), count in waiting.items():
        signed[source] += count
    every = sorted({*signed, *(opened or {})}, key=lambda one: (-signed[one], one))
    return tuple(
        Source(
            of=one,
            opened=opened.get(one, 0) if opened is not None else None,
            signed=tally.fine(signed[one], signed[one]),
            confirmed=tally.fine(confirmed.get(one, 0), confirmed.get(one, 0)),
        )
        for one in every
    )


def opened_by(session: Session, edition: Edition, view: View) -> dict[str, int] | None:
    """How often pages were opened, by source; None where it is asked by country, which nobody counts."""
    if view.country is not None:
        return None
    return openings.by_source(
        session, edition.campaign_id, state=view.state, since=view.since, until=view.until, narrowed=view.narrowed
    )
