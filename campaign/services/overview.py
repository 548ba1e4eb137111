"""Overview: what organisers see first: figures, counts by what they are asked by, offices, and what needs them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import tally
from campaign.domain.edition import Edition
from campaign.domain.webhook import ALARM_AFTER
from campaign.parts import Parts
from campaign.queries import alarm as raised
from campaign.queries import returns
from campaign.queries import review as reviews
from campaign.queries import tally as tallies
from campaign.queries import webhook as webhooks
from campaign.queries.delivery import Heap
from campaign.services import plot
from campaign.services.export import check
from campaign.services.look import ANSWERS, DRIFT, LETTERS, look
from campaign.services.plot import Grid, Source, View

_WEEK = dt.timedelta(days=6)  # with today seven days
_OLD = dt.timedelta(days=2)  # a letter that waits longer than this is told of
FINER = ("country", "language", "source")  # shown from ten people up


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a table that is also drawn: of what, its figure (None: too few), and its share of the largest."""

    of: str
    count: int | None
    share: float


@dataclass(frozen=True, slots=True)
class Office:
    """Letters to one office: by status, since when the oldest that waits does (aware UTC), and how it answered."""

    state: str
    office: str
    sent: int
    waiting: int
    held: int
    refused: int
    unknown: int
    oldest_at: dt.datetime | None
    answers: dict[str, int]  # what their senders told, by `domain.courtesy.ANSWERS`


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that needs a person: its kind, which thing, and how many."""

    kind: str
    which: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page, as of an instant (aware UTC); letters may be as of a little earlier.

    `days` and `hours` are also drawn. `goal` is the next of the campaign's goals, where nothing is left out.
    """

    as_of: dt.datetime
    letters_at: dt.datetime
    figures: dict[str, int | None]
    funnel: tuple[Bar, ...]
    sources: tuple[Source, ...]
    days: Grid
    hours: Grid
    goal: int | None
    tables: dict[str, tuple[Bar, ...]]
    offices: tuple[Office, ...]
    alarms: tuple[Alarm, ...]


def overview(parts: Parts, edition: Edition, view: View) -> Overview:
    """Look over a campaign. Raises InputRefusedError for an unknown state or a period that ends before it begins."""
    check(edition, view)
    now = parts.clock.now()
    with parts.reading() as session:
        letters = look(parts, session, LETTERS, edition.campaign_id)
        answers = look(parts, session, ANSWERS, edition.campaign_id)
        offices = _offices(letters.found, answers.found, view.state)
        drift = look(parts, session, DRIFT, edition.campaign_id).found
        alarms = _needs(session, edition, offices, drift, now)
        tables = {name: _counted(session, edition, name, view) for name in ("state", *FINER)}
        uncounted = _uncounted(session, edition, view)
        opened = plot.opened_by(session, edition, view)
        figures = _figures(session, edition, view, now.date())
        days = plot.days(session, edition, view, now.date())
        hours = plot.hours(session, edition, view, now)
    confirmed = sum(count for _, count in tables["state"])
    figures["pending"] = sum(count for (status, _), count in uncounted.items() if status == "pending")
    sent = None if view.narrowed or view.since or view.until else sum(one.sent for one in offices)
    show = plot.told(view)
    return Overview(
        as_of=now.replace(microsecond=0),
        letters_at=min(letters.at, answers.at).replace(microsecond=0),
        figures={name: show(count) for name, count in figures.items()} | ({} if sent is None else {"letters": sent}),
        funnel=_funnel(view, opened, confirmed, sum(uncounted.values()), sent),
        sources=plot.sources(opened, dict(tables["source"]), uncounted),
        days=days,
        hours=hours,
        goal=_goal(edition, confirmed) if view.is_whole else None,
        tables={name: _bars_of(name, view, pairs) for name, pairs in tables.items()},
        offices=offices,
        alarms=alarms,
    )


def _needs(
    session: Session, edition: Edition, offices: tuple[Office, ...], drift: int, now: dt.datetime
) -> tuple[Alarm, ...]:
    """Everything that needs a person."""
    unseen = raised.count_unseen(session, edition.campaign_id)
    to_read, _ = reviews.count_waiting(session, edition.campaign_id)
    kept = reviews.held_by_office(session, edition.campaign_id)
    silent = webhooks.failing(session, ALARM_AFTER)
    told = (Alarm("webhook", "", len(silent)),) if silent else ()
    return _trend(unseen) + _to_read(to_read) + told + _alarms(offices, returns.suspended(session), drift, now, kept)


def _funnel(
    view: View, opened: dict[str, int] | None, confirmed: int, uncounted: int, sent: int | None
) -> tuple[Bar, ...]:
    """How far people came; without what is not told by all that is asked for."""
    reached = {
        "opened": None if opened is None else sum(opened.values()),
        "signed": confirmed + uncounted,
        "confirmed": confirmed,
        "letters": sent,
    }
    pairs = [(of, count) for of, count in reached.items() if count is not None]
    return bars(pairs, is_fine=bool(view.narrowed), is_sorted=False)


def _bars_of(name: str, view: View, pairs: list[tuple[str, int]]) -> tuple[Bar, ...]:
    return bars(pairs, is_fine=name in FINER or bool(view.narrowed), is_sorted=name in FINER)


def _uncounted(session: Session, edition: Edition, view: View) -> dict[tuple[str, str], int]:
    return tallies.uncounted(
        session, edition.campaign_id, state=view.state, since=view.since, until=view.until, narrowed=view.narrowed
    )


def known(parts: Parts, edition: Edition) -> dict[str, list[str]]:
    """List the countries, languages and sources that signatures were ever counted of, to choose from."""
    with parts.reading() as session:
        return {name: tallies.values(session, edition.campaign_id, name) for name in FINER}


def _counted(session: Session, edition: Edition, name: str, view: View) -> list[tuple[str, int]]:
    rows = tallies.counts_by(
        session,
        edition.campaign_id,
        (name,),
        state=view.state,
        since=view.since,
        until=view.until,
        narrowed=view.narrowed,
    )
    return [(str(cell), int(str(count))) for cell, count in rows]


def _figures(session: Session, edition: Edition, view: View, today: dt.date) -> dict[str, int]:
    """Confirmed today, in the last seven days, and in all: whatever the period is that is looked at."""
    rows = tallies.counts_by(session, edition.campaign_id, ("day",), state=view.state, narrowed=view.narrowed)
    days = {day: int(str(count)) for day, count in rows}
    week = sum(count for day, count in days.items() if isinstance(day, dt.date) and day >= today - _WEEK)
    return {"today": days.get(today, 0), "week": week, "all": sum(days.values())}


def _goal(edition: Edition, confirmed: int) -> int | None:
    """The first goal that is not reached, or the last."""
    goals = edition.cause.goals
    return next((goal for goal in goals if goal > confirmed), goals[-1] if goals else None)


def bars(pairs: Sequence[tuple[str, int]], *, is_fine: bool = False, is_sorted: bool | None = None) -> tuple[Bar, ...]:
    """Turn figures into lines that can be drawn; the finer ones only from ten people up, through one function.

    Finer ones come with the largest first, unless told otherwise.
    """
    shown = [(of, tally.fine(count, count) if is_fine else count) for of, count in pairs]
    most = max((count for _, count in shown if count), default=0)
    found = [Bar(of, count, (count or 0) / most if most else 0.0) for of, count in shown]
    is_sorted = is_fine if is_sorted is None else is_sorted
    return tuple(sorted(found, key=lambda one: -(one.count or 0))) if is_sorted else tuple(found)


def _offices(heaps: list[Heap], answers: list[tuple[str, str, str, int]], state: str | None) -> tuple[Office, ...]:
    found: dict[tuple[str, str], list[Heap]] = {}
    for heap in heaps:
        if state in (None, heap.state):
            found.setdefault((heap.state, heap.office), []).append(heap)

    def office(key: tuple[str, str], those: list[Heap]) -> Office:
        def of(*statuses: str) -> int:
            return sum(one.count for one in those if one.status in statuses)

        waiting = [one.oldest_at for one in those if one.status in ("queued", "claimed", "held")]
        return Office(
            state=key[0],
            office=key[1],
            sent=of("accepted", "complained"),
            waiting=of("queued", "claimed"),
            held=of("held"),
            refused=of("refused", "blocked", "bounced"),
            unknown=of("unknown", "in_data"),
            oldest_at=min(waiting, default=None),
            answers={said: count for code, office, said, count in answers if (code, office) == key},
        )

    return tuple(office(key, those) for key, those in found.items())


def _trend(unseen: int) -> tuple[Alarm, ...]:
    return (Alarm("trend", "", unseen),) if unseen else ()


def _to_read(count: int) -> tuple[Alarm, ...]:
    return (Alarm("review", "", count),) if count else ()


def _alarms(
    offices: tuple[Office, ...],
    suspended: Sequence[tuple[str, str]],
    drift: int,
    now: dt.datetime,
    kept: dict[tuple[str, str], int],
) -> tuple[Alarm, ...]:
    """What needs a person; `kept` letters are held for a look at their paragraph, not for an address."""
    found = [Alarm("suspended", f"{state} {office}", 1) for state, office in suspended]
    for one in offices:
        which = f"{one.state} {one.office}"
        if one.unknown:
            found.append(Alarm("unknown", which, one.unknown))
        without = one.held - kept.get((one.state, one.office), 0)
        if without > 0:
            found.append(Alarm("held", which, without))
        if one.refused:
            found.append(Alarm("refused", which, one.refused))
        if one.waiting and one.oldest_at is not None and now - one.oldest_at > _OLD:
            found.append(Alarm("old", which, one.waiting))
    if drift:
        found.insert(0, Alarm("drift", "", drift))
    return tuple(found)
