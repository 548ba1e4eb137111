"""What was changed of a campaign's words, offices and dates: every version of a piece, the newest first."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.domain.piece import Name
from campaign.models.change import ChangeRow


def of_piece(session: Session, campaign_id: int, name: Name) -> Sequence[ChangeRow]:
    """Every change of one piece, the newest first."""
    asked = select(ChangeRow).where(
        ChangeRow.campaign_id == campaign_id,
        ChangeRow.kind == name.kind,
        ChangeRow.which == name.which,
        ChangeRow.language == name.language,
    )
    return session.scalars(asked.order_by(ChangeRow.id.desc())).all()


def latest(session: Session, campaign_id: int) -> dict[Name, ChangeRow]:
    """The newest change of every piece that was ever changed."""
    newest = (
        select(func.max(ChangeRow.id))
        .where(ChangeRow.campaign_id == campaign_id)
        .group_by(ChangeRow.kind, ChangeRow.which, ChangeRow.language)
    )
    found = session.scalars(select(ChangeRow).where(ChangeRow.id.in_(newest)))
    return {Name(one.kind, one.which, one.language): one for one in found}


def by_id(session: Session, campaign_id: int, change_id: int) -> ChangeRow | None:
    """One change of a campaign, or None."""
    found = session.get(ChangeRow, change_id)
    return found if found is not None and found.campaign_id == campaign_id else None
