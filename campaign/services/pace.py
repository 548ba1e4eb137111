"""Pace: when one more mail may go to the mailbox of an office, and whether a letter to it travels alone."""

import datetime as dt
from typing import Literal

from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.domain import schedule, window
from campaign.domain.cause import Window
from campaign.domain.courtesy import DIGEST_AFTER, Takes, Way
from campaign.domain.edition import Edition, StateEdition
from campaign.models.delivery import DeliveryRow, DigestRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions

# How a letter to an office would travel, and why: alone; in a digest, as asked for or since many wait; or not at all.
Travel = Literal["letter", "asked", "queue", "silence"]


def hours(edition: Edition, state: StateEdition, official_id: int) -> tuple[Window | None, dt.tzinfo]:
    """When an office of a state may be written to, and by whose clock: its own hours, else the campaign's."""
    own = next((one.official.sending_window for one in state.officials if one.id == official_id), None)
    return own or edition.cause.sending_window, window.zone_of(state.state.timezone)


def turn_at(parts: Parts, session: Session, row: DeliveryRow | DigestRow) -> dt.datetime | None:
    """The later instant at which a row's turn comes; None where it has come.

    An office has hours, and its mailbox a fill of an hour; one worker at a time decides about a mailbox.
    """
    now = parts.clock.now()
    opening = window.opens(*_hours_of(parts, session, row), now)
    if opening > now:
        return opening
    most = parts.settings.letters_per_hour
    if most == 0:
        return None
    deliveries.lock_address(session, row.address)
    lately = deliveries.hour_of(session, row.address, now)
    if len(lately) < most:
        return None
    return max(lately[len(lately) - most] + dt.timedelta(hours=1), now + dt.timedelta(seconds=1))


def _hours_of(parts: Parts, session: Session, row: DeliveryRow | DigestRow) -> tuple[Window | None, dt.tzinfo]:
    """The hours for a row; none where its state is no longer in the campaign."""
    found = state_at(parts, session, row.state_id)
    return hours(*found, row.official_id) if found is not None else (None, dt.UTC)


def state_at(parts: Parts, session: Session, state_id: int) -> tuple[Edition, StateEdition] | None:
    """The campaign and the state with a row's id, as they stand now; None where either is gone."""
    slug = editions.slug_of_state(session, state_id)
    edition = parts.editions.current(slug) if slug is not None else None
    state = edition.state_with(state_id) if edition is not None else None
    return (edition, state) if edition is not None and state is not None else None


def put_off(session: Session, address: str, until: dt.datetime) -> None:
    """Let everything that waits for a mailbox wait until an instant."""
    for kind in (DeliveryRow, DigestRow):
        waiting = update(kind).where(kind.id.in_(deliveries.queued_to(kind, address, until)))
        session.execute(waiting.values(due_at=until).execution_options(synchronize_session=False))


def rehang(parts: Parts, session: Session, address: str, takes: Takes) -> int:
    """Let letters that wait for a mailbox travel as it takes them now; how many changed.

    Where more wait than can leave one by one in time, those in a digest stay in it.
    """
    way: Way = "digest" if takes == "digest" else "letter"
    if way == "letter" and is_long(parts, deliveries.count_queued(session, address)):
        return 0
    waiting = (DeliveryRow.address == address, DeliveryRow.status == "queued", DeliveryRow.way != way)
    changed = update(DeliveryRow).where(*waiting).values(way=way).execution_options(synchronize_session=False)
    return int(session.execute(changed).rowcount)  # type: ignore[attr-defined]


def way_to(parts: Parts, session: Session, address: str, takes: Takes) -> Way:
    """How a letter that is queued now travels: in a digest where the office asked for that, or the wait is too long."""
    if takes == "digest":
        return "digest"
    return "digest" if address and is_long(parts, deliveries.count_waiting(session, address)) else "letter"


def is_long(parts: Parts, ahead: int) -> bool:
    """Tell whether a letter that has so many before it would wait too long to travel alone."""
    return schedule.leaves_after(ahead, 0, parts.settings.letters_per_hour) > DIGEST_AFTER


def travels_now(parts: Parts, state: StateEdition) -> dict[str, Travel]:
    """As `travels`, for a page that everybody gets."""
    with parts.reading() as session:
        return travels(parts, session, state)


def travels(parts: Parts, session: Session, state: StateEdition) -> dict[str, Travel]:
    """How a letter to each office of a state would travel, were it queued now."""
    ahead = deliveries.waiting_at(session, state.id)
    asked: dict[Takes, Travel] = {"digest": "asked", "silence": "silence"}
    return {
        one.office: asked.get(one.takes) or ("queue" if is_long(parts, ahead.get(one.email, 0)) else "letter")
        for one in state.officials
    }
