"""Kinds of exports and how far they are."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from campaign.domain.role import Permission, may

NO_SOURCE = "."  # no source has this name
ExportKind = Literal["counts", "signatures", "people", "news"]
ExportStatus = Literal["queued", "running", "done", "failed", "expired"]
ExportFormat = Literal["csv", "xlsx", "json", "parquet"]

EXPORT_KINDS: tuple[ExportKind, ...] = ("counts", "signatures", "people", "news")
EXPORT_STATUSES: tuple[ExportStatus, ...] = ("queued", "running", "done", "failed", "expired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an export was asked for: a state (code) or all, UTC days with both ends, columns, and a purpose."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  pydantic reads it
    state: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    by: tuple[str, ...] = ()
    purpose: str = ""  # of the consent, for those who agreed to news
    language: str = ""
    country: str = ""
    source: str = ""  # NO_SOURCE: of those without one
    is_unique: bool = False  # of counts: unique people too


def narrowed(country: str, language: str, source: str) -> dict[str, str]:
    """What is asked of country, language and source; nothing of those that are empty."""
    found = {"country": country, "language": language, "source": source}
    return {name: "" if value == NO_SOURCE else value for name, value in found.items() if value}


PEOPLE: frozenset[ExportKind] = frozenset({"people", "news"})  # with names: a fresh login and a reason
LEAST_REASON = 10  # characters
MOST_REASON = 300
KEPT = dt.timedelta(hours=24)  # how long a file can be taken
A_DAY = 10  # exports of one organiser in 24 hours
A_DAY_OF_PEOPLE = 20  # exports of people in 24 hours, on the whole site

# One of these permissions lets a role take a kind of export. Signatures without names can still point to somebody
# who is known to have signed at a certain minute, so a viewer's counts are not enough for them.
NEEDS: dict[ExportKind, tuple[Permission, ...]] = {
    "counts": ("counts",),
    "signatures": ("moderate", "people"),
    "people": ("people",),
    "news": ("people",),
}


def may_take(role: str, kind: ExportKind) -> bool:
    """Tell whether a role may take a kind of export."""
    return any(may(role, permission) for permission in NEEDS[kind])
