"""The worker: mails to supporters first, then letters, one at a time, until it is told to stop."""

import threading
import time
from collections.abc import Callable
from typing import Self

import structlog

from campaign.errors import CampaignError, StaleMoveError
from campaign.parts import Parts
from campaign.services.claim import Held, hold, recover
from campaign.services.collect import collect
from campaign.services.deliver import Worked
from campaign.services.digest import open_digests
from campaign.services.forget import forget
from campaign.services.hush import hush_all
from campaign.services.question import question
from campaign.services.remind import remind
from campaign.services.roll import BATCH, roll
from campaign.services.turn import turn

log = structlog.get_logger()

IDLE_SECONDS = 0.5  # how often an idle worker looks for work: the row is the truth, the wait only a doorbell
FORGET_SECONDS = 600.0
ROLL_SECONDS = 60.0
COLLECT_SECONDS = 60.0
COLLECT_AGAIN_SECONDS = 300.0  # after a round in which the mailbox could not be read
MOST_PAUSE_SECONDS = 60.0


class Heart:
    """Beats beside the worker: as long as it does, the row in hand keeps its lease."""

    def __init__(self, parts: Parts) -> None:
        """Beat three times a lease."""
        self._parts = parts
        self._row: Held | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart", daemon=True)

    def __enter__(self) -> Self:
        """Begin to beat."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._stopped.set()
        self._thread.join(timeout=5)

    def take(self, row: Held | None) -> None:
        """Keep the lease of a row from now on; None keeps none."""
        self._row = row

    def _beat(self) -> None:
        while not self._stopped.wait(self._parts.settings.lease_seconds / 3):
            row = self._row
            if row is None:
                continue
            try:
                hold(self._parts, row)
            except StaleMoveError:
                continue  # done with, or lost: the next move of the row will find out
            except CampaignError as error:
                log.warning("heart.missed", code=error.code)


class Worker:
    """Works until `stop` is set; whatever it has in hand then, it ends first."""

    def __init__(self, parts: Parts, stop: threading.Event | None = None) -> None:
        """Work with parts of its own: its mailer is shared with nobody."""
        self._parts = parts
        self.stop = stop or threading.Event()
        self._pause = 0.0
        self._next_recover = 0.0
        self._next_forget = 0.0
        self._next_roll = 0.0
        self._next_collect = 0.0

    def run(self) -> None:
        """Work until told to stop."""
        log.info("worker.started")
        with Heart(self._parts) as heart:
            while not self.stop.is_set():
                try:
                    self._chores()
                    worked = self.turn(heart.take)
                except (CampaignError, OSError) as error:
                    log.warning("worker.failed", error=type(error).__name__, code=getattr(error, "code", ""))
                    worked = Worked("failed", is_reachable=False)
                finally:
                    heart.take(None)
                self._rest(worked)
        self._parts.mailer.close()
        log.info("worker.stopped")

    def turn(self, held: Callable[[Held], None] | None = None) -> Worked | None:
        """Do one piece of work; None when there was none."""
        return turn(self._parts, held)

    def drain(self, most: int = 10_000) -> int:
        """Work until nothing is due; how many pieces there were."""
        done = 0
        while done < most and self.turn() is not None:
            done += 1
        return done

    def _rest(self, worked: Worked | None) -> None:
        if worked is None:
            self.stop.wait(IDLE_SECONDS)
        elif not worked.is_reachable:
            self._pause = min(max(self._pause * 2, 1.0), MOST_PAUSE_SECONDS)
            self.stop.wait(self._pause)
        else:
            self._pause = 0.0

    def _chores(self) -> None:
        now = time.monotonic()
        if now >= self._next_recover:
            recovered = recover(self._parts)
            if recovered:
                log.info("worker.recovered", count=recovered)
            hush_all(self._parts)
            open_digests(self._parts)
            self._next_recover = now + self._parts.settings.lease_seconds / 4
        if now >= self._next_roll:
            is_behind = roll(self._parts) == BATCH
            self._next_roll = now if is_behind else now + ROLL_SECONDS
        if now >= self._next_collect:
            is_read = collect(self._parts)
            self._next_collect = time.monotonic() + (COLLECT_SECONDS if is_read else COLLECT_AGAIN_SECONDS)
        if now >= self._next_forget:
            forget(self._parts)
            remind(self._parts)
            question(self._parts)
            self._next_forget = now + FORGET_SECONDS
