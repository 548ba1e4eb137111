"""What organisers let in and keep out: networks, domains, addresses; and words that ask for a second look."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.rule import ACTIONS, KINDS, WORD_KINDS, Action, RuleKind, WordKind
from campaign.models.base import Base, Instant, one_of


class RuleRow(Base):
    """One entry of the allow or the block list, for a campaign or (None) for all.

    `value` is a network as CIDR, a domain or a pattern of domains (`*.example.org`), or, for an address, the
    fingerprint of its canonical form: the address itself is kept nowhere.
    """

    __tablename__ = "rule"
    __table_args__ = (
        CheckConstraint(one_of("action", ACTIONS), "action"),
        CheckConstraint(one_of("kind", KINDS), "kind"),
        Index("ix_rule_kind_value", "kind", "value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    action: Mapped[Action] = mapped_column(String(8))
    kind: Mapped[RuleKind] = mapped_column(String(8))
    value: Mapped[str] = mapped_column(String(254))
    reason: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class WordRow(Base):
    """A word or phrase in one language that holds a personal paragraph for a look; a threat is looked at first."""

    __tablename__ = "word"
    __table_args__ = (
        CheckConstraint(one_of("kind", WORD_KINDS), "kind"),
        UniqueConstraint("campaign_id", "language", "word"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[WordKind] = mapped_column(String(8))
    word: Mapped[str] = mapped_column(String(80))  # as compared: NFC, case folded
    who: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
