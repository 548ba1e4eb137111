"""Campaigns, their states, offices and consent texts: what a folder said, as rows that others point to."""

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.cause import Cause, Official, State
from campaign.domain.courtesy import TAKES, Takes
from campaign.models.base import AsJson, Base, Instant, one_of


class CampaignRow(Base):
    """A campaign. `cause` is all it says but for states; `revision` rises whenever anything of it changes."""

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    revision: Mapped[int]
    cause: Mapped[Cause] = mapped_column(AsJson(Cause))
    loaded_at: Mapped[dt.datetime] = mapped_column(Instant)
    paused_at: Mapped[dt.datetime | None] = mapped_column(Instant)  # takes no signatures and sends no letters since
    retired_at: Mapped[dt.datetime | None] = mapped_column(Instant)  # has no pages since; all its rows are kept


class StateRow(Base):
    """A state that letters go to. `state` is all it says but for officials; letters are there whole too."""

    __tablename__ = "state"
    __table_args__ = (UniqueConstraint("campaign_id", "slug"), UniqueConstraint("campaign_id", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    slug: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(2))
    position: Mapped[int]
    state: Mapped[State] = mapped_column(AsJson(State))
    retired_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class OfficialRow(Base):
    """An office. What organisers set (`set_email`) stands over what the folder says (`official`).

    `verified_email` is the address an organiser confirmed: another address needs confirming again.
    """

    __tablename__ = "official"
    __table_args__ = (UniqueConstraint("state_id", "office"), CheckConstraint(one_of("takes", TAKES), "takes"))

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    office: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    official: Mapped[Official] = mapped_column(AsJson(Official))
    set_email: Mapped[str] = mapped_column(String(254), default="")
    set_source: Mapped[str] = mapped_column(Text, default="")
    set_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    set_by: Mapped[str] = mapped_column(String(254), default="")  # an organiser's id, or a word as in the audit trail
    verified_email: Mapped[str] = mapped_column(String(254), default="")
    verified_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    verified_by: Mapped[str] = mapped_column(String(254), default="")
    suspended_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    retired_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    takes: Mapped[Takes] = mapped_column(String(8), default="letters")
    hard_bounces: Mapped[int] = mapped_column(default=0)  # since its address was verified, or said in the folder

    @property
    def email(self) -> str:
        """The address known for it, whether letters may go there or not."""
        return self.set_email or self.official.email

    @property
    def mailable_email(self) -> str:
        """The address its letters go to; empty while they must wait, and where it wants none."""
        if self.takes == "silence" or self.suspended_at is not None or self.retired_at is not None or not self.email:
            return ""
        is_official = not self.set_email and self.official.email_status == "official"
        return self.email if is_official or self.verified_email == self.email else ""


class LetterRow(Base):
    """An immutable letter version, named by the hash of what it says. Never changed but for what is offered."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("state_id", "language", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    language: Mapped[str] = mapped_column(String(8))
    version: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, object]] = mapped_column(AsJson(dict[str, object]))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    is_offered: Mapped[bool]
    created_at: Mapped[dt.datetime] = mapped_column(Instant)


class ConsentTextRow(Base):
    """An immutable consent text as shown for a state in a language; `version` is its SHA-256."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("state_id", "purpose", "language", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    purpose: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(String(64))
    is_required: Mapped[bool]
    is_offered: Mapped[bool]
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
