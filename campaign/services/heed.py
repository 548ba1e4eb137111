"""Heed: show organisers what an hourly look found out of the ordinary, and write down that somebody saw it."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import tally
from campaign.domain.edition import Edition
from campaign.errors import NotFoundError
from campaign.models.alarm import AlarmRow
from campaign.parts import Parts
from campaign.queries import alarm as alarms
from campaign.queries import batch as batches
from campaign.services.note import name_of, note
from campaign.services.transact import transact

NEWEST = 200
MARK = "many_from_network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An alarm as it is shown: `which` names the thing where it may be named, `hour` begins the hour (aware UTC)."""

    id: str
    kind: str
    which: str
    hour: dt.datetime
    count: int
    usual: int
    seen_at: dt.datetime | None
    seen_by: str


@dataclass(frozen=True, slots=True)
class Network:
    """One network that many signed from: one of its signatures, how many are marked, and how many confirmed."""

    signature_id: str
    count: int
    confirmed: int
    first_at: dt.datetime
    last_at: dt.datetime


def listed(parts: Parts, edition: Edition, *, with_seen: bool = True) -> tuple[Alarm, ...]:
    """Give a campaign's newest alarms, those nobody saw or all."""
    with parts.reading() as session:
        rows = alarms.of_campaign(session, edition.campaign_id, NEWEST, with_seen=with_seen)
        return tuple(_alarm(parts, session, row) for row in rows)


def _alarm(parts: Parts, session: Session, row: AlarmRow) -> Alarm:
    return Alarm(
        id=row.id,
        kind=row.kind,
        which=_which(parts, row),
        hour=row.hour,
        count=row.count,
        usual=row.usual,
        seen_at=row.seen_at,
        seen_by=name_of(parts, session, row.seen_by),
    )


def _which(parts: Parts, row: AlarmRow) -> str:
    """Name what an alarm is about; a mail domain only from ten people up."""
    if row.kind in ("country", "state"):
        return row.key
    if row.shown_sealed is None or tally.fine(row.count, row.count) is None:
        return row.key[:8]
    return parts.keys.open(row.shown_sealed, "alarm", "shown_sealed", row.id)


def name_of_domain(parts: Parts, edition: Edition, alarm_id: str) -> str:
    """Give the mail domain that an alarm is about, where it may be named; else nothing. Raises NotFoundError."""
    with parts.reading() as session:
        row = _of(session, edition, alarm_id)
        which = _which(parts, row)
        return which if row.kind == "domain" and "." in which else ""


def _of(session: Session, edition: Edition, alarm_id: str, *, is_locked: bool = False) -> AlarmRow:
    row = alarms.by_id(session, alarm_id, is_locked=is_locked)
    if row is None or row.campaign_id != edition.campaign_id:
        raise NotFoundError("there is no such alarm")
    return row


def networks(parts: Parts, edition: Edition) -> tuple[Network, ...]:
    """Give the networks that many signed from in the last two days, which is as long as they are told apart."""
    with parts.reading() as session:
        return tuple(Network(*row) for row in alarms.marked_networks(session, edition.campaign_id, MARK, NEWEST))


def see(parts: Parts, edition: Edition, who: str, alarm_id: str) -> None:
    """Write down that an alarm was seen; a second time changes nothing. Raises NotFoundError."""

    def work(session: Session) -> None:
        row = _of(session, edition, alarm_id, is_locked=True)
        if row.seen_at is None:
            row.seen_at, row.seen_by = parts.clock.now(), who
            note(parts, session, who, "alarm.seen", f"alarm {row.id}")

    transact(parts, work)


def conditions_of(parts: Parts, edition: Edition, *, alarm_id: str = "", signature_id: str = "") -> dict[str, str]:
    """Give the conditions that mean what an alarm is about, or the network of a signature, as a form holds them.

    Raises NotFoundError.
    """
    with parts.reading() as session:
        if signature_id:
            one = batches.like(session, edition.campaign_id, signature_id)
            if one is None or one.network_key is None:
                raise NotFoundError("there is no such signature, or its network is forgotten")
            return {"network_key": one.network_key}
        row = _of(session, edition, alarm_id)
        name = f"{row.kind}_key" if row.kind in ("domain", "network") else row.kind
        return {name: row.key, "since": row.hour.strftime("%Y-%m-%dT%H:%M")}
