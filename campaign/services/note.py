"""Note: one line in the audit trail, sealed together with the line before it; and whether the trail is whole."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.models.audit import AuditRow
from campaign.models.organiser import OrganiserRow
from campaign.outside.keys import Keys
from campaign.parts import Parts
from campaign.queries import organiser as organisers

COMMAND_LINE = "command line"
CAMPAIGN = "campaign"  # the program itself
SUPPORTER = "supporter"  # whoever signed, about their own


@dataclass(frozen=True, slots=True)
class Trail:
    """What a look over the audit trail found: how many lines, and the first that is not as it was.

    `broken_at` is that line's id, 0 where there is none.
    """

    lines: int
    broken_at: int


def note(parts: Parts, session: Session, who: str, what: str, which: str, reason: str = "") -> None:
    """Write down who did what to which thing and why, never with values; `who` is an organiser's id or a word."""
    last = organisers.last_line(session)
    row = AuditRow(at=parts.clock.now(), who=who, what=what, which=which, reason=reason)
    row.mac = _mac(parts.keys, last.mac if last is not None else "", row)
    session.add(row)
    session.flush()


def _mac(keys: Keys, before: str, row: AuditRow) -> str:
    return keys.seal_line(before, row.at.isoformat(), row.who, row.what, row.which, row.reason)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail, with who did it by name where it was an organiser."""

    id: int
    at: dt.datetime
    who: str
    what: str
    which: str
    reason: str


def name_of(parts: Parts, session: Session, who: str) -> str:
    """Name whoever did something: an organiser by their address, anything else as it is written down."""
    row = session.get(OrganiserRow, who)
    return who if row is None else parts.keys.open(row.email_sealed, "organiser", "email_sealed", row.id)


def newest(parts: Parts, most: int = 200) -> tuple[Line, ...]:
    """Give the newest lines of the audit trail, the newest first."""
    with parts.reading() as session:
        names = {
            one.id: parts.keys.open(one.email_sealed, "organiser", "email_sealed", one.id)
            for one in organisers.everybody(session)
        }
        rows = organisers.newest_lines(session, most)
        return tuple(Line(one.id, one.at, names.get(one.who, one.who), one.what, one.which, one.reason) for one in rows)


def examine_trail(parts: Parts) -> Trail:
    """Hold every line of the audit trail against its seal, the oldest first.

    Lines older than the chain have none. A line taken off the end cannot be seen here: compare the count with one
    that was written down elsewhere.
    """
    before, count = "", 0
    with parts.reading() as session:
        for row in organisers.lines(session):
            count += 1
            if (row.mac or before) and row.mac != _mac(parts.keys, before, row):
                return Trail(count, row.id)
            before = row.mac
    return Trail(count, 0)
