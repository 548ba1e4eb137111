"""Processes: one that serves ends with the one that started it, however that one ended."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def end_with_parent(parent: int) -> None:
    """Ask Linux to end this process when its parent dies, and end it now when that has happened already.

    `parent` is the process id that the parent had; elsewhere than on Linux nothing is promised.
    """
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("the process that started this one is gone")


def on_end(stop: Callable[[], None]) -> None:
    """Call `stop` on SIGTERM and SIGINT, so that what is in hand is finished."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop())


def watch_parent(stop: Callable[[], None], parent: int) -> None:
    """Call `stop` once this process's parent, which had the id `parent`, is gone."""

    def watch() -> None:
        waiting = threading.Event()
        while not waiting.wait(1):
            if os.getppid() != parent:
                stop()
                return

    threading.Thread(target=watch, name="parent", daemon=True).start()
