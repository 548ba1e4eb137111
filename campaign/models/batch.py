"""Batches: signatures that organisers take out of the count together, by conditions, and may put back."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.batch import BATCH_STATUSES, BatchStatus, Conditions
from campaign.models.base import AsJson, Base, Instant, one_of


class BatchRow(Base):
    """A named batch. `total` is how many were found; `done` how many are taken out, or put back."""

    __tablename__ = "batch"
    __table_args__ = (CheckConstraint(one_of("status", BATCH_STATUSES), "status"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    name: Mapped[str] = mapped_column(String(80))
    conditions: Mapped[Conditions] = mapped_column(AsJson(Conditions))
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[BatchStatus] = mapped_column(String(12))
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    who: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    started_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    claim: Mapped[str | None] = mapped_column(String(32))


class BatchMemberRow(Base):
    """A signature that a batch took out of the count."""

    __tablename__ = "batch_member"
    __table_args__ = (Index("ix_batch_member_signature_id", "signature_id"),)

    batch_id: Mapped[str] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"), primary_key=True)
    taken_at: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
