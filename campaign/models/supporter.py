"""Supporters and their signatures. Everything of a person is sealed and declared PERSONAL."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.arrows import SIGNATURE_STATUSES, SignatureStatus
from campaign.domain.letter import Shown
from campaign.domain.rule import REVIEWS, ReviewStatus
from campaign.models.base import PERSONAL, AsJson, Base, Instant, one_of

_REVIEWED = text("review <> ''")
_LIVE = text("status IN ('pending', 'confirmed')")
_ERASED_SOON = text("erase_at IS NOT NULL")
_UNCOUNTED = text("status IN ('pending', 'withdrawn')")


class SupporterRow(Base):
    """One mailbox in one campaign. It has at most one open confirmation, told by generation and expiry."""

    __tablename__ = "supporter"
    __table_args__ = (
        UniqueConstraint("campaign_id", "address_key"),
        Index("ix_supporter_campaign_id_created_at_id", "campaign_id", "created_at", "id"),
        Index("ix_supporter_erase_at", "erase_at", sqlite_where=_ERASED_SOON, postgresql_where=_ERASED_SOON),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    address_key: Mapped[str | None] = mapped_column(String(64), info=PERSONAL)
    key_id: Mapped[str] = mapped_column(String(16))
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=PERSONAL)
    domain_key: Mapped[str | None] = mapped_column(String(32), info=PERSONAL, index=True)  # fingerprint of its domain
    language: Mapped[str] = mapped_column(String(8))
    confirm_generation: Mapped[int] = mapped_column(default=0)
    confirm_expires_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    confirm_used_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    mailed_at: Mapped[dt.datetime | None] = mapped_column(Instant)  # when the last confirmation mail was written
    pressed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    code_tries: Mapped[int] = mapped_column(default=0)  # wrong codes typed since the last confirmation mail
    erase_at: Mapped[dt.datetime | None] = mapped_column(Instant)  # when all of it goes, as its supporter asked
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)


class MailboxRow(Base):
    """What the whole site must remember of a mailbox: how often it wrote to it, and never to again."""

    __tablename__ = "mailbox"

    key: Mapped[str] = mapped_column(String(64), primary_key=True, info=PERSONAL)
    mails_ever: Mapped[int] = mapped_column(default=0)
    mails_today: Mapped[int] = mapped_column(default=0)
    today: Mapped[dt.date]
    pressed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    suppressed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    suppressed_for: Mapped[str] = mapped_column(String(12), default="")  # unsubscribed, bounced, complained


class SignatureRow(Base):
    """A signature to one state's letter, to an exact version of it.

    `digest` is the SHA-256 over everything the letter was made of as last signed. Of one mailbox, one state
    has at most one pending or confirmed signature.
    """

    __tablename__ = "signature"
    __table_args__ = (
        CheckConstraint(one_of("status", SIGNATURE_STATUSES), "status"),
        CheckConstraint(one_of("review", REVIEWS), "review"),
        Index(
            "uq_signature_live",
            "supporter_id",
            "state_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_signature_status_created_at", "status", "created_at"),
        Index("ix_signature_state_id_status", "state_id", "status"),
        Index("ix_signature_state_id_confirmed_at_id", "state_id", "confirmed_at", "id"),
        Index("ix_signature_network_key_created_at", "network_key", "created_at"),
        Index("ix_signature_confirmed_at", "confirmed_at"),
        Index("ix_signature_campaign_id_created_at_id", "campaign_id", "created_at", "id"),  # exports go along it
        Index(  # those that are not counted, with all that they are told by
            "ix_signature_uncounted",
            *("state_id", "status", "source", "country", "language", "created_at"),
            sqlite_where=_UNCOUNTED,
            postgresql_where=_UNCOUNTED,
        ),
        Index("ix_signature_review", "review", sqlite_where=_REVIEWED, postgresql_where=_REVIEWED),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    supporter_id: Mapped[str] = mapped_column(ForeignKey("supporter.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    status: Mapped[SignatureStatus] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))
    country: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(String(32), default="")
    offices: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
    shown: Mapped[Shown] = mapped_column(String(8))
    has_own_answers: Mapped[bool]
    subject_choice: Mapped[int] = mapped_column(SmallInteger, default=0)  # 0: the letter's first subject
    points: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]), default=())  # in their order
    marks: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
    network_key: Mapped[str | None] = mapped_column(String(32), info=PERSONAL)
    digest: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(16))
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=PERSONAL)
    short_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=PERSONAL)
    city_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=PERSONAL)
    postal_address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=PERSONAL)
    paragraph_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=PERSONAL)
    review: Mapped[ReviewStatus] = mapped_column(String(8), default="")  # of its personal paragraph
    review_reasons: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]), default=())  # ids of rules
    trim_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=PERSONAL)  # the paragraph as an organiser asks
    refusal: Mapped[str] = mapped_column(String(12), default="")  # why a person refused it, by its id
    reviewed_by: Mapped[str] = mapped_column(String(254), default="")
    reviewed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class ConsentRow(Base):
    """A consent given with a signature, to an exact text."""

    __tablename__ = "consent"

    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"), primary_key=True)
    consent_text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"), primary_key=True)
    given_at: Mapped[dt.datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)
