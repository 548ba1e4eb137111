"""Search: what signatures organisers may look for: what is known of a signature, never who stands behind it."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from campaign.domain import country as countries
from campaign.domain.arrows import SIGNATURE_STATUSES
from campaign.domain.batch import MARKS
from campaign.domain.edition import Edition
from campaign.domain.rule import REVIEWS
from campaign.errors import InputRefusedError, Problem

_SOURCE = re.compile(r"[a-z0-9-]{1,32}")
_ID = re.compile(r"[0-9a-f]{32}")
FIELDS = ("state", "status", "country", "language", "source", "mark", "review", "since", "until", "id")
MARKED = (*MARKS, "demo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for; whatever is empty is not asked. Days are of signing (UTC), both ends count."""

    state_id: int | None = None
    status: str = ""
    country: str = ""
    language: str = ""
    source: str = ""
    mark: str = ""
    review: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    id: str = ""


def read(raw: Mapping[str, str], edition: Edition) -> Search:
    """Read a search as typed. Raises InputRefusedError with every problem, in the order of FIELDS."""
    said = {name: raw.get(name, "").strip() for name in FIELDS}
    state = edition.state(said["state"]) if said["state"] else None
    is_known = {
        "state": state is not None,
        "status": said["status"] in SIGNATURE_STATUSES,
        "country": said["country"].upper() in countries.CODES,
        "language": said["language"] in edition.cause.languages,
        "source": bool(_SOURCE.fullmatch(said["source"])),
        "mark": said["mark"] in MARKED,
        "review": said["review"] in REVIEWS,
        "since": _day(said["since"]) is not None,
        "until": _day(said["until"]) is not None,
        "id": bool(_ID.fullmatch(said["id"])),
    }
    problems = [Problem(name, f"E-SEARCH-{name.upper()}") for name in FIELDS if said[name] and not is_known[name]]
    since, until = _day(said["since"]), _day(said["until"])
    if not problems and since is not None and until is not None and until < since:
        problems.append(Problem("until", "E-SEARCH-UNTIL"))
    if problems:
        raise InputRefusedError(tuple(problems))
    return Search(
        state_id=state.id if state is not None else None,
        status=said["status"],
        country=said["country"].upper(),
        language=said["language"],
        source=said["source"],
        mark=said["mark"],
        review=said["review"],
        since=since,
        until=until,
        id=said["id"],
    )


def _day(typed: str) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(typed)
    except ValueError:
        return None
    return found if found < dt.date.max else None  # its end is reckoned with
