"""Standing: what the latest event made of it."""

import datetime as dt

import pytest

from campaign.domain.cause import Event
from campaign.domain.standing import phases, standing

CHECKED = dt.date(2026, 11, 24)


def event(kind, on, treaty="apmbc"):
    return Event(
        id=f"{treaty}_{kind}", treaty=treaty, kind=kind, on=on, source=("https://example.org/",), checked=CHECKED
    )


EVENTS = (
    event("joined", "2003"),
    event("announced", "2025-03-18"),
    event("parliament", "2025-05-08"),
    event("deposited", "2025-06-27"),
    event("in_force", "2025-12-27"),
)


@pytest.mark.parametrize(
    ("today", "status", "since"),
    [
        ("2002-12-31", "never", ""),
        ("2003-01-01", "party", "2003"),
        ("2025-03-18", "announced", "2025-03-18"),
        ("2025-05-08", "voted", "2025-05-08"),
        ("2025-12-26", "deposited", "2025-06-27"),
        ("2025-12-27", "out", "2025-12-27"),
        ("2026-11-24", "out", "2025-12-27"),
    ],
)
def test_a_standing_begins_with_its_event(today, status, since):
    found = standing(EVENTS, "apmbc", dt.date.fromisoformat(today))
    assert (found.status, found.since) == (status, since)


def test_the_other_treaty_is_another_story():
    assert standing(EVENTS, "ccm", CHECKED).status == "never"


def test_who_came_back_has_returned():
    assert standing((*EVENTS, event("returned", "2027-01-01")), "apmbc", dt.date(2027, 1, 1)).status == "returned"


def test_letters_are_made_ready_for_standings_to_come():
    later = (*EVENTS, event("returned", "2027-01-01"))
    assert phases(later, CHECKED) == (dt.date(2025, 12, 27), dt.date(2027, 1, 1))
