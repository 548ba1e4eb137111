"""Batches of signatures that are taken out of the count together: by which conditions, and how far they are."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

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
