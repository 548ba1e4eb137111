"""Exports that the worker writes: what was asked, how far it is, and its parts, sealed until they expire."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.export import EXPORT_KINDS, EXPORT_STATUSES, Asked, ExportFormat, ExportKind, ExportStatus
from campaign.models.base import PERSONAL, AsJson, Base, Instant, one_of


class ExportRow(Base):
    """One export. `after` is the key of the last row that is safe in a part: whoever takes over goes on from there.

    `recipient` is the public key it is sealed to, empty where it is not. `size` is in bytes, `digest` the file's
    SHA-256.
    """

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint(one_of("kind", EXPORT_KINDS), "kind"),
        CheckConstraint(one_of("status", EXPORT_STATUSES), "status"),
        Index("ix_export_status_created_at", "status", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    who: Mapped[str] = mapped_column(String(254))
    kind: Mapped[ExportKind] = mapped_column(String(12))
    format: Mapped[ExportFormat] = mapped_column(String(8))
    asked: Mapped[Asked] = mapped_column(AsJson(Asked))
    reason: Mapped[str] = mapped_column(Text, default="")
    recipient: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[ExportStatus] = mapped_column(String(8))
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    after: Mapped[str] = mapped_column(String(120), default="")
    parts: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
    failure: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    expires_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    taken_at: Mapped[dt.datetime | None] = mapped_column(Instant)  # when it was downloaded last
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    claim: Mapped[str | None] = mapped_column(String(32))


class ExportPartRow(Base):
    """A piece of an export, in order, sealed with the site's key."""

    __tablename__ = "export_part"

    export_id: Mapped[str] = mapped_column(ForeignKey("export.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info=PERSONAL)
