"""Where a state stands towards a treaty, derived from its dated timeline."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from campaign.domain.cause import Event, Treaty

Status = Literal["never", "party", "announced", "voted", "deposited", "out", "returned"]

_AFTER: dict[str, Status] = {
    "joined": "party",
    "announced": "announced",
    "government": "announced",
    "parliament": "voted",
    "president": "voted",
    "deposited": "deposited",
    "in_force": "out",
    "returned": "returned",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and the event date it holds since, as told (`2025-12-27`, `2003`); empty for never."""

    status: Status
    since: str


def first_day(told: str) -> dt.date:
    """Turn a date as told (day, month or year) into the first day it can mean."""
    parts = [int(part) for part in told.split("-")]
    return dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def standing(events: tuple[Event, ...], treaty: Treaty, today: dt.date) -> Standing:
    """Say where a state stands towards a treaty on a day: what its latest event by then made of it."""
    found = Standing("never", "")
    for event in sorted(events, key=lambda event: first_day(event.on)):
        if event.treaty == treaty and first_day(event.on) <= today:
            status = _AFTER[event.kind]
            if status != found.status:
                found = Standing(status, event.on)
    return found


def phases(events: tuple[Event, ...], today: dt.date) -> tuple[dt.date, ...]:
    """List the first days of the standings that letters must be ready for: the one that holds today, and later ones."""
    days = sorted({first_day(event.on) for event in events})
    begun = [day for day in days if day <= today]
    return (begun[-1] if begun else dt.date.min, *(day for day in days if day > today))
