"""Assemble: make an export's file of its rows, by way of a file in the home that only we can read, and measure it."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from campaign.models.export import ExportRow
from campaign.outside.age import seal_to
from campaign.parts import Parts
from campaign.queries import order as orders
from campaign.services.export import Export, columns_of
from campaign.services.piece import held_by, keep, opened_in_hand, renew
from campaign.services.table import FORMATS
from campaign.services.transact import transact

PIECE = 1 << 20  # bytes of a file in one part


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is whole: how many parts it has, its size in bytes, and its SHA-256 in hex."""

    parts: int
    size: int
    digest: str


def measure(parts: Parts, held: ExportRow) -> Made:
    """Measure a file whose parts were written as they were read. Raises StaleMoveError."""
    digest, size = hashlib.sha256(), 0
    for payload in opened_in_hand(parts, held, range(1, held.parts + 1)):
        digest.update(payload)
        size += len(payload)
    return Made(held.parts, size, digest.hexdigest())


def assemble(parts: Parts, held: ExportRow) -> Made:
    """Make the file of the rows and keep it as parts; what a dead worker had made of it is thrown away.

    Raises StaleMoveError, OSError where the disk is full, and what the format raises.
    """
    transact(parts, lambda session: _begin(session, held))
    folder = parts.settings.home / f"export-{held.id}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        with _private(folder / "file") as file:
            _write(parts, held, file, folder)
            file.seek(0)
            return _keep_all(parts, held, file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _begin(session: Session, held: ExportRow) -> None:
    held_by(session, held)
    orders.drop_file(session, held.id)


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def _write(parts: Parts, held: ExportRow, file: IO[bytes], folder: Path) -> None:
    export = Export(columns_of(held.kind, held.asked), _rows(parts, held), held.kind)
    if held.recipient:
        seal_to(held.recipient, lambda sink: FORMATS[held.format](export, sink, folder), file)
    else:
        FORMATS[held.format](export, file, folder)
    file.flush()


def _rows(parts: Parts, held: ExportRow) -> Iterator[tuple[object, ...]]:
    for payload in opened_in_hand(parts, held, range(-1, -held.parts - 1, -1)):
        yield from map(tuple, json.loads(payload))


def _keep_all(parts: Parts, held: ExportRow, file: IO[bytes]) -> Made:
    digest, size, number = hashlib.sha256(), 0, 0
    while payload := file.read(PIECE):
        number += 1
        size += len(payload)
        digest.update(payload)
        transact(parts, lambda session: _keep(parts, session, held, number, payload))  # noqa: B023  done before the next
    return Made(number, size, digest.hexdigest())


def _keep(parts: Parts, session: Session, held: ExportRow, number: int, payload: bytes) -> None:
    renew(parts, session, held)
    keep(parts, session, held.id, number, payload)
