"""Alarms: what an hourly look at the count found out of the ordinary."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import PERSONAL, Base, Instant


class AlarmRow(Base):
    """One thing (a mail domain, a network, a country) from which far more came in an hour than is usual.

    `key` names it (a fingerprint, or a country's code); `shown_sealed` is its name for organisers, where it has one.
    `hour` is the beginning of that hour, UTC.
    """

    __tablename__ = "alarm"
    __table_args__ = (
        UniqueConstraint("campaign_id", "kind", "key", "hour"),
        Index("ix_alarm_campaign_id_seen_at", "campaign_id", "seen_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(64), info=PERSONAL)
    shown_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=PERSONAL)
    hour: Mapped[dt.datetime] = mapped_column(Instant)
    count: Mapped[int]
    usual: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    seen_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    seen_by: Mapped[str] = mapped_column(String(254), default="")
