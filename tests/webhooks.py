"""Webhooks as tests need them: put up without asking the DNS, and what is queued for them."""

from sqlalchemy import select

from campaign.domain.webhook import EVENTS
from campaign.models.campaign import CampaignRow
from campaign.models.webhook import WebhookCallRow, WebhookRow
from campaign.outside.keys import new_id
from campaign.parts import Parts

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
URL = "https://hooks.example.org/in"


def hook(parts: Parts, *events: str, url: str = URL, campaign: str = "", is_ended: bool = False) -> str:
    """Put up a webhook for some events, or all; its id."""
    hook_id = new_id()
    with parts.writing() as session:
        owner = session.scalar(select(CampaignRow.id).where(CampaignRow.slug == campaign)) if campaign else None
        session.add(
            WebhookRow(
                id=hook_id,
                campaign_id=owner,
                url=url,
                events=events or EVENTS,
                secret_sealed=parts.keys.seal(SECRET, "webhook", "secret_sealed", hook_id),
                who="command line",
                created_at=parts.clock.now(),
                ended_at=parts.clock.now() if is_ended else None,
            )
        )
        session.commit()
    return hook_id


def calls(parts: Parts) -> list[WebhookCallRow]:
    """Every call, the oldest first."""
    with parts.reading() as session:
        return list(session.scalars(select(WebhookCallRow).order_by(WebhookCallRow.created_at, WebhookCallRow.id)))
