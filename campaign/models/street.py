"""On the street: tablets that stand at a stall, and sheets of paper that were signed by hand."""

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, Instant


class DeviceRow(Base):
    """A tablet that many people sign on, one after the other. Its link is derived from its id and `expires_at`.

    `source` is what its signatures are kept with, so that what came of a stall can be told.
    """

    __tablename__ = "device"
    __table_args__ = (Index("ix_device_campaign_id_made_at", "campaign_id", "made_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    name: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(32))
    made_by: Mapped[str] = mapped_column(String(254))
    made_at: Mapped[dt.datetime] = mapped_column(Instant)
    expires_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class SheetRow(Base):
    """How many signed on paper on a day at a place, as an organiser counted them: a number, of nobody.

    It is never changed: who was mistaken undoes it and enters another. It is no part of the journal or the tally.
    """

    __tablename__ = "sheet"
    __table_args__ = (
        CheckConstraint("count > 0", "count"),
        Index("ix_sheet_campaign_id_entered_at", "campaign_id", "entered_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    count: Mapped[int]
    place: Mapped[str] = mapped_column(String(80), default="")
    entered_by: Mapped[str] = mapped_column(String(254))
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)
    undone_by: Mapped[str] = mapped_column(String(254), default="")
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
