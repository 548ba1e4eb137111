"""The journal: every change of a count, once. A count is the sum of it."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, Instant


class JournalRow(Base):
    """One change of the count of confirmed signatures: +1 when confirmed, -1 when withdrawn or invalidated.

    `day` is the UTC day of confirming, also on the line that takes it back, so that days stay true.
    """

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("signature_id", "delta"),
        CheckConstraint("delta IN (-1, 1)", "delta"),
        Index("ix_journal_state_id_day", "state_id", "day"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"))
    delta: Mapped[int] = mapped_column(SmallInteger)
    day: Mapped[dt.date] = mapped_column(Date)
    country: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(String(32))
