"""Overview: what organisers see first: figures, counts by what they are asked by, offices, and what needs them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import tally
from campaign.domain.edition import Edition
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import returns
from campaign.queries import tally as tallies
from campaign.queries.delivery import Heap
from campaign.services.export import Period, check

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
    """Letters to one office: by status, and since when the oldest that waits does (aware UTC)."""

    state: str
    office: str
    sent: int
    waiting: int
    held: int
    refused: int
    unknown: int
    oldest_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that needs a person: its kind, which thing, and how many."""

    kind: str
    which: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page, as of an instant (aware UTC), for a period of UTC days."""

    as_of: dt.datetime
    figures: dict[str, int]
    funnel: tuple[Bar, ...]
    tables: dict[str, tuple[Bar, ...]]
    offices: tuple[Office, ...]
    alarms: tuple[Alarm, ...]


def overview(parts: Parts, edition: Edition, period: Period) -> Overview:
    """Look over a campaign. Raises InputRefusedError for an unknown state or a period that ends before it begins."""
    check(edition, period)
    now = parts.clock.now()
    with parts.reading() as session:
        heaps = deliveries.heaps(session, edition.campaign_id)
        tables = {
            name: bars(
                [(str(cell), count) for cell, count in _pairs(session, edition, name, period)], is_fine=name in FINER
            )
            for name in ("state", "day", *FINER)
        }
        statuses = tallies.signatures(session, edition.campaign_id)
        days = dict(_pairs(session, edition, "day", Period(state=period.state)))
        drift = tallies.drift(session)
        suspended = returns.suspended(session)
    offices = _offices(heaps, period.state)
    today = now.date()
    figures = {
        "today": days.get(today, 0),
        "week": sum(count for day, count in days.items() if isinstance(day, dt.date) and day >= today - _WEEK),
        "all": sum(days.values()),
        "pending": _of_state(statuses, "pending", period.state),
        "letters": sum(one.sent for one in offices),
    }
    return Overview(
        as_of=now.replace(microsecond=0),
        figures=figures,
        funnel=bars(
            [
                ("signed", figures["all"] + figures["pending"] + _of_state(statuses, "withdrawn", period.state)),
                ("confirmed", figures["all"]),
                ("letters", figures["letters"]),
            ]
        ),
        tables=tables,
        offices=offices,
        alarms=_alarms(offices, suspended, drift, now),
    )


def _pairs(session: Session, edition: Edition, name: str, period: Period) -> list[tuple[object, int]]:
    rows = tallies.counts_by(
        session,
        edition.campaign_id,
        (name,),
        state=period.state,
        since=period.since,
        until=period.until,
    )
    return [(cell, int(str(count))) for cell, count in rows]


def _of_state(statuses: dict[tuple[str, str], int], status: str, state: str | None) -> int:
    return sum(count for (code, found), count in statuses.items() if found == status and state in (None, code))


def bars(pairs: list[tuple[str, int]], *, is_fine: bool = False) -> tuple[Bar, ...]:
    """Turn figures into lines that can be drawn; the finer ones only from ten people up, through one function."""
    shown = [(of, tally.fine(count, count) if is_fine else count) for of, count in pairs]
    most = max((count for _, count in shown if count), default=0)
    found = [Bar(of, count, (count or 0) / most if most else 0.0) for of, count in shown]
    return tuple(sorted(found, key=lambda one: -(one.count or 0))) if is_fine else tuple(found)


def _offices(heaps: list[Heap], state: str | None) -> tuple[Office, ...]:
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
        )

    return tuple(office(key, those) for key, those in found.items())


def _alarms(
    offices: tuple[Office, ...], suspended: Sequence[tuple[str, str]], drift: int, now: dt.datetime
) -> tuple[Alarm, ...]:
    found = [Alarm("suspended", f"{state} {office}", 1) for state, office in suspended]
    for one in offices:
        which = f"{one.state} {one.office}"
        if one.unknown:
            found.append(Alarm("unknown", which, one.unknown))
        if one.held:
            found.append(Alarm("held", which, one.held))
        if one.refused:
            found.append(Alarm("refused", which, one.refused))
        if one.waiting and one.oldest_at is not None and now - one.oldest_at > _OLD:
            found.append(Alarm("old", which, one.waiting))
    if drift:
        found.insert(0, Alarm("drift", "", drift))
    return tuple(found)
