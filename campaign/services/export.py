"""Export: counts, signatures and people as rows that stream out: one function for page, command line and API."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.domain import tally
from campaign.domain.edition import Edition
from campaign.domain.export import LEAST_REASON, MOST_REASON, PEOPLE, Asked, ExportKind, narrowed
from campaign.errors import InputRefusedError, Problem
from campaign.parts import Parts
from campaign.queries import counted
from campaign.queries import export as exports
from campaign.queries import tally as tallies
from campaign.services.note import COMMAND_LINE, note
from campaign.services.read_on import COLUMNS, read_on
from campaign.services.transact import transact

COUNT_BY = (*tallies.BY, "office")
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2999, 12, 31)
FINE = frozenset({"hour", "country", "language", "source"})  # what could point to a person where few are behind it
MOST_AT_ONCE = 100_000  # signatures that are read for counts while somebody waits; above, the worker does it


@dataclass(frozen=True, slots=True)
class Export:
    """Columns, and rows in that order; the rows can be read once. `name` is of the sheet that they fill."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]
    name: str = "counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A state (code) or all, and UTC days from `since` to `until`, both counted."""

    state: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def check(edition: Edition, period: Period) -> None:
    """Raise InputRefusedError for an unknown state, a day before 2000 or after 2999, or a period without days."""
    for name, day in (("since", period.since), ("until", period.until)):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise InputRefusedError((Problem(name, "E-DAY"),))
    if period.since is not None and period.until is not None and period.since > period.until:
        raise InputRefusedError((Problem("until", "E-PERIOD"),))
    if period.state is not None and edition.state(period.state) is None:
        raise InputRefusedError((Problem("state", "E-STATE"),))


def check_asked(parts: Parts, edition: Edition, kind: ExportKind, asked: Asked) -> None:
    """Raise InputRefusedError for a state, period, column or purpose that cannot be."""
    check(edition, Period(state=asked.state or None, since=asked.since, until=asked.until))
    unknown = [name for name in asked.by if name not in COUNT_BY or kind != "counts"]
    if unknown:
        raise InputRefusedError((Problem("by", "E-BY"),))
    if asked.purpose:
        with parts.reading() as session:
            known = exports.news_purposes(session, edition.campaign_id)
        if asked.purpose not in known or kind != "news":
            raise InputRefusedError((Problem("purpose", "E-PURPOSE"),))


def check_reason(reason: str) -> str:
    """Give a reason without spaces around it. Raises InputRefusedError for one that is too short or too long."""
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise InputRefusedError((Problem("reason", "E-REASON", {"least": str(LEAST_REASON)}),))
    if len(reason) > MOST_REASON:
        raise InputRefusedError((Problem("reason", "E-REASON-LONG", {"most": str(MOST_REASON)}),))
    return reason


def which_of(edition: Edition, asked: Asked) -> str:
    """What an export is of, for the audit trail: never a value of anybody."""
    said = (asked.state or "all", f"{asked.since or ''}..{asked.until or ''}", asked.purpose)
    return " ".join(word for word in (edition.cause.slug, *said) if word)


def open_export(
    parts: Parts, edition: Edition, kind: ExportKind, asked: Asked, *, has_small: bool = False, reason: str = ""
) -> Export:
    """Open an export of any kind, as asked for; its rows are read as they are taken.

    Counts show small figures of FINE columns only where `has_small`. People and news need a reason, which is kept in
    the audit trail before the first row is read; whether somebody may is for the caller to have asked. Raises
    InputRefusedError.
    """
    check_asked(parts, edition, kind, asked)
    if kind == "counts":
        return _open_counts(parts, edition, asked, has_small=has_small)
    if kind in PEOPLE:
        told = check_reason(reason)
        which = which_of(edition, asked)
        transact(parts, lambda session: note(parts, session, COMMAND_LINE, f"export.{kind}", which, told))
    wanted = wanted_of(edition, asked, parts.clock.now())
    return Export(columns_of(kind, asked), _rows(parts, kind, wanted), kind)


def wanted_of(edition: Edition, asked: Asked, made_by: dt.datetime) -> exports.Wanted:
    """Say what is asked for as queries take it; nothing that came after `made_by` (aware UTC)."""
    return exports.Wanted(
        campaign_id=edition.campaign_id,
        state=asked.state,
        since=asked.since,
        until=asked.until,
        language=asked.language,
        country=asked.country,
        source=asked.source,
        purpose=asked.purpose,
        made_by=made_by,
    )


def _rows(parts: Parts, kind: ExportKind, wanted: exports.Wanted) -> Iterator[tuple[object, ...]]:
    page = read_on(parts, kind, wanted, "")
    yield from page.rows
    while not page.is_last:
        page = read_on(parts, kind, wanted, page.after)
        yield from page.rows


def counts(
    parts: Parts, edition: Edition, by: tuple[str, ...], period: Period, *,
    has_small: bool = True, is_unique: bool = False,
) -> Export:  # fmt: skip
    """Confirmed signatures by any of COUNT_BY; those by any of FINE only from ten people up, or all.

    By office, a signature counts once for each office it was addressed to: the cells add up to more than the
    signatures. `is_unique` adds how many people signed: one who signed to three states is one in a cell that spans
    them. Raises InputRefusedError for an unknown state or column, or a period that ends before it begins.
    """
    asked = Asked(state=period.state or "", since=period.since, until=period.until, by=by, is_unique=is_unique)
    return open_export(parts, edition, "counts", asked, has_small=has_small)


def needs_worker(parts: Parts, edition: Edition, asked: Asked, most: int = MOST_AT_ONCE) -> bool:
    """Tell whether counts would read so many signatures that nobody should wait for them at a page."""
    if not _reads_signatures(asked):
        return False
    with parts.reading() as session:
        return sum(tallies.confirmed(session, edition.campaign_id).values()) > most


def _reads_signatures(asked: Asked) -> bool:
    return asked.is_unique or "office" in asked.by


def _open_counts(parts: Parts, edition: Edition, asked: Asked, *, has_small: bool) -> Export:
    by = tuple(dict.fromkeys(asked.by))
    is_fine = not has_small and bool(FINE & set(by) or _narrowed(asked))
    return Export(columns_of("counts", asked), _counts(parts, edition, asked, by, is_fine=is_fine))


def _narrowed(asked: Asked) -> dict[str, str]:
    return narrowed(asked.country, asked.language, asked.source)


def columns_of(kind: ExportKind, asked: Asked) -> tuple[str, ...]:
    """The columns of an export, in order."""
    if kind != "counts":
        return COLUMNS[kind]
    return (*dict.fromkeys(asked.by), "confirmed", *(("unique_people",) if asked.is_unique else ()))


def _counts(
    parts: Parts, edition: Edition, asked: Asked, by: tuple[str, ...], *, is_fine: bool
) -> Iterator[tuple[object, ...]]:
    """Read the tally where it can tell, else the signatures; the last figure of a row is the one of people."""
    with parts.reading() as session:
        if _reads_signatures(asked):
            wanted = exports.Wanted(
                campaign_id=edition.campaign_id,
                state=asked.state,
                since=asked.since,
                until=asked.until,
                country=asked.country,
                language=asked.language,
                source=asked.source,
            )
            rows = counted.counts_by(session, wanted, by, is_unique=asked.is_unique)
        else:
            rows = tallies.counts_by(
                session,
                edition.campaign_id,
                by,
                state=asked.state or None,
                since=asked.since,
                until=asked.until,
                narrowed=_narrowed(asked),
            )
        for row in rows:
            figures = [int(str(figure)) for figure in row[len(by) :]]
            people = figures[-1]
            yield (*row[: len(by)], *(tally.fine(one, people) if is_fine else one for one in figures))
