"""A worker, or one signing, that kills its own process at a named point, as a power cut would.

    python tests/dying.py POINT DATABASE HOME

Points: sign-before-commit, sign-after-commit, claimed, before-data, in-data, after-data, accepted.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import people
from databases import settings_for
from sqlalchemy.orm import Session

from campaign.jobs.worker import Worker
from campaign.outside.clock import SystemClock
from campaign.outside.mail.mailer import Handover, Mailer, Message
from campaign.outside.mail.outbox import OutboxMailer
from campaign.parts import Parts, make_parts


def die() -> None:
    """End this process at once; nothing of it runs any more."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingMailer:
    """Keeps letters as files, the ledger, and dies at a point of the first letter; mails to supporters pass."""

    def __init__(self, inner: Mailer, point: str) -> None:
        self._inner = inner
        self._point = point

    def hand_over(self, message: Message, before_data: Callable[[], bool]) -> Handover:
        if message.is_automatic:
            return self._inner.hand_over(message, before_data)
        if self._point == "claimed":
            die()

        def entered() -> bool:
            if self._point == "before-data":
                die()
            is_entered = before_data()
            if self._point == "in-data":
                die()
            return is_entered

        handover = self._inner.hand_over(message, entered)
        if self._point == "after-data":
            die()
        return handover

    def close(self) -> None:
        self._inner.close()


@contextlib.contextmanager
def dying_session(session: Session, point: str):
    """Give a session whose commit dies, just before or just after."""

    class Dying:
        def __getattr__(self, name: str) -> object:
            return getattr(session, name)

        def commit(self) -> None:
            if point == "sign-before-commit":
                session.flush()
                die()
            session.commit()
            die()

    with session:
        yield Dying()


def main(point: str, address: str, home: str) -> None:
    settings = replace(settings_for(address, Path(home)), lease_seconds=1)
    parts: Parts = make_parts(settings)
    if point.startswith("sign-"):
        writing = parts.writing
        people.sign(replace(parts, writing=lambda: dying_session(writing(), point)), email="dying@example.org")
    mailer = DyingMailer(OutboxMailer(settings.home), point)
    worker = Worker(replace(parts, mailer=mailer, clock=SystemClock()))
    worker.drain()
    if point == "accepted":
        die()


if __name__ == "__main__":
    main(*sys.argv[1:])
