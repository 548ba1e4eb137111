"""Piece: the parts of an export that a worker has in hand: sealed and kept under its claim, and opened again."""

import datetime as dt
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from campaign.errors import NotFoundError, StaleMoveError
from campaign.models.export import ExportPartRow, ExportRow
from campaign.parts import Parts
from campaign.queries import order as orders
from campaign.services.transact import transact

LONG = dt.timedelta(minutes=10)  # the lease of what is not done page by page: counts, and making a file


def held_by(session: Session, held: ExportRow) -> ExportRow:
    """Read an export again in this transaction, locked and still under the claim it was taken with.

    Raises StaleMoveError when another took it over, or it was removed.
    """
    row = orders.by_id(session, held.id)
    if row is None or row.claim != held.claim or row.status != "running":
        raise StaleMoveError("the claim is lost")
    return row


def keep(parts: Parts, session: Session, export_id: str, number: int, payload: bytes) -> None:
    """Seal a part and keep it."""
    sealed = parts.keys.seal_bytes(payload, "export_part", "sealed", f"{export_id}/{number}")
    session.add(ExportPartRow(export_id=export_id, number=number, sealed=sealed))


def opened(parts: Parts, export_id: str, numbers: Iterable[int]) -> Iterator[bytes]:
    """Open part after part. Raises NotFoundError where one is gone: the export was removed meanwhile."""
    for number in numbers:
        with parts.reading() as session:
            sealed = orders.part(session, export_id, number)
        if sealed is None:
            raise NotFoundError(export_id)
        yield parts.keys.open_bytes(sealed, "export_part", "sealed", f"{export_id}/{number}")


def opened_in_hand(parts: Parts, held: ExportRow, numbers: Iterable[int]) -> Iterator[bytes]:
    """Open part after part of what is held, and hold it on however long that takes. Raises StaleMoveError."""
    held_at = parts.clock.now()
    try:
        for payload in opened(parts, held.id, numbers):
            yield payload
            if parts.clock.now() - held_at > LONG / 3:
                transact(parts, lambda session: renew(parts, session, held))
                held_at = parts.clock.now()
    except NotFoundError as error:
        raise StaleMoveError("removed") from error


def renew(parts: Parts, session: Session, held: ExportRow) -> None:
    """Let the lease of what is held begin anew. Raises StaleMoveError."""
    held_by(session, held).lease_until = parts.clock.now() + LONG
