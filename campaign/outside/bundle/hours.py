"""Rules of sending windows: days, each once, and two times of one day, the earlier first."""

import re
from collections.abc import Iterator

from campaign.domain.cause import Cause, Official
from campaign.domain.window import minutes
from campaign.errors import Mistake
from campaign.outside.bundle.sheet import Placed

_NAME = "sending_window"
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")


def check(placed: Placed[Cause] | Placed[Official]) -> Iterator[Mistake]:
    """Check the sending window of a campaign or of an office, where it has one."""
    window = placed.thing.sending_window
    if window is None:
        return
    if not window.days:
        yield placed.mistake("`days` is empty: name those on which letters may leave, such as mon", _NAME, "days")
    for index, day in enumerate(window.days):
        if day in window.days[:index]:
            yield placed.mistake(f"`{day}` is listed twice", _NAME, "days", index)
    wrong = [name for name, clock in (("from", window.from_), ("to", window.to)) if not _CLOCK.fullmatch(clock)]
    for name in wrong:
        yield placed.mistake(f'`{name}` must be a time such as "08:00"', _NAME, name)
    if not wrong and minutes(window.from_) >= minutes(window.to):
        yield placed.mistake("`to` must be later on the same day than `from`", _NAME, "to")
