"""Webhooks: addresses of other programs that are told what happened, and the calls on their way to them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.webhook import CALL_STATUSES, CallStatus, Event
from campaign.models.base import AsJson, Base, Instant, one_of


class WebhookRow(Base):
    """An address of another program. `failures` in a row; `paused_until` rests it after too many."""

    __tablename__ = "webhook"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    url: Mapped[str] = mapped_column(Text)
    events: Mapped[tuple[Event, ...]] = mapped_column(AsJson(tuple[Event, ...]))
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    who: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    failures: Mapped[int] = mapped_column(default=0)
    paused_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class WebhookCallRow(Base):
    """One thing to tell one webhook. `id` is its idempotency key; `body` holds nothing of a person."""

    __tablename__ = "webhook_call"
    __table_args__ = (
        CheckConstraint(one_of("status", CALL_STATUSES), "status"),
        Index("ix_webhook_call_status_due_at", "status", "due_at"),
        Index("ix_webhook_call_webhook_id_created_at", "webhook_id", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id"))
    event: Mapped[Event] = mapped_column(String(24))
    body: Mapped[dict[str, object]] = mapped_column(AsJson(dict[str, object]))
    status: Mapped[CallStatus] = mapped_column(String(8))
    due_at: Mapped[dt.datetime] = mapped_column(Instant)
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    claim: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str] = mapped_column(String(80), default="")  # a status or a kind of failure, never what was said
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Instant)
