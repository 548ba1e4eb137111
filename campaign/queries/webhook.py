"""Webhooks and their calls: who listens to what, whose call is due, what became of it."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from campaign.domain.webhook import Event
from campaign.models.campaign import CampaignRow
from campaign.models.webhook import WebhookCallRow, WebhookRow


def listening(session: Session, event: Event, campaign: str | None = None) -> list[WebhookRow]:
    """The live webhooks that want an event of a campaign (its slug), those for every campaign too.

    Without a campaign, all that want the event of any.
    """
    asked = select(WebhookRow).where(WebhookRow.ended_at.is_(None))
    if campaign is not None:
        asked = asked.outerjoin(CampaignRow, CampaignRow.id == WebhookRow.campaign_id).where(
            or_(WebhookRow.campaign_id.is_(None), CampaignRow.slug == campaign)
        )
    return [one for one in session.scalars(asked) if event in one.events]


def everyone(session: Session) -> Sequence[tuple[WebhookRow, str]]:
    """Every webhook, ended ones last, with its campaign's slug (empty: every campaign)."""
    asked = (
        select(WebhookRow, CampaignRow.slug)
        .outerjoin(CampaignRow, CampaignRow.id == WebhookRow.campaign_id)
        .order_by(WebhookRow.ended_at.is_not(None), WebhookRow.created_at, WebhookRow.id)
    )
    return [(row, slug or "") for row, slug in session.execute(asked)]


def by_id(session: Session, webhook_id: str, *, is_locked: bool = False) -> WebhookRow | None:
    """The webhook with an id."""
    asked = select(WebhookRow).where(WebhookRow.id == webhook_id)
    return session.scalar(asked.with_for_update() if is_locked else asked)


def calls_of(session: Session, webhook_id: str, most: int) -> Sequence[WebhookCallRow]:
    """The newest calls of a webhook, the newest first."""
    asked = select(WebhookCallRow).where(WebhookCallRow.webhook_id == webhook_id)
    return session.scalars(asked.order_by(WebhookCallRow.created_at.desc(), WebhookCallRow.id).limit(most)).all()


def next_due(session: Session, now: dt.datetime) -> tuple[WebhookCallRow, WebhookRow] | None:
    """The call whose turn it is and its webhook, the call locked; webhooks that rest have no turn."""
    asked = (
        select(WebhookCallRow, WebhookRow)
        .join(WebhookRow, WebhookRow.id == WebhookCallRow.webhook_id)
        .where(
            WebhookCallRow.status == "queued",
            WebhookCallRow.due_at <= now,
            or_(WebhookRow.paused_until.is_(None), WebhookRow.paused_until <= now),
        )
        .order_by(WebhookCallRow.due_at, WebhookCallRow.created_at, WebhookCallRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=WebhookCallRow)
    )
    found = session.execute(asked).first()
    return None if found is None else (found[0], found[1])
