"""Batches of signatures that are taken out of the count together: by which conditions, and how far they are."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from campaign.domain import country as countries
from campaign.errors import InputRefusedError, Problem

BatchStatus = Literal["draft", "running", "done", "cancelled", "undoing", "undone"]
BATCH_STATUSES: tuple[BatchStatus, ...] = ("draft", "running", "done", "cancelled", "undoing", "undone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Which confirmed signatures of a campaign; all that are said must hold, and at least one must be said.

    `since` and `until` are instants of confirming (aware UTC), the second not counted. `domain_key` and
    `network_key` are the fingerprints that an alarm names.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  pydantic reads it
    state: str = ""  # a code
    country: str = ""
    language: str = ""
    source: str = ""
    domain_key: str = ""
    network_key: str = ""
    mark: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def said(self) -> tuple[str, ...]:
        """Name the conditions that are said, in their order."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name))


MAX_NAME = 80
MAX_REASON = 500
MARKS = ("many_from_network", "mixed_script")  # what signing marks a signature with
SAMPLES = 5  # ids that a dry run shows
_SOURCE = re.compile(r"[a-z0-9-]{1,32}")


def title(raw: Mapping[str, str]) -> tuple[str, str]:
    """Clean a batch's name and reason. Raises InputRefusedError where one is missing or too long."""
    problems = []
    said = {name: " ".join(raw.get(name, "").split()) for name in ("name", "reason")}
    for name, most in (("name", MAX_NAME), ("reason", MAX_REASON)):
        if not said[name]:
            problems.append(Problem(name, f"E-BATCH-{name.upper()}"))
        elif len(said[name]) > most:
            problems.append(Problem(name, "E-BATCH-LONG", {"most": str(most)}))
    if problems:
        raise InputRefusedError(tuple(problems))
    return said["name"], said["reason"]


def read(raw: Mapping[str, str], states: tuple[str, ...], languages: tuple[str, ...]) -> Conditions:
    """Read conditions as they were typed; fingerprints come as they are. `states` and `languages` are those there are.

    An instant without a zone is UTC. Raises InputRefusedError for a value that cannot be, and where nothing is said
    besides the state.
    """
    problems: list[Problem] = []
    said = {one.name: raw.get(one.name, "").strip() for one in fields(Conditions)}

    def check(name: str, *, is_known: bool) -> str:
        if said[name] and not is_known:
            problems.append(Problem(name, f"E-BATCH-{name.upper()}"))
        return said[name]

    since, until = (_instant(name, said[name], problems) for name in ("since", "until"))
    if since is not None and until is not None and until <= since:
        problems.append(Problem("until", "E-BATCH-UNTIL"))
    found = Conditions(
        state=check("state", is_known=said["state"] in states),
        country=check("country", is_known=said["country"] in countries.CODES),
        language=check("language", is_known=said["language"] in languages),
        source=check("source", is_known=_SOURCE.fullmatch(said["source"]) is not None),
        domain_key=said["domain_key"],
        network_key=said["network_key"],
        mark=check("mark", is_known=said["mark"] in MARKS),
        since=since,
        until=until,
    )
    if not problems and not set(found.said()) - {"state"}:
        problems.append(Problem("country", "E-BATCH-WIDE"))
    if problems:
        raise InputRefusedError(tuple(problems))
    return found


def _instant(name: str, said: str, problems: list[Problem]) -> dt.datetime | None:
    if not said:
        return None
    try:
        found = dt.datetime.fromisoformat(said)
        return (found if found.tzinfo is not None else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        problems.append(Problem(name, "E-BATCH-INSTANT"))
        return None
