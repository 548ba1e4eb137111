"""What is counted apart from signatures: letters people sent themselves, and turns of phrase that many use."""

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.courtesy import OWN_WAYS, OwnWay
from campaign.models.base import PERSONAL, AsJson, Base, Instant, one_of


class OwnLetterRow(Base):
    """A letter that somebody says they sent themselves. Nobody can check it: it is never part of a count of signatures.

    `is_counted` is False for what came after too many from one network in a day.
    """

    __tablename__ = "own_letter"
    __table_args__ = (
        CheckConstraint(one_of("way", OWN_WAYS), "way"),
        Index("ix_own_letter_state_id_way", "state_id", "way"),
        Index("ix_own_letter_network_key_at", "network_key", "at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    offices: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
    way: Mapped[OwnWay] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(8))
    network_key: Mapped[str | None] = mapped_column(String(32), info=PERSONAL)
    is_counted: Mapped[bool]


class PhraseRow(Base):
    """How many confirmed letters of a campaign hold a piece of text, known only by its fingerprint."""

    __tablename__ = "phrase"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    times: Mapped[int]
    last_on: Mapped[dt.date] = mapped_column(Date, index=True)
