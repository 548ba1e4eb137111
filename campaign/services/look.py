"""Look: count now and then what takes long to count, and keep what was found for those who ask.

While counting is quick nothing is kept, and every figure is counted when it is asked for.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from campaign.models.tally import LookRow
from campaign.parts import Parts
from campaign.queries import answer, delivery, tally
from campaign.queries import look as looks
from campaign.services.transact import transact

WORTH_SECONDS = 0.1  # what counts faster than this is counted each time
BELIEVED = dt.timedelta(minutes=1)
SHARE = 10  # counting takes at most one part in so many of the worker's time
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Kind(Generic[Found]):
    """A figure: how it is counted, how often (seconds), how long believed, and how it is written down and read."""

    name: str
    count: Callable[[Session, int], Found]
    seconds: float
    believed: dt.timedelta
    written: Callable[[Found], object]
    read: Callable[[Any], Found]


@dataclass(frozen=True, slots=True)
class Seen(Generic[Found]):
    """What was found, and at which instant (aware UTC)."""

    at: dt.datetime
    found: Found


def _heaps_written(heaps: list[delivery.Heap]) -> object:
    return [asdict(one) | {"oldest_at": one.oldest_at.isoformat()} for one in heaps]


def _heaps_read(found: list[dict[str, Any]]) -> list[delivery.Heap]:
    return [delivery.Heap(**one | {"oldest_at": dt.datetime.fromisoformat(one["oldest_at"])}) for one in found]


def _all_written(heaps: list[answer.Heap]) -> object:
    return [asdict(one) for one in heaps]


def _all_read(found: list[dict[str, Any]]) -> list[answer.Heap]:
    return [answer.Heap(**one | {"offices": tuple(one["offices"])}) for one in found]


LETTERS = Kind("letters", delivery.heaps, 20.0, BELIEVED, _heaps_written, _heaps_read)
ANSWERS = Kind(
    "answers",
    answer.by_office,
    20.0,
    BELIEVED,
    lambda found: [list(one) for one in found],
    lambda found: [(code, office, said, count) for code, office, said, count in found],
)
# Who has answered whom: read by offices' public page, which says of when it is.
RECKONED = Kind(
    "reckoned",
    lambda session, campaign_id: list(answer.heaps(session, campaign_id)),
    300.0,
    dt.timedelta(minutes=15),
    _all_written,
    _all_read,
)
DRIFT = Kind("drift", tally.drift, 3600.0, dt.timedelta(hours=2), int, int)


def look(parts: Parts, session: Session, kind: Kind[Found], campaign_id: int) -> Seen[Found]:
    """Give a figure as it was found lately, or count it now where nothing is kept or what is kept is too old."""
    now = parts.clock.now()
    kept = looks.at(session, campaign_id, kind.name, now)
    if kept is not None:
        return Seen(kept.at, kind.read(kept.found))
    return Seen(now, kind.count(session, campaign_id))


def look_again(parts: Parts, kind: Kind[Found], worth_seconds: float = WORTH_SECONDS) -> float:
    """Count a figure of every campaign and keep what took long; how many seconds until it is due again."""
    with parts.reading() as session:
        campaigns = looks.campaigns(session)
    took = 0.0
    for campaign_id in campaigns:
        took += _count(parts, kind, campaign_id, worth_seconds)
    return max(kind.seconds, SHARE * took)


def _count(parts: Parts, kind: Kind[Found], campaign_id: int, worth_seconds: float) -> float:
    at, began = parts.clock.now(), time.monotonic()
    with parts.reading() as session:
        found = kind.count(session, campaign_id)
    took = time.monotonic() - began

    def keep(session: Session) -> None:
        looks.forget(session, campaign_id, kind.name)
        if took >= worth_seconds:
            until = at + max(kind.believed, dt.timedelta(seconds=2 * SHARE * took))
            session.add(LookRow(campaign_id=campaign_id, name=kind.name, at=at, until=until, found=kind.written(found)))

    transact(parts, keep)
    return took
