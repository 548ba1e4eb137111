"""On the street: what a tablet's link and a count of signatures on paper may say."""

import datetime as dt
import re
import unicodedata

from campaign.domain import text as texts
from campaign.errors import InputRefusedError, Problem

NAME_MOST = 60  # characters of a tablet's name
DAYS = 1  # that its link works, where nobody says otherwise
DAYS_MOST = 30
PLACE_MOST = 80  # characters
COUNT_MOST = 100_000  # signatures on paper, entered at once
YEARS_BACK = 2  # a day on which people signed on paper is no older
_SOURCE_MOST = 32  # characters of a source
_OTHER = re.compile(r"[^a-z0-9]+")


def check_device(name: str, days: int) -> str:
    """Clean the name of a tablet, for so many days. Raises InputRefusedError with all that is wrong."""
    problems = []
    clean = texts.without_invisible(texts.normal(name))
    if not 1 <= len(clean) <= NAME_MOST or texts.has_forbidden(clean):
        problems.append(Problem("name", "E-DEVICE-NAME", {"most": str(NAME_MOST)}))
    if not 1 <= days <= DAYS_MOST:
        problems.append(Problem("days", "E-DEVICE-DAYS", {"most": str(DAYS_MOST)}))
    if problems:
        raise InputRefusedError(tuple(problems))
    return clean


def source_of(name: str, device_id: str) -> str:
    """The source that a tablet's signatures are kept with: its name in plain letters, and something of its own."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    start, end = _OTHER.sub("-", f"kiosk {plain}"), f"-{device_id[:4]}"
    return start[: _SOURCE_MOST - len(end)].strip("-") + end


def check_sheet(day: dt.date | None, count: int, place: str, *, opens_on: dt.date | None, today: dt.date) -> str:
    """Clean the place where people signed on paper. Raises InputRefusedError with all that is wrong.

    A day must lie within the campaign, within two years, and not ahead; `count` is from 1 to 100,000.
    """
    problems = []
    oldest = today - dt.timedelta(days=365 * YEARS_BACK)
    earliest = max(opens_on or oldest, oldest)
    if day is None or not earliest <= day <= today:
        problems.append(Problem("day", "E-PAPER-DAY", {"first": earliest.isoformat(), "last": today.isoformat()}))
    if not 1 <= count <= COUNT_MOST:
        problems.append(Problem("count", "E-PAPER-COUNT", {"most": f"{COUNT_MOST:,}"}))
    clean = texts.without_invisible(texts.normal(place))
    if len(clean) > PLACE_MOST or texts.has_forbidden(clean):
        problems.append(Problem("place", "E-PAPER-PLACE", {"most": str(PLACE_MOST)}))
    if problems:
        raise InputRefusedError(tuple(problems))
    return clean
