"""Kinds of exports and how far they are."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

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
