"""Lists of what organisers let in and keep out."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from campaign.domain.rule import Action, RuleKind
from campaign.models.rule import RuleRow


def holding(session: Session, campaign_id: int, values: Iterable[str]) -> Sequence[tuple[Action, RuleKind, str]]:
    """Entries with any of some values that hold now in a campaign: what they do, of what kind, with which value."""
    asked = select(RuleRow.action, RuleRow.kind, RuleRow.value).where(
        RuleRow.kind.in_(("network", "domain", "address")),
        RuleRow.value.in_(tuple(values)),
        RuleRow.ended_at.is_(None),
        or_(RuleRow.campaign_id.is_(None), RuleRow.campaign_id == campaign_id),
    )
    return [(action, kind, value) for action, kind, value in session.execute(asked)]


def in_force(session: Session, campaign_id: int) -> Sequence[RuleRow]:
    """Every entry that holds in a campaign, the newest first."""
    asked = select(RuleRow).where(
        RuleRow.ended_at.is_(None), or_(RuleRow.campaign_id.is_(None), RuleRow.campaign_id == campaign_id)
    )
    return session.scalars(asked.order_by(RuleRow.created_at.desc(), RuleRow.id.desc())).all()


def ended(session: Session, campaign_id: int, most: int) -> Sequence[RuleRow]:
    """The entries that ended last."""
    asked = select(RuleRow).where(
        RuleRow.ended_at.is_not(None), or_(RuleRow.campaign_id.is_(None), RuleRow.campaign_id == campaign_id)
    )
    return session.scalars(asked.order_by(RuleRow.ended_at.desc(), RuleRow.id.desc()).limit(most)).all()


def same(session: Session, campaign_id: int | None, kind: RuleKind, value: str) -> RuleRow | None:
    """The entry about the same thing for the same campaigns that holds now, locked."""
    where = RuleRow.campaign_id.is_(None) if campaign_id is None else RuleRow.campaign_id == campaign_id
    asked = select(RuleRow).where(where, RuleRow.kind == kind, RuleRow.value == value, RuleRow.ended_at.is_(None))
    return session.scalars(asked.with_for_update()).first()


def end(session: Session, rule_id: int, at: dt.datetime) -> RuleRow | None:
    """End an entry that holds; None where there is none."""
    found = session.scalar(select(RuleRow).where(RuleRow.id == rule_id, RuleRow.ended_at.is_(None)).with_for_update())
    if found is not None:
        found.ended_at = at
    return found
