"""What is on its way by mail: letters to offices, and mails to supporters. The row is the truth."""

import datetime as dt
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.arrows import DISPATCH_STATUSES, DispatchStatus
from campaign.domain.courtesy import ANSWER_DAYS, ANSWERS, WAYS, Answer, Way
from campaign.models.base import AsJson, Base, Instant, one_of

_ANSWERED = text("answer <> ''")


class Dispatch:
    """What both have: a status that moves along drawn arrows, and a lease that fences its worker.

    `claim` is a random word of the worker that holds it; every later move names it, so that a worker that
    slept past its lease moves nothing.
    """

    status: Mapped[DispatchStatus] = mapped_column(String(12))
    due_at: Mapped[dt.datetime] = mapped_column(Instant)
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    claim: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(80), default="")
    in_data_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)


class DeliveryRow(Base, Dispatch):
    """One letter on its way to one mailbox of one or more offices, or waiting for its address.

    `way` is how it travels: as a letter of its own, or in a digest with others (`digest_id` once it is in one).
    `round` 2 is the one reminder that a supporter may press for. Once the relay took it, `ask_at` is when its
    supporter is asked whether the office answered; `answer` is what they said.

    `text_digest` is the SHA-256 of subject and body as the supporter pressed for them: the worker holds what
    it is about to send against it. `address` is empty while held.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint(one_of("status", DISPATCH_STATUSES), "status"),
        UniqueConstraint("signature_id", "official_id", "round"),
        Index("ix_delivery_status_due_at", "status", "due_at"),
        Index("ix_delivery_address_in_data_at", "address", "in_data_at"),
        Index("ix_delivery_state_id_status", "state_id", "status"),
        Index("ix_delivery_state_id_finished_at_id", "state_id", "finished_at", "id"),
        Index("ix_delivery_official_id_status_created_at", "official_id", "status", "created_at"),
        Index("ix_delivery_answer", "official_id", "answer", sqlite_where=_ANSWERED, postgresql_where=_ANSWERED),
        Index("ix_delivery_ask_at", "ask_at"),
        CheckConstraint(one_of("way", WAYS), "way"),
        CheckConstraint(one_of("answer", ("", *ANSWERS)), "answer"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"))
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))  # the first of the offices
    offices: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
    address: Mapped[str] = mapped_column(String(254), default="")
    round: Mapped[int] = mapped_column(default=1)
    text_digest: Mapped[str] = mapped_column(String(64))
    way: Mapped[Way] = mapped_column(String(8), default="letter")
    digest_id: Mapped[str | None] = mapped_column(ForeignKey("digest.id"), index=True)
    answer_days: Mapped[int] = mapped_column(default=ANSWER_DAYS)  # the office's own term, as known when it was queued
    ask_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    asked_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    answer: Mapped[Answer | Literal[""]] = mapped_column(String(8), default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class DigestRow(Base, Dispatch):
    """One mail with many letters in it, to one mailbox, all in one language. `size` is how many it left with."""

    __tablename__ = "digest"
    __table_args__ = (
        CheckConstraint(one_of("status", DISPATCH_STATUSES), "status"),
        Index("ix_digest_status_due_at", "status", "due_at"),
        Index("ix_digest_address_created_at", "address", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))  # the first of the offices
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    size: Mapped[int] = mapped_column(default=0)


class MailRow(Base, Dispatch):
    """A mail to a supporter. It holds no text: the worker writes it from what stands when it leaves."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint(one_of("status", DISPATCH_STATUSES), "status"),
        Index("ix_mail_status_due_at", "status", "due_at"),
        Index("ix_mail_supporter_id_kind", "supporter_id", "kind"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    supporter_id: Mapped[str] = mapped_column(ForeignKey("supporter.id"))
    kind: Mapped[str] = mapped_column(String(12))  # confirm, already, receipt, withdrawn, question, yours, erasing
    signatures: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
