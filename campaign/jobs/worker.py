"""The worker: mails to supporters first, then letters, one at a time, until it is told to stop."""

import threading
import traceback
from collections.abc import Callable
from typing import Self

import structlog

from campaign.errors import CampaignError, StaleMoveError
from campaign.jobs.chores import ASIDE, Chore, Round, chores
from campaign.outside.database import DatabaseError
from campaign.parts import Parts
from campaign.services.claim import Held, hold
from campaign.services.deliver import Worked
from campaign.services.turn import turn

log = structlog.get_logger()

IDLE_SECONDS = 0.5  # how often an idle worker looks for work: the row is the truth, the wait only a doorbell
MOST_PAUSE_SECONDS = 60.0
ASIDE_PAUSE_SECONDS = 5.0  # after a chore that failed
ASIDE_REST_SECONDS = 30.0  # of that chore, while the others go on


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


class Aside:
    """Does the long chores beside the worker, in a thread of its own: no letter waits for them."""

    def __init__(
        self, parts: Parts, chores: tuple[Chore, ...] = ASIDE, pause_seconds: float = ASIDE_PAUSE_SECONDS
    ) -> None:
        """Do chores with the worker's parts, but for its mailer; after one that failed, pause."""
        self._pause = pause_seconds
        self._round = Round(parts, chores, ASIDE_REST_SECONDS)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="aside", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop after the piece in hand."""
        self._stopped.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        pause = 0.0
        while not self._stopped.wait(pause):
            try:
                pause = 0.0 if self._round.go() else IDLE_SECONDS
            except (CampaignError, OSError, DatabaseError) as error:
                log.warning("aside.failed", error=type(error).__name__, code=getattr(error, "code", ""))
                pause = self._pause
            except Exception as error:  # noqa: BLE001  one chore's mistake must not end the thread that does all others
                log.warning("aside.fault", error=type(error).__name__, where=_where(error))
                pause = self._pause


def _where(error: BaseException) -> list[str]:
    """Say where an error came from, and nothing of its words, which may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


class Worker:
    """Works until `stop` is set; whatever it has in hand then, it ends first."""

    def __init__(self, parts: Parts, stop: threading.Event | None = None) -> None:
        """Work with parts of its own: its mailer is shared with nobody."""
        self._parts = parts
        self.stop = stop or threading.Event()
        self._pause = 0.0
        self._round = Round(parts, chores(parts.settings.lease_seconds))

    def run(self) -> None:
        """Work until told to stop."""
        log.info("worker.started")
        with Heart(self._parts) as heart, Aside(self._parts):
            while not self.stop.is_set():
                try:
                    self._round.go()
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
