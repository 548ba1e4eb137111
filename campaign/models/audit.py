"""Who did what, when and why, never with values; and which key the database was made with."""

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, Instant


class AuditRow(Base):
    """One act of an organiser or operator.

    `mac` seals the row together with the one before it: a chain in which nothing can be changed, taken out or put
    in between without the key. Empty in rows older than the chain.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    who: Mapped[str] = mapped_column(String(254))
    what: Mapped[str] = mapped_column(String(80))
    which: Mapped[str] = mapped_column(String(254))
    reason: Mapped[str] = mapped_column(Text)
    mac: Mapped[str] = mapped_column(String(64), default="")


class InstallationRow(Base):
    """The one row that says which secret fits this database."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(String(16))
    key_check: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
