"""Batches: signatures that organisers take out of the count together, by conditions, and may put back."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.batch import BATCH_STATUSES, BatchStatus, Conditions
from campaign.models.base import AsJson, Base, Instant, one_of


class BatchRow(Base):
    """A named batch. `total` is how many were found; `done` how many are taken out, or put back.

    `who` started it, or began to undo it, at `started_at`; before that, whoever made it. Nobody holds it under a lease:
    each piece of it is one transaction that locks this row, so that a worker that is killed leaves nothing behind.
    """

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


class BatchMemberRow(Base):
    """A signature that a batch took out of the count."""

    __tablename__ = "batch_member"
    __table_args__ = (Index("ix_batch_member_signature_id", "signature_id"),)

    batch_id: Mapped[str] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"), primary_key=True)
    taken_at: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
