"""Takes: write down what an office asked for: letters one by one, many in one mail, or none at all."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain.courtesy import Takes
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.services.edit import check_reason
from campaign.services.hush import hush_all
from campaign.services.note import COMMAND_LINE
from campaign.services.pace import rehang
from campaign.services.transact import transact
from campaign.services.verify import note, official_row, touch


@dataclass(frozen=True, slots=True)
class Taken:
    """The offices that follow, by their slugs, and how many waiting letters were stopped, or travel otherwise now."""

    offices: tuple[str, ...]
    letters: int


def take(  # noqa: PLR0913, PLR0917  which office, what, why and by whom
    parts: Parts, slug: str, state: str, office: str, takes: Takes, reason: str, who: str = COMMAND_LINE
) -> Taken:
    """Write down what an office takes from now on, for it and for every office that shares its mailbox.

    `who` is an organiser's id, or a word. Raises NotFoundError, and InputRefusedError where no reason is given.
    """
    reason = check_reason(reason)

    def work(session: Session) -> tuple[tuple[str, ...], str]:
        row = official_row(parts, session, slug, state, office)
        rows = editions.offices_sharing(session, row.email) or (row,)
        for one in rows:
            one.takes = takes
            note(parts, session, f"official.takes.{takes}", one, reason, who)
        for changed in {editions.slug_of_state(session, one.state_id) for one in rows}:
            touch(session, changed or slug)
        return tuple(one.office for one in rows), row.email

    offices, address = transact(parts, work)
    if takes == "silence":
        return Taken(offices, hush_all(parts))
    return Taken(offices, transact(parts, lambda session: rehang(parts, session, address, takes)) if address else 0)
