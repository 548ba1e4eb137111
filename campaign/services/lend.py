"""Lend: links for tablets that many people sign on: made, listed, ended, and held against the clock."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from campaign.domain import street, tally
from campaign.domain.edition import Edition
from campaign.errors import NotFoundError, TokenError
from campaign.models.street import DeviceRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import street as streets
from campaign.queries import tally as tallies
from campaign.services.note import name_of, note
from campaign.services.transact import transact

DeviceStatus = Literal["works", "ended", "over"]


@dataclass(frozen=True, slots=True)
class Device:
    """A tablet in the list; instants are aware UTC. `over` is one whose days are over.

    `confirmed` is how many signatures that came of it count; None where they are too few to be told.
    """

    id: str
    name: str
    source: str
    made_by: str
    made_at: dt.datetime
    expires_at: dt.datetime
    ended_at: dt.datetime | None
    status: DeviceStatus
    confirmed: int | None


@dataclass(frozen=True, slots=True)
class Lent:
    """What a tablet's link stands for: the campaign's slug, its signatures' source, and whether it still works."""

    campaign: str
    source: str
    is_over: bool


def lend(parts: Parts, edition: Edition, by: str, name: str, days: int) -> str:
    """Make a tablet's link that works for so many days, and return its address; it is shown this once.

    Raises InputRefusedError for a name or days that cannot be.
    """
    clean = street.check_device(name, days)
    now = parts.clock.now()
    ends = now + dt.timedelta(days=days)
    row_id = new_id()

    def work(session: Session) -> None:
        row = DeviceRow(
            id=row_id,
            campaign_id=edition.campaign_id,
            name=clean,
            source=street.source_of(clean, row_id),
            made_by=by,
            made_at=now,
            expires_at=ends,
        )
        session.add(row)
        session.flush()
        note(parts, session, by, "device.create", f"{edition.cause.slug} device {row_id}")

    transact(parts, work)
    return f"{parts.settings.base_url}/{edition.cause.languages[0]}/kiosk/{parts.keys.token('kiosk', row_id, 0, ends)}/"


def end(parts: Parts, edition: Edition, by: str, device_id: str) -> None:
    """End a tablet's link at once; one that ended before stays as it is. Raises NotFoundError."""

    def work(session: Session) -> None:
        row = streets.device(session, device_id)
        if row is None or row.campaign_id != edition.campaign_id:
            raise NotFoundError(f"there is no tablet {device_id}")
        if row.ended_at is None:
            row.ended_at = parts.clock.now()
            note(parts, session, by, "device.end", f"{edition.cause.slug} device {device_id}")

    transact(parts, work)


def lent(parts: Parts, token: str) -> Lent:
    """Say what a tablet's link stands for. Raises TokenError when it is not genuine, or its row is gone."""
    read = parts.keys.read_token("kiosk", token)
    with parts.reading() as session:
        found = streets.standing(session, read.row_id)
        if found is None:
            raise TokenError("row")
        row, slug = found
        return Lent(slug, row.source, _status(row, parts.clock.now()) != "works")


def listed(parts: Parts, edition: Edition) -> tuple[Device, ...]:
    """List the tablets of a campaign, the newest first."""
    now = parts.clock.now()
    with parts.reading() as session:
        rows = streets.devices(session, edition.campaign_id)
        counted = tallies.counts_by(session, edition.campaign_id, ("source",))
        came = {str(source): int(str(count)) for source, count in counted} if rows else {}
        return tuple(_device(parts, session, row, came.get(row.source, 0), now) for row in rows)


def _device(parts: Parts, session: Session, row: DeviceRow, came: int, now: dt.datetime) -> Device:
    return Device(
        id=row.id,
        name=row.name,
        source=row.source,
        made_by=name_of(parts, session, row.made_by),
        made_at=row.made_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        status=_status(row, now),
        confirmed=tally.fine(came, came),
    )


def _status(row: DeviceRow, now: dt.datetime) -> DeviceStatus:
    if row.ended_at is not None:
        return "ended"
    return "over" if row.expires_at <= now else "works"
