"""Changes of what a campaign says: one line for every edit of a text, an office or a date, with what stood before."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, Instant


class ChangeRow(Base):
    """One piece as it stood before and stands after, by whom and why; `before` is empty for a new one.

    `kind` and `which` name the piece (`letter`, `lithuania`), `language` where it has one. `revision` is the
    campaign's with which it came into force. Only public words are kept here, never anything of a supporter.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_campaign_id_kind_which_language", "campaign_id", "kind", "which", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    revision: Mapped[int]
    at: Mapped[dt.datetime] = mapped_column(Instant)
    who: Mapped[str] = mapped_column(String(254))  # an organiser's id, or a word as in the audit trail
    kind: Mapped[str] = mapped_column(String(16))
    which: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8), default="")
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
