"""Rules of timelines: dates that exist, ids that name fields, tallies of parliaments, and an order that can be."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence

from campaign.domain.cause import Event, Intervention
from campaign.domain.standing import first_day
from campaign.errors import Mistake
from campaign.outside.bundle.sheet import Placed

NOTICE_MONTHS = 6  # between deposit and leaving: Mine Ban Convention and Cluster Convention, both Article 20(3)
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_TOLD = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_RANKS = {"joined": 0, "announced": 1, "government": 1, "parliament": 1, "president": 1, "deposited": 2, "in_force": 3}


def is_told(on: str) -> bool:
    """Tell whether a text is a day, a month or a year that exists: 2025-05-08, 2025-05, 2025."""
    try:
        return _TOLD.fullmatch(on) is not None and first_day(on) is not None
    except ValueError:
        return False


def last_day(told: str) -> dt.date:
    """Turn a date as told into the last day it can mean."""
    first = first_day(told)
    if len(told) == len("2025"):
        return dt.date(first.year, 12, 31)
    if len(told) == len("2025-05"):
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first


def date(placed: Placed[Event] | Placed[Intervention]) -> Iterator[Mistake]:
    """Refuse a date that is no day, month or year."""
    if not is_told(placed.thing.on):
        yield placed.mistake(
            f"`on` is “{placed.thing.on}”; it must be a day, a month or a year: 2025-05-08, 2025-05 or 2025", "on"
        )


def event(placed: Placed[Event]) -> Iterator[Mistake]:
    """Check one event by itself: its id, its date and its tally."""
    thing = placed.thing
    if not IDENTIFIER.fullmatch(thing.id):
        yield placed.mistake("`id` must be small letters a to z, digits and _, and begin with a letter", "id")
    yield from date(placed)
    if thing.vote is None:
        return
    if thing.kind != "parliament":
        yield placed.mistake(f"only a parliament votes; the kind of this event is {thing.kind}", "vote")
    for name in ("in_favour", "against", "abstained", "absent"):
        if (getattr(thing.vote, name) or 0) < 0:
            yield placed.mistake(f"`{name}` cannot be less than none", "vote", name)


def check(events: Sequence[Placed[Event]]) -> Iterator[Mistake]:
    """Check the events of one state against each other: ids, and the order of each treaty's."""
    seen: dict[str, Placed[Event]] = {}
    for placed in events:
        first = seen.setdefault(placed.thing.id, placed)
        if first is not placed:
            line = first.sheet.line((*first.place, "id"))
            yield placed.mistake(f"two events have the id `{placed.thing.id}`; the first is in line {line}", "id")
    dated = [one for one in events if is_told(one.thing.on)]
    for treaty in ("apmbc", "ccm"):
        of_treaty = sorted(
            (one for one in dated if one.thing.treaty == treaty), key=lambda one: first_day(one.thing.on)
        )
        yield from _order(of_treaty)
        yield from _notice(of_treaty)


def _order(events: Sequence[Placed[Event]]) -> Iterator[Mistake]:
    """A state joins, then decides, then deposits, then is out; after a return it may begin again."""
    for index, later in enumerate(events):
        if any(one.thing.kind == "returned" for one in events[: index + 1]):
            return
        for earlier in events[:index]:
            is_apart = last_day(earlier.thing.on) < first_day(later.thing.on)
            if is_apart and _RANKS[earlier.thing.kind] > _RANKS[later.thing.kind]:
                what = f"`{later.thing.id}` cannot come after `{earlier.thing.id}`, which is dated {earlier.thing.on}"
                yield later.mistake(what, "on")
                break


def _notice(events: Sequence[Placed[Event]]) -> Iterator[Mistake]:
    deposits = [one.thing for one in events if one.thing.kind == "deposited"]
    for placed in events:
        if placed.thing.kind != "in_force":
            continue
        latest = last_day(placed.thing.on)
        before = [one for one in deposits if first_day(one.on) <= latest]
        if not before:
            what = (
                f"`{placed.thing.id}` needs an event of the kind deposited before it: a state is out only after notice"
            )
            yield placed.mistake(what, "on")
        elif latest < (soonest := _months_later(first_day(before[-1].on))):
            yield placed.mistake(
                f"`{placed.thing.id}` is too early: notice was deposited on {before[-1].on}, "
                f"and takes effect after {NOTICE_MONTHS} months at the soonest (Article 20), on {soonest.isoformat()}",
                "on",
            )


def _months_later(day: dt.date) -> dt.date:
    """The same day NOTICE_MONTHS later, or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + NOTICE_MONTHS, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
