"""The clock: the only place that asks what time it is."""

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> dt.datetime:
        """The instant now, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """The instant now, aware, in UTC."""
        return dt.datetime.now(dt.UTC)


class FrozenClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: dt.datetime) -> None:
        """Stand at an aware instant."""
        self.at = at

    def now(self) -> dt.datetime:
        """The instant it stands at."""
        return self.at

    def move(self, by: dt.timedelta) -> None:
        """Move on."""
        self.at += by
