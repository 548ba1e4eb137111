"""What is on its way by mail: letters to offices, and mails to supporters. The row is the truth."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.arrows import DISPATCH_STATUSES, DispatchStatus
from campaign.models.base import AsJson, Base, Instant
from campaign.models.supporter import one_of


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
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"))
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))  # the first of the offices
    offices: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
    address: Mapped[str] = mapped_column(String(254), default="")
    round: Mapped[int] = mapped_column(default=1)
    text_digest: Mapped[str] = mapped_column(String(64))


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
    kind: Mapped[str] = mapped_column(String(12))  # confirm, already, receipt, withdrawn
    signatures: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
