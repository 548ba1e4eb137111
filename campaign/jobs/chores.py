"""Chores: what the worker does now and then, and what it does aside, so that no letter waits for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from campaign.outside.database import empty_log
from campaign.parts import Parts
from campaign.services import watch
from campaign.services.advance import advance
from campaign.services.call import call, drop_old
from campaign.services.claim import recover
from campaign.services.clear import expire
from campaign.services.collect import collect
from campaign.services.digest import open_digests
from campaign.services.erase import BATCH as BATCH_OF_ERASED
from campaign.services.erase import erase_due
from campaign.services.fill import fill
from campaign.services.fingerprint import fingerprint
from campaign.services.forget import forget
from campaign.services.hush import hush_all
from campaign.services.look import ANSWERS, DRIFT, LETTERS, RECKONED, look_again
from campaign.services.question import question
from campaign.services.remind import remind
from campaign.services.roll import BATCH, roll
from campaign.services.trim import end_trims

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so many seconds. `work` gives the seconds until it is due again, or None for as ever."""

    name: str
    seconds: float
    work: Callable[[Parts], float | None]


class Round:
    """Does each of some chores when it is due, in their order."""

    def __init__(self, parts: Parts, chores: tuple[Chore, ...], rest_seconds: float = 0.0) -> None:
        """Begin with all of them due. One that fails rests at least so long, so that the others come to their turn."""
        self._parts = parts
        self._due = dict.fromkeys(chores, 0.0)
        self._rest = rest_seconds

    def go(self) -> bool:
        """Do what is due; whether there was anything to go on with at once."""
        is_behind = False
        for chore, due_at in self._due.items():
            if time.monotonic() < due_at:
                continue
            self._due[chore] = time.monotonic() + max(chore.seconds, self._rest)
            again = chore.work(self._parts)
            is_behind = is_behind or again == 0
            self._due[chore] = time.monotonic() + (chore.seconds if again is None else again)
        return is_behind


def _recover(parts: Parts) -> None:
    recovered = recover(parts)
    if recovered:
        log.info("worker.recovered", count=recovered)
    hush_all(parts)
    open_digests(parts)


def _roll(parts: Parts) -> float | None:
    return 0 if roll(parts) == BATCH else None


def _collect(parts: Parts) -> float | None:
    return None if collect(parts) else 300.0  # later after a round in which the mailbox could not be read


def _forget(parts: Parts) -> None:
    forget(parts)
    remind(parts)
    question(parts)
    end_trims(parts)


def _erase(parts: Parts) -> float | None:
    return 0 if erase_due(parts) == BATCH_OF_ERASED else None


def _empty_log(parts: Parts) -> float | None:
    return None if empty_log(parts.engine) else 60.0


def _advance(parts: Parts) -> float | None:
    return 0 if advance(parts) else None


def _watch(parts: Parts) -> None:
    watch.look(parts)


def _fingerprint(parts: Parts) -> float | None:
    return 0 if fingerprint(parts) else None


def _export(parts: Parts) -> float | None:
    return 0 if fill(parts) else None


def _expire(parts: Parts) -> float | None:
    return 0 if expire(parts) else None


def chores(lease_seconds: float) -> tuple[Chore, ...]:
    """Give the short ones, done between letters."""
    return (
        Chore("recover", lease_seconds / 4, _recover),
        Chore("roll", 60.0, _roll),
        Chore("collect", 60.0, _collect),
        Chore("forget", 600.0, _forget),
    )


# The long ones, and those that wait for others' servers: done one after the other by a thread of their own. Each does
# one short piece a call and gives 0 while there is more.
ASIDE: tuple[Chore, ...] = (
    Chore("export", 2.0, _export),
    Chore("expire", 60.0, _expire),
    Chore("erase", 60.0, _erase),
    Chore("log", 3600.0, _empty_log),  # after what erases
    Chore("batches", 2.0, _advance),
    Chore("alarms", 300.0, _watch),
    Chore("domains", 3600.0, _fingerprint),
    Chore("look.letters", LETTERS.seconds, lambda parts: look_again(parts, LETTERS)),
    Chore("look.answers", ANSWERS.seconds, lambda parts: look_again(parts, ANSWERS)),
    Chore("look.reckoned", RECKONED.seconds, lambda parts: look_again(parts, RECKONED)),
    Chore("look.drift", DRIFT.seconds, lambda parts: look_again(parts, DRIFT)),
    Chore("call", 1.0, call),
    Chore("call.old", 3600.0, drop_old),
)
