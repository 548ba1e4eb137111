"""Invalidate: take signatures out of the count together, by conditions, with a look beforehand and a way back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from campaign.domain import rule as rules
from campaign.domain import tally
from campaign.domain.batch import SAMPLES, BatchStatus, Conditions, read, title
from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError, NotFoundError, Problem, StaleMoveError
from campaign.models.batch import BatchRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import batch as batches
from campaign.services.note import name_of, note
from campaign.services.sealed import email_of
from campaign.services.transact import transact

NEWEST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What conditions mean now: how many, by state's code and UTC day of confirming, and a few ids.

    `is_small`: too few of a mail domain, or none, for any of that to be told.
    """

    total: int
    days: tuple[tuple[str, dt.date, int], ...] = ()
    samples: tuple[str, ...] = ()
    is_small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch as it is shown. `taken` signatures are out of the count, or were; `back` of them were put back.

    `said` are its conditions in words; `who` made it, started it or began to undo it.
    """

    id: str
    name: str
    reason: str
    status: BatchStatus
    total: int
    taken: int
    back: int
    who: str
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    said: dict[str, str] = field(default_factory=dict)
    found: Found | None = None

    @property
    def left(self) -> int:
        """How many signatures were taken out and are not put back."""
        return self.taken - self.back


class StartedError(StaleMoveError):
    """A batch is at work, or over: somebody was faster."""

    code = "E-BATCH-STARTED"

    def __init__(self, who: str, at: dt.datetime | None, status: str) -> None:
        """Keep who was faster, and when (aware UTC)."""
        super().__init__(f"it is {status}: started by {who} at {at.isoformat(timespec='seconds') if at else '-'}")
        self.who, self.at, self.status = who, at, status


def create(parts: Parts, edition: Edition, who: str, raw: Mapping[str, str]) -> str:
    """Write a batch down, as a draft; nothing is taken out. Gives its id. `raw` is as typed, `domain` a mail domain.

    Raises InputRefusedError.
    """
    problems: list[Problem] = []
    conditions, name, reason = Conditions(), "", ""
    try:
        name, reason = title(raw)
    except InputRefusedError as refused:
        problems += refused.problems
    try:
        conditions = _conditions(parts, edition, raw)
    except InputRefusedError as refused:
        problems += refused.problems
    if problems:
        raise InputRefusedError(tuple(problems))

    def work(session: Session) -> str:
        row = BatchRow(
            id=new_id(),
            campaign_id=edition.campaign_id,
            name=name,
            conditions=conditions,
            reason=reason,
            status="draft",
            total=0,
            done=0,
            who=who,
            created_at=parts.clock.now(),
        )
        session.add(row)
        session.flush()
        note(parts, session, who, "batch.create", f"batch {row.id}", reason)
        return row.id

    return transact(parts, work)


def _conditions(parts: Parts, edition: Edition, raw: Mapping[str, str]) -> Conditions:
    """Read conditions; a domain typed becomes its fingerprint."""
    given = dict(raw)
    typed = raw.get("domain", "").strip()
    if typed:
        name = rules.domain(typed)
        if name is None or name.startswith("*."):
            raise InputRefusedError((Problem("domain", "E-BATCH-DOMAIN"),))
        given["domain_key"] = parts.keys.domain_key(name)
    states = tuple(one.state.code for one in edition.states)
    return read(given, states, edition.cause.languages)


def listed(parts: Parts, edition: Edition) -> tuple[Batch, ...]:
    """Give the newest batches of a campaign."""
    with parts.reading() as session:
        return tuple(_batch(parts, session, row) for row in batches.of_campaign(session, edition.campaign_id, NEWEST))


def look(parts: Parts, edition: Edition, batch_id: str, *, has_small: bool = True) -> Batch:
    """Look at a batch; of a draft also at what it would take out. Nothing is changed.

    Without `has_small`, fewer than ten signatures from a mail domain are not told: a domain of one's own is as good as
    a name, and nobody looks for people here. Raises NotFoundError.
    """
    with parts.reading() as session:
        row = _of(session, edition, batch_id)
        found = None
        if row.status == "draft":
            asked = (session, row.campaign_id, row.conditions)
            days = tuple(batches.per_day(*asked, parts.clock.now()))
            total = sum(count for _, _, count in days)
            found = Found(total, days, tuple(batches.samples(*asked, parts.clock.now(), SAMPLES)))
            if not has_small and _is_small(row, total):
                found = Found(0, is_small=True)
        return _batch(parts, session, row, found)


def _is_small(row: BatchRow, total: int) -> bool:
    return bool(row.conditions.domain_key) and tally.fine(total, total) is None


def _of(session: Session, edition: Edition, batch_id: str, *, is_locked: bool = False) -> BatchRow:
    row = batches.by_id(session, batch_id, is_locked=is_locked)
    if row is None or row.campaign_id != edition.campaign_id:
        raise NotFoundError("there is no such batch")
    return row


def _batch(parts: Parts, session: Session, row: BatchRow, found: Found | None = None) -> Batch:
    taken, back = batches.members(session, row.id)
    return Batch(
        id=row.id,
        name=row.name,
        reason=row.reason,
        status=row.status,
        total=row.total,
        taken=taken,
        back=back,
        who=name_of(parts, session, row.who),
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        said=in_words(parts, session, row.conditions),
        found=found,
    )


def in_words(parts: Parts, session: Session, said: Conditions) -> dict[str, str]:
    """Say conditions in words; a domain by its name where enough people are there."""
    words = {name: str(getattr(said, name)) for name in said.said()}
    for name in ("since", "until"):
        at: dt.datetime | None = getattr(said, name)
        if at is not None:
            words[name] = at.isoformat(timespec="minutes").replace("+00:00", "Z")
    if "domain_key" in words:
        words["domain_key"] = domain_name(parts, session, said.domain_key)
    if "network_key" in words:
        words["network_key"] = said.network_key[:8]
    return words


def domain_name(parts: Parts, session: Session, domain_key: str) -> str:
    """Name a mail domain where at least ten people have a mailbox there; else only begin its fingerprint."""
    people, known = batches.of_domain(session, domain_key)
    if known is None or tally.fine(people, people) is None:
        return domain_key[:8]
    return email_of(parts.keys, known).rpartition("@")[2]


def run(parts: Parts, edition: Edition, who: str, batch_id: str, *, has_small: bool = True) -> int:
    """Begin to take a batch's signatures out: those confirmed before now; how many there are.

    Without `has_small`, none of fewer than ten from a mail domain: run and undone, it would tell what `look` does not.
    Raises NotFoundError, InputRefusedError for one that is too small, and StartedError where somebody was faster.
    """

    def work(session: Session) -> int:
        row = _of(session, edition, batch_id, is_locked=True)
        _must_be(parts, session, row, "draft")
        row.status, row.who, row.started_at = "running", who, parts.clock.now()
        row.total = batches.count(session, row.campaign_id, row.conditions, row.started_at)
        if not has_small and _is_small(row, row.total):
            raise InputRefusedError((Problem("domain", "E-BATCH-SMALL"),))
        note(parts, session, who, "batch.run", f"batch {row.id}", row.reason)
        return row.total

    return transact(parts, work)


def cancel(parts: Parts, edition: Edition, who: str, batch_id: str) -> int:
    """Stop a batch where it is; what it took out stays out. How many that are. Raises NotFoundError, StartedError."""

    def work(session: Session) -> int:
        row = _of(session, edition, batch_id, is_locked=True)
        _must_be(parts, session, row, "draft", "running")
        row.status, row.finished_at = "cancelled", parts.clock.now()
        note(parts, session, who, "batch.cancel", f"batch {row.id}", row.reason)
        return row.done

    return transact(parts, work)


def undo(parts: Parts, edition: Edition, who: str, batch_id: str) -> int:
    """Begin to put a batch's signatures back into the count; how many it took out.

    Raises NotFoundError, and StartedError where it cannot be undone now, or is already.
    """

    def work(session: Session) -> int:
        row = _of(session, edition, batch_id, is_locked=True)
        _must_be(parts, session, row, "done", "cancelled")
        row.status, row.who, row.started_at, row.finished_at = "undoing", who, parts.clock.now(), None
        row.total, row.done = row.done, 0
        note(parts, session, who, "batch.undo", f"batch {row.id}", row.reason)
        return row.total

    return transact(parts, work)


def _must_be(parts: Parts, session: Session, row: BatchRow, *statuses: BatchStatus) -> None:
    if row.status not in statuses:
        raise StartedError(name_of(parts, session, row.who), row.started_at, row.status)
