"""Organisers: their accounts, sessions, recovery codes, and what was tried lately."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.role import ROLES, Role
from campaign.models.base import PERSONAL, Base, Instant, one_of


class OrganiserRow(Base):
    """Somebody who runs campaigns. An account without a password or a second factor opens nothing yet.

    `invite_generation` counts one-time links: only the newest works, once, until `invite_expires_at`.
    `totp_step` is the last step of time whose code was used, so that none is used twice.
    """

    __tablename__ = "organiser"
    __table_args__ = (CheckConstraint(one_of("role", ROLES), "role"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email_key: Mapped[str] = mapped_column(String(64), unique=True, info=PERSONAL)
    email_sealed: Mapped[bytes] = mapped_column(LargeBinary, info=PERSONAL)
    role: Mapped[Role] = mapped_column(String(12))
    password_hash: Mapped[str] = mapped_column(String(255), default="")
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_set_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0)
    invite_generation: Mapped[int] = mapped_column(default=0)
    invite_expires_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    disabled_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    seen_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class RecoveryRow(Base):
    """One recovery code, known only by its fingerprint; it opens the second factor once."""

    __tablename__ = "recovery"

    organiser_id: Mapped[str] = mapped_column(ForeignKey("organiser.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class SessionRow(Base):
    """One browser that logged in. `id` is the fingerprint of the token in its cookie, which nobody keeps.

    `is_whole` is False between the password and the second factor. `fresh_at` is when the password was typed last.
    """

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_organiser_id", "organiser_id"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    organiser_id: Mapped[str] = mapped_column(ForeignKey("organiser.id"))
    is_whole: Mapped[bool]
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    seen_at: Mapped[dt.datetime] = mapped_column(Instant)
    fresh_at: Mapped[dt.datetime] = mapped_column(Instant)


class AttemptRow(Base):
    """One failed try to get in, by whom (a fingerprint of an account or a network), or one link to somebody's own page.

    Of the latter the key is the asking network's for a day. All are forgotten within two days.
    """

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), info=PERSONAL)
    at: Mapped[dt.datetime] = mapped_column(Instant)
