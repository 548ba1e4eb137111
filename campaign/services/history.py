"""History: every version of a piece, with who wrote it, when and why; and which edits a folder would undo."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain.inventory import Change
from campaign.domain.piece import Name
from campaign.errors import NotFoundError
from campaign.models.change import ChangeRow
from campaign.parts import Parts
from campaign.queries import change as asked
from campaign.queries import edition as editions
from campaign.queries import organiser as organisers
from campaign.services.note import COMMAND_LINE

LOADED = "loaded from a folder"  # why a piece changed, where a folder was loaded


@dataclass(frozen=True, slots=True)
class Version:
    """One change of a piece: what stood before and what stands since; `who` is an organiser's address or a word."""

    id: int
    name: Name
    at: dt.datetime
    who: str
    reason: str
    before: str
    after: str


def history(parts: Parts, slug: str, name: Name) -> tuple[Version, ...]:
    """Every change of a piece, the newest first. Raises NotFoundError when there is no such campaign."""
    with parts.reading() as session:
        names = _names(parts, session)
        return tuple(_version(one, names) for one in asked.of_piece(session, _id(session, slug), name))


def latest(parts: Parts, slug: str) -> dict[Name, Version]:
    """The newest change of every piece that was ever changed. Raises NotFoundError when there is no such campaign."""
    with parts.reading() as session:
        names = _names(parts, session)
        return {name: _version(row, names) for name, row in asked.latest(session, _id(session, slug)).items()}


def version(parts: Parts, slug: str, change_id: int) -> Version:
    """One change by its number. Raises NotFoundError when the campaign has none of that number."""
    with parts.reading() as session:
        row = asked.by_id(session, _id(session, slug), change_id)
        if row is None:
            raise NotFoundError(f"change {change_id}")
        return _version(row, _names(parts, session))


def undone(parts: Parts, session: Session, campaign_id: int, changes: Iterable[Change]) -> tuple[Version, ...]:
    """Of the pieces that a folder says otherwise, those that somebody edited since a folder was last loaded."""
    known = asked.latest(session, campaign_id)
    rows = (known[one.name] for one in changes if one.name in known)
    edited = [row for row in rows if (row.who, row.reason) != (COMMAND_LINE, LOADED)]
    names = _names(parts, session) if edited else {}
    return tuple(_version(row, names) for row in edited)


def _id(session: Session, slug: str) -> int:
    row = editions.row(session, slug)
    if row is None:
        raise NotFoundError(f"there is no campaign {slug} here")
    return row.id


def _names(parts: Parts, session: Session) -> dict[str, str]:
    return {
        one.id: parts.keys.open(one.email_sealed, "organiser", "email_sealed", one.id)
        for one in organisers.everybody(session)
    }


def _version(row: ChangeRow, names: dict[str, str]) -> Version:
    name = Name(row.kind, row.which, row.language)
    return Version(row.id, name, row.at, names.get(row.who, row.who), row.reason, row.before, row.after)
