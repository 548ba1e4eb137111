"""Edit: change what a campaign says, by the rules of its folder, with what stood before, by whom and why.

The one way in which pages and commands change words, offices and dates. A change is a function from the whole
campaign to the whole campaign (`services/whole`); nothing of it is applied where one rule is broken.

    def later(cause: Cause) -> Cause:
        return replace(cause, closes_on=dt.date(2027, 6, 30))

    edit(parts, "keep-the-ban", By(login.organiser_id, "extended until June"), later, what="campaign.edit")

Who edits a piece that was opened in a form hands its version along, so that nobody else's change is lost:

    seen = {name: pieces(cause)[name].version}          # domain/inventory, when the form was drawn
    edit(parts, slug, by, change, seen=seen)            # StaleEditError when it says something else by now
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from campaign.domain import inventory
from campaign.domain.cause import Cause
from campaign.domain.inventory import Change
from campaign.domain.piece import Name
from campaign.errors import InputRefusedError, NotFoundError, Problem, StaleEditError
from campaign.outside.bundle import reader
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.services.load import bring
from campaign.services.note import note
from campaign.services.transact import transact
from campaign.services.whole import whole

MAX_REASON = 300
_MOST_NOTED = 20  # pieces of one edit that the audit trail names; the history names all

Make = Callable[[Cause], Cause]


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, an organiser's id or COMMAND_LINE, and why in a few words."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit changed: the pieces, and the campaign's revision with which they came into force."""

    changes: tuple[Change, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that was held against the rules and not made: the whole before and after, and what differs."""

    before: Cause
    after: Cause
    changes: tuple[Change, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Tell what differs."""
        object.__setattr__(self, "changes", inventory.changes(self.before, self.after))


def draft(parts: Parts, slug: str, make: Make) -> Draft:
    """Try a change out; nothing is stored.

    Raises WordsRefusedError with every fault, by field; NotFoundError when there is no such campaign.
    """
    with parts.reading() as session:
        before = whole(session, slug)
    return Draft(before, reader.check(make(before)))


def edit(
    parts: Parts, slug: str, by: By, make: Make, *, seen: Mapping[Name, str] | None = None, what: str = "words.edit"
) -> Edited:
    """Make a change, all of it or nothing; one that changes nothing is no change, and leaves no trace.

    `seen` holds the version of each piece as whoever changes it has seen it. `what` names the act in the audit trail.
    Raises WordsRefusedError with every fault; StaleEditError when a piece is not what was seen any more;
    InputRefusedError without a reason; NotFoundError when there is no such campaign.
    """
    reason = check_reason(by.reason)
    tried = draft(parts, slug, make)  # the rules take their time: not while others wait to write
    return transact(parts, lambda session: _make(parts, session, By(by.who, reason), tried, (make, seen or {}, what)))


def check_reason(reason: str) -> str:
    """Clean a reason. Raises InputRefusedError where there is none, or one that nobody would read."""
    cleaned = " ".join(reason.split())
    if not cleaned or len(cleaned) > MAX_REASON:
        raise InputRefusedError((Problem("reason", "E-WHY", {"most": str(MAX_REASON)}),))
    return cleaned


def _make(parts: Parts, session: Session, by: By, tried: Draft, asked: tuple[Make, Mapping[Name, str], str]) -> Edited:
    make, seen, what = asked
    slug = tried.before.slug
    row = editions.locked(session, slug)
    if row is None:
        raise NotFoundError(f"there is no campaign {slug} here")
    now = whole(session, slug)
    stale = changed_since(now, seen)
    if stale:
        raise StaleEditError("; ".join(str(name) for name in stale))
    after = tried.after if now == tried.before else reader.check(make(now))
    changes = inventory.changes(now, after)
    if after == now:
        return Edited((), row.revision)
    bring(parts, session, after, by.who, by.reason)
    for one in changes[:_MOST_NOTED]:
        note(parts, session, by.who, what, f"{slug}: {one.name}", by.reason)
    return Edited(changes, row.revision)


def changed_since(cause: Cause, seen: Mapping[Name, str]) -> tuple[Name, ...]:
    """Name the pieces that do not say any more what they said when they were seen."""
    stands = inventory.pieces(cause) if seen else {}
    return tuple(name for name, known in seen.items() if name not in stands or stands[name].version != known)
