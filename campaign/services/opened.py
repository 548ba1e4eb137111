"""Opened: count how often pages are opened, in memory, and write it down now and then in one statement.

What is not written yet is lost when the process is killed: at most what came in the last ten seconds.
"""

import threading
from collections import Counter

import structlog

from campaign.errors import CampaignError
from campaign.outside.database import DatabaseError
from campaign.parts import Parts
from campaign.queries import opening as openings
from campaign.services.transact import transact

log = structlog.get_logger()
SECONDS = 10.0
MOST = 5_000  # different things counted between two writings; more are made up by somebody


class Openings:
    """The openings of a process that are not written down yet."""

    def __init__(self, parts: Parts) -> None:
        """Count nothing yet."""
        self._parts = parts
        self._lock = threading.Lock()
        self._counted: Counter[openings.Opened] = Counter()
        self._ended = threading.Event()

    def begin(self) -> None:
        """Write down what was counted every ten seconds from now on, in a thread of this process."""
        threading.Thread(target=self._run, name="openings", daemon=True).start()

    def add(self, campaign_id: int, state_id: int, language: str, source: str) -> None:
        """Count one opening, now."""
        now = self._parts.clock.now()
        key = (campaign_id, state_id, now.date(), now.hour, language, source)
        with self._lock:
            if key in self._counted or len(self._counted) < MOST:
                self._counted[key] += 1

    def write(self) -> int:
        """Write down what was counted; how many openings. What cannot be written is kept for the next time."""
        with self._lock:
            taken, self._counted = self._counted, Counter()
        if not taken:
            return 0
        try:
            transact(self._parts, lambda session: openings.add(session, taken))
        except (CampaignError, DatabaseError) as error:
            log.warning("openings.kept", error=type(error).__name__)
            with self._lock:
                self._counted.update(taken)
            return 0
        return taken.total()

    def end(self) -> None:
        """Write down the rest and stop."""
        self._ended.set()
        self.write()

    def _run(self) -> None:
        while not self._ended.wait(SECONDS):
            self.write()
