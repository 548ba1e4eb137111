"""Halt: an organiser stops letters to an office by hand, and lets them go again."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.models.campaign import OfficialRow
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.services.edit import check_reason
from campaign.services.suspend import hold_back, lift
from campaign.services.transact import transact
from campaign.services.verify import note, official_row, release_all, touch


@dataclass(frozen=True, slots=True)
class Halted:
    """The offices that follow, by their slugs, and how many letters were held, or let go."""

    offices: tuple[str, ...]
    letters: int


def suspend(parts: Parts, slug: str, state: str, office: str, reason: str, who: str) -> Halted:
    """Hold letters to an office, and to every office that shares its mailbox, until a person lifts that.

    Raises NotFoundError, and InputRefusedError where no reason is given.
    """
    why = check_reason(reason)

    def work(session: Session) -> tuple[str, ...]:
        row = official_row(parts, session, slug, state, office)
        rows = editions.offices_sharing(session, row.email) or (row,)
        for one in rows:
            one.suspended_at = one.suspended_at or parts.clock.now()
            note(parts, session, "official.suspended", one, why, who)
        _touch(session, slug, *rows)
        return tuple(one.office for one in rows)

    offices, held = transact(parts, work), 0
    while batch := transact(parts, lambda session: hold_back(parts, session)):
        held += batch
    return Halted(offices, held)


def let_go(parts: Parts, slug: str, state: str, office: str, reason: str, who: str) -> Halted:
    """Let letters go again to an office and to all that were suspended with its mailbox; bounces count anew.

    Its address stays as it is: one that nobody verified still gets no letters. Raises NotFoundError, and
    InputRefusedError where no reason is given.
    """
    why = check_reason(reason)

    def work(session: Session) -> tuple[tuple[str, ...], list[int]]:
        row = official_row(parts, session, slug, state, office)
        lifted = lift(session, row)
        rows = [session.get_one(OfficialRow, one) for one in lifted]
        for one in rows:
            note(parts, session, "official.lifted", one, why, who)
        _touch(session, slug, *rows)
        return tuple(one.office for one in rows), lifted

    offices, lifted = transact(parts, work)
    return Halted(offices, sum(release_all(parts, official_id) for official_id in lifted))


def _touch(session: Session, slug: str, *rows: OfficialRow) -> None:
    for changed in {slug, *(editions.slug_of_state(session, one.state_id) or slug for one in rows)}:
        touch(session, changed)
