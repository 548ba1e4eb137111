"""Age: a file sealed to somebody's public key (https://age-encryption.org/v1), so that only they can open it."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO

import pyrage  # type: ignore[import-untyped]

from campaign.errors import InputRefusedError, Problem

MOST_LETTERS = 100  # an age1… key has 62


def check_recipient(recipient: str) -> str:
    """Give a public key without spaces around it, empty where there is none.

    Raises InputRefusedError for one that is not an age key.
    """
    recipient = recipient.strip()
    if recipient:
        _recipient(recipient)
    return recipient


def _recipient(recipient: str) -> object:
    try:
        return pyrage.x25519.Recipient.from_str(recipient[:MOST_LETTERS])
    except pyrage.RecipientError:
        raise InputRefusedError((Problem("recipient", "E-RECIPIENT"),)) from None


def seal_to(recipient: str, write: Callable[[IO[bytes]], int], file: IO[bytes]) -> int:
    """Seal to a public key whatever `write` writes, while it does, into a file; gives what `write` gives.

    Nothing of it lies open on a disk. Raises InputRefusedError for a key that is none, and what either side raises.
    """
    to = _recipient(recipient)
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def seal() -> None:
        with os.fdopen(reading, "rb") as source:
            try:
                pyrage.encrypt_io(source, file, [to])
            except BaseException as error:  # noqa: BLE001  raised again where it is waited for
                failed.append(error)

    thread = threading.Thread(target=seal, name="age", daemon=True)
    thread.start()
    count = 0
    try:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb", buffering=65_536) as sink:
            count = write(sink)
    finally:
        thread.join()
    if failed:
        raise failed[0] if isinstance(failed[0], OSError) else OSError("the file could not be sealed") from failed[0]
    return count
