"""Written: an export as bytes to a file or a pipe, counted and fingerprinted on their way."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from campaign.outside.age import seal_to
from campaign.services.export import Export
from campaign.services.table import FORMATS


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows and bytes were written, and the SHA-256 of the bytes in hex."""

    rows: int
    size: int
    digest: str


class _Measured:
    """A file that notes what goes by; it can only be written to."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        """Leave the file open: it is for its owner to close."""

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def written(self, rows: int) -> Written:
        return Written(rows, self.size, self._digest.hexdigest())


def write(export: Export, form: str, file: IO[bytes], recipient: str = "", folder: Path | None = None) -> Written:
    """Write an export in a format, sealed where there is a recipient (an age key); what is laid aside goes to a folder.

    Raises InputRefusedError for a key that is none, OSError where the disk is full.
    """
    measured = _Measured(file)
    if recipient:
        rows = seal_to(recipient, lambda sink: FORMATS[form](export, sink, folder), measured)  # type: ignore[arg-type]
    else:
        rows = FORMATS[form](export, measured, folder)  # type: ignore[arg-type]  # all that the formats use is there
    measured.flush()
    return measured.written(rows)


def write_file(export: Export, form: str, path: Path, recipient: str = "") -> Written:
    """Write beside and rename: a file with the asked name is whole, or not there, or the one that was there before.

    Raises InputRefusedError for a key that is none, OSError where the disk is full.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            found = write(export, form, file, recipient, path.absolute().parent)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return found
