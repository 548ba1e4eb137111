"""The journal: every change of a count, once. A count is the sum of it."""

import datetime as dt

from sqlalchemy import (
    JSON,
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
    """One change of the count: +1 when confirmed, -1 when withdrawn or invalidated, +1 when that is undone.

    `day` and `hour` are of confirming (UTC), also on the line that takes it back, so that days stay true.
    """

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("signature_id", "delta", "turn"),
        CheckConstraint("delta IN (-1, 1)", "delta"),
        Index("ix_journal_state_id_day", "state_id", "day"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"))
    delta: Mapped[int] = mapped_column(SmallInteger)
    turn: Mapped[int] = mapped_column(SmallInteger, default=1)  # rises each time that a signature is counted again
    day: Mapped[dt.date] = mapped_column(Date)
    hour: Mapped[int] = mapped_column(SmallInteger, default=0)
    country: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(String(32))


class TallyRow(Base):
    """The journal summed up by UTC day and hour of confirming, and all else a count is asked by: few rows for many.

    It holds every line of the journal up to TallyMarkRow's, and none after.
    """

    __tablename__ = "tally"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    hour: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    source: Mapped[str] = mapped_column(String(32), primary_key=True)
    count: Mapped[int]


class TallyMarkRow(Base):
    """The one row that says up to which line the journal is summed up."""

    __tablename__ = "tally_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(BigInteger)


class TallyByRow(Base):
    """The tally once more, by UTC day and one thing at a time: what pages are drawn from, few rows at any size.

    `by` is what `value` is of: nothing (the day's total), hour, country, language or source. Summed up with TallyRow.
    """

    __tablename__ = "tally_by"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(8), primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    value: Mapped[str] = mapped_column(String(32), primary_key=True)
    count: Mapped[int]


class LookRow(Base):
    """A figure that takes long to count, as it was found at an instant; only where counting did take long."""

    __tablename__ = "look"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    until: Mapped[dt.datetime] = mapped_column(Instant)  # after which it is counted anew instead of believed
    found: Mapped[object] = mapped_column(JSON)


class OpeningRow(Base):
    """How often a state's page was opened, by UTC hour: a bare number, of nobody."""

    __tablename__ = "opening"
    __table_args__ = (
        Index(
            "ix_opening_source", "campaign_id", "source", "state_id", "day", "language", "count"
        ),  # read from it alone
    )

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    hour: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    source: Mapped[str] = mapped_column(String(32), primary_key=True)
    count: Mapped[int]
