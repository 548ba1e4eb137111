"""Logging in: how long things last, how often they may be tried, and how long a password must be."""

import datetime as dt

INVITATION_LIFE = dt.timedelta(days=3)
HALF_WAY = dt.timedelta(minutes=10)  # between the password and the second factor
IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=12)
FRESH = dt.timedelta(minutes=10)  # how long a password just typed opens what is sensitive
WITHIN = dt.timedelta(minutes=5)
TRIES = 10  # of one account, and of one network, within WITHIN
KEPT = dt.timedelta(days=1)  # how long a failed try is remembered
RECOVERY_CODES = 10

LEAST = 12  # characters of a password
MOST = 1000


def is_alive(created_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime, *, is_whole: bool) -> bool:
    """Tell whether a session still opens something: not idle too long, not too old, not stuck half way."""
    if not is_whole:
        return now - created_at < HALF_WAY
    return now - seen_at < IDLE and now - created_at < ABSOLUTE


def length_fault(password: str) -> str | None:
    """Say by its code why a password's length cannot be taken; None when it can. Nothing is trimmed or folded."""
    if len(password) < LEAST:
        return "E-PASSWORD-SHORT"
    return "E-PASSWORD-LONG" if len(password) > MOST else None
