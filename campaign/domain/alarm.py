"""Alarms: when so many signatures from one thing in one hour are out of the ordinary."""

import datetime as dt
import math
from typing import Literal

AlarmKind = Literal["domain", "network", "country", "state"]

KINDS: tuple[AlarmKind, ...] = ("domain", "network", "country", "state")
USUAL_OVER = dt.timedelta(days=7)
USUAL_HOURS = 7 * 24
# The fewest in an hour that are worth a look, whatever is usual: a class that signs together is none.
FLOORS: dict[AlarmKind, int] = {"domain": 40, "network": 40, "country": 200, "state": 400}
FREE_MAIL_FLOOR = 200
TIMES = 5  # as many as usual
FREE_MAIL_TIMES = 3  # its usual share of all that came in the hour
NETWORK_LIFE = dt.timedelta(hours=48)  # of an alarm about a network, whose fingerprint is kept no longer
ALARM_LIFE = dt.timedelta(days=90)


def hour_of(at: dt.datetime) -> dt.datetime:
    """The beginning of an instant's UTC hour. Raises ValueError for a naive instant."""
    if at.tzinfo is None:
        raise ValueError("an instant must say its time zone")
    return at.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


def hours_to_look_at(now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The last full UTC hour and the running one, by their beginnings."""
    running = hour_of(now)
    return running - dt.timedelta(hours=1), running


def floor(kind: AlarmKind, *, is_free_mail: bool = False) -> int:
    """The fewest signatures in an hour that can raise an alarm."""
    return FREE_MAIL_FLOOR if is_free_mail else FLOORS[kind]


def hourly(week: int) -> int:
    """What is usual in an hour, of so many in the week before it, rounded up."""
    return math.ceil(week / USUAL_HOURS)


def share_of(total: int, week: int, week_total: int) -> int:
    """How many of an hour's total are usual for something that had `week` of the week's total; 0 where nothing is."""
    return math.ceil(total * week / week_total) if week_total else 0


def is_unusual(count: int, usual: int, *, least: int, is_free_mail: bool = False) -> bool:
    """Tell whether a count is at least the floor, and far more than usual."""
    return count >= least and count > usual * (FREE_MAIL_TIMES if is_free_mail else TIMES)
