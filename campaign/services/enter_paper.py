"""Enter paper: how many signed on paper, as an organiser counted them: a number, of nobody, counted apart."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import street
from campaign.domain.edition import Edition, StateEdition
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.street import SheetRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import street as streets
from campaign.services.note import name_of, note
from campaign.services.transact import transact


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody counted: a state (slug or code), a day (None: none that can be read), how many, and where."""

    state: str
    day: dt.date | None
    count: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A count in the list; instants are aware UTC, `state` is a code. It was undone where `undone_at` is not None."""

    id: str
    state: str
    day: dt.date
    count: int
    place: str
    entered_by: str
    entered_at: dt.datetime
    undone_by: str
    undone_at: dt.datetime | None


def enter_paper(parts: Parts, edition: Edition, by: str, counted: Counted) -> str:
    """Enter how many signed on paper; its id. It is never part of a count of signatures.

    Raises InputRefusedError with all that is wrong.
    """
    now = parts.clock.now()
    state, day, place = _checked(edition, counted, now.astimezone(dt.UTC).date())

    def work(session: Session) -> str:
        row = SheetRow(
            id=new_id(),
            campaign_id=edition.campaign_id,
            state_id=state.id,
            day=day,
            count=counted.count,
            place=place,
            entered_by=by,
            entered_at=now,
        )
        session.add(row)
        session.flush()
        note(parts, session, by, "paper.enter", f"{edition.cause.slug} sheet {row.id}")
        return row.id

    return transact(parts, work)


def _checked(edition: Edition, counted: Counted, today: dt.date) -> tuple[StateEdition, dt.date, str]:
    """The state, the day and the cleaned place. Raises InputRefusedError with all that is wrong."""
    state, day = edition.state(counted.state), counted.day
    problems: tuple[Problem, ...] = () if state is not None else (Problem("state", "E-STATE"),)
    place = ""
    try:
        place = street.check_sheet(day, counted.count, counted.place, opens_on=edition.cause.opens_on, today=today)
    except InputRefusedError as refused:
        problems += refused.problems
    if problems or state is None or day is None:
        raise InputRefusedError(problems)
    return state, day, place


def undo(parts: Parts, edition: Edition, by: str, sheet_id: str) -> None:
    """Take a count back; it stays in the list, struck out. One undone before stays as it is. Raises NotFoundError."""

    def work(session: Session) -> None:
        row = streets.sheet(session, edition.campaign_id, sheet_id)
        if row is None:
            raise NotFoundError(f"there is no count {sheet_id}")
        if row.undone_at is None:
            row.undone_by, row.undone_at = by, parts.clock.now()
            note(parts, session, by, "paper.undo", f"{edition.cause.slug} sheet {sheet_id}")

    transact(parts, work)


def listed(parts: Parts, edition: Edition) -> tuple[Sheet, ...]:
    """List what was entered for a campaign, the last first, what was undone among it."""
    with parts.reading() as session:
        return tuple(_sheet(parts, session, row, code) for row, code in streets.sheets(session, edition.campaign_id))


def _sheet(parts: Parts, session: Session, row: SheetRow, code: str) -> Sheet:
    return Sheet(
        id=row.id,
        state=code,
        day=row.day,
        count=row.count,
        place=row.place,
        entered_by=name_of(parts, session, row.entered_by),
        entered_at=row.entered_at,
        undone_by=name_of(parts, session, row.undone_by) if row.undone_by else "",
        undone_at=row.undone_at,
    )
