"""Fill: write one page of the export that waits longest, and make its file once all its rows are there.

What is done is in the row and its parts alone. Whoever takes over after a kill goes on from the row's `after`; the
dead worker's claim fences it out, should it live after all.
"""

import datetime as dt
import json
from dataclasses import dataclass, replace

import structlog
from sqlalchemy.orm import Session

from campaign.domain.dates import iso
from campaign.domain.export import KEPT
from campaign.errors import CampaignError, StaleMoveError, UnavailableError
from campaign.models.export import ExportRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import export as exports
from campaign.queries import order as orders
from campaign.services.assemble import Made, assemble, measure
from campaign.services.export import Export, open_export, wanted_of
from campaign.services.move import move
from campaign.services.piece import LONG, held_by, keep
from campaign.services.read_on import COLUMNS, read_on
from campaign.services.table import STREAMS, batches, is_streamed
from campaign.services.tell import tell
from campaign.services.transact import transact

log = structlog.get_logger()

# Nothing of these is better the next time; an export that is not ended by them would be tried for ever.
_MISTAKES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
READ = "all"  # what `after` says once every row is in a part


@dataclass(frozen=True, slots=True)
class _Written:
    """What one call adds: parts, rows, where it ended, and, at the first page, how many rows there will be."""

    payloads: list[bytes]
    rows: int
    after: str
    total: int | None = None


def fill(parts: Parts, page: int = exports.PAGE) -> bool:
    """Do one piece of work for an export: a page of so many rows; whether there was any to do."""
    held = transact(parts, lambda session: _take(parts, session))
    if held is None:
        return False
    try:
        if held.after == READ:
            _finish(parts, held)
        else:
            written = _counts(parts, held) if held.kind == "counts" else _page(parts, held, page)
            transact(parts, lambda session: _add(parts, session, held, written))
    except StaleMoveError:
        log.info("export.lost", export=held.id)
    except UnavailableError:
        raise  # nothing is wrong with the export: it is gone on with when the lease ends
    except (CampaignError, OSError, *_MISTAKES) as error:
        code = getattr(error, "code", "E-DISK" if isinstance(error, OSError) else "E-FAULT")
        log.warning("export.failed", export=held.id, error=type(error).__name__, code=code)
        transact(parts, lambda session: _fail(session, held, code))
    return True


def _take(parts: Parts, session: Session) -> ExportRow | None:
    """Take the next export in hand under a fresh claim."""
    now = parts.clock.now()
    row = orders.next_due(session, now)
    if row is None:
        return None
    lease = dt.timedelta(seconds=parts.settings.lease_seconds)
    if row.kind == "counts" or row.after == READ:
        lease = max(lease, LONG)
    if row.status == "queued":
        move(session, row, "running")
    row.claim, row.lease_until = new_id(), now + lease
    return row


def _page(parts: Parts, held: ExportRow, size: int) -> _Written:
    """Read the next page: of a streamed format as its bytes, else as rows that the file is made of at the end."""
    with parts.reading() as session:
        slug = orders.slug(session, held.campaign_id)
    wanted = replace(wanted_of(parts.editions.current(slug), held.asked, held.created_at), page=size)
    total = None if held.after else _total(parts, held, wanted)
    page = read_on(parts, held.kind, wanted, held.after)
    payload = _payload(held, COLUMNS[held.kind], page.rows, is_last=page.is_last)
    return _Written([payload] if payload else [], len(page.rows), READ if page.is_last else page.after, total)


def _total(parts: Parts, held: ExportRow, wanted: exports.Wanted) -> int:
    count = exports.count_agreed if held.kind == "news" else exports.count_signatures
    with parts.reading() as session:
        return count(session, wanted)


def _counts(parts: Parts, held: ExportRow) -> _Written:
    """Count everything at once: a count cannot be gone on with in its middle, and its rows are few."""
    export = _open(parts, held)
    payloads, rows = [], 0
    for batch in batches(export.rows):
        if is_streamed(held.format, held.recipient):
            payloads.append(STREAMS[held.format].page(export.columns, batch, rows == 0))
        else:
            payloads.append(_as_rows(batch))
        rows += len(batch)
    if is_streamed(held.format, held.recipient):
        stream = STREAMS[held.format]
        payloads = [stream.head(export.columns) + b"".join(payloads) + stream.tail(rows == 0)]
    return _Written(payloads, rows, READ, rows)


def _open(parts: Parts, held: ExportRow) -> Export:
    with parts.reading() as session:
        slug = orders.slug(session, held.campaign_id)
    return open_export(parts, parts.editions.current(slug), "counts", held.asked)


def _payload(held: ExportRow, columns: tuple[str, ...], rows: list[tuple[object, ...]], *, is_last: bool) -> bytes:
    if not is_streamed(held.format, held.recipient):
        return _as_rows(rows) if rows else b""
    stream = STREAMS[held.format]
    head = stream.head(columns) if not held.after else b""
    tail = stream.tail(held.rows_done + len(rows) == 0) if is_last else b""
    return head + stream.page(columns, rows, held.rows_done == 0) + tail


def _as_rows(rows: list[tuple[object, ...]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, default=str).encode()


def _add(parts: Parts, session: Session, held: ExportRow, written: _Written) -> None:
    """Keep what was written and where it ended in one transaction, and let go of the export."""
    row = held_by(session, held)
    sign = 1 if is_streamed(row.format, row.recipient) else -1
    for payload in written.payloads:
        row.parts += 1
        keep(parts, session, row.id, sign * row.parts, payload)
    row.rows_done += written.rows
    row.after = written.after
    if written.total is not None:
        row.rows_total = written.total
    row.claim = row.lease_until = None


def _finish(parts: Parts, held: ExportRow) -> None:
    made = measure(parts, held) if is_streamed(held.format, held.recipient) else assemble(parts, held)
    transact(parts, lambda session: _done(parts, session, held, made))


def _done(parts: Parts, session: Session, held: ExportRow, made: Made) -> None:
    row = held_by(session, held)
    now = parts.clock.now()
    move(session, row, "done", claim=held.claim, finished_at=now, expires_at=now + KEPT, lease_until=None)
    row.parts, row.size, row.digest = made.parts, made.size, made.digest
    row.rows_total, row.claim = row.rows_done, None
    told: dict[str, object] = {"campaign": orders.slug(session, row.campaign_id), "export": row.id, "kind": row.kind}
    tell(parts, session, "export.finished", told | {"format": row.format, "rows": row.rows_done, "at": iso(now)})


def _fail(session: Session, held: ExportRow, code: str) -> None:
    row = orders.by_id(session, held.id)
    if row is not None and row.claim == held.claim and row.status == "running":
        move(session, row, "failed", claim=held.claim, failure=code, lease_until=None)
