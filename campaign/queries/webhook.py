"""Webhooks and their calls: who listens to what, whose call is due, what became of it."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
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
            _awake(now),
        )
        .order_by(WebhookCallRow.due_at, WebhookCallRow.created_at, WebhookCallRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=WebhookCallRow)
    )
    found = session.execute(asked).first()
    return None if found is None else (found[0], found[1])


def is_due(session: Session, now: dt.datetime) -> bool:
    """Tell whether any call has its turn, or was left lying by a worker that died."""
    due = and_(WebhookCallRow.status == "queued", WebhookCallRow.due_at <= now, _awake(now))
    left = and_(WebhookCallRow.status == "claimed", WebhookCallRow.lease_until < now)
    asked = select(WebhookCallRow.id).join(WebhookRow, WebhookRow.id == WebhookCallRow.webhook_id).where(or_(due, left))
    return session.scalar(asked.limit(1)) is not None


def _awake(now: dt.datetime) -> ColumnElement[bool]:
    is_rested = or_(WebhookRow.paused_until.is_(None), WebhookRow.paused_until <= now)
    return and_(WebhookRow.ended_at.is_(None), is_rested)


def left_lying(session: Session, now: dt.datetime, most: int) -> Sequence[WebhookCallRow]:
    """Calls in hand whose lease has run out, locked: their worker died."""
    asked = select(WebhookCallRow).where(WebhookCallRow.status == "claimed", WebhookCallRow.lease_until < now)
    return session.scalars(asked.limit(most).with_for_update(skip_locked=True)).all()


def queued(
    session: Session, most: int, *, of: str | None = None, before: dt.datetime | None = None
) -> Sequence[WebhookCallRow]:
    """Calls that wait, of one webhook or made before an instant, locked; what another looks at is passed over."""
    asked = select(WebhookCallRow).where(WebhookCallRow.status == "queued")
    asked = asked if of is None else asked.where(WebhookCallRow.webhook_id == of)
    asked = asked if before is None else asked.where(WebhookCallRow.created_at < before)
    return session.scalars(asked.limit(most).with_for_update(skip_locked=True)).all()


def drop(session: Session, before: dt.datetime, most: int) -> int:
    """Delete calls that came to their end before an instant; how many were."""
    old = select(WebhookCallRow.id).where(WebhookCallRow.finished_at < before).limit(most)
    done = session.execute(delete(WebhookCallRow).where(WebhookCallRow.id.in_(old)))
    return int(done.rowcount)  # type: ignore[attr-defined]


def statuses(session: Session) -> dict[tuple[str, str], int]:
    """How many calls stand in which status, by webhook and status."""
    asked = select(WebhookCallRow.webhook_id, WebhookCallRow.status, func.count())
    found = session.execute(asked.group_by(WebhookCallRow.webhook_id, WebhookCallRow.status))
    return {(hook, status): count for hook, status, count in found}


def failing(session: Session, failures: int) -> Sequence[WebhookRow]:
    """Live webhooks that have failed so often in a row, or oftener."""
    asked = select(WebhookRow).where(WebhookRow.ended_at.is_(None), WebhookRow.failures >= failures)
    return session.scalars(asked.order_by(WebhookRow.created_at)).all()
