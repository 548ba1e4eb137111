"""Looks: figures that take long to count, as they were found at an instant."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from campaign.models.campaign import CampaignRow
from campaign.models.tally import LookRow


def campaigns(session: Session) -> Sequence[int]:
    """The ids of the campaigns there are."""
    return session.scalars(select(CampaignRow.id).order_by(CampaignRow.id)).all()


def at(session: Session, campaign_id: int, name: str, now: dt.datetime) -> LookRow | None:
    """The look of a campaign that may still be believed."""
    asked = select(LookRow).where(LookRow.campaign_id == campaign_id, LookRow.name == name, LookRow.until >= now)
    return session.scalar(asked)


def forget(session: Session, campaign_id: int, name: str) -> None:
    """Forget a look: counting anew is quick enough."""
    session.execute(delete(LookRow).where(LookRow.campaign_id == campaign_id, LookRow.name == name))
