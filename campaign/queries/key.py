"""Keys for other programs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from campaign.domain.scope import Scope
from campaign.models.campaign import CampaignRow
from campaign.models.key import ApiKeyRow


@dataclass(frozen=True, slots=True)
class Found:
    """What a key is worth while it is asked: `campaign` is a slug, empty for every campaign."""

    id: str
    scopes: tuple[Scope, ...]
    campaign: str
    used_at: dt.datetime | None


def opening(session: Session, key: str, now: dt.datetime) -> Found | None:
    """The key with a fingerprint, where it still opens something at an instant."""
    asked = (
        select(ApiKeyRow.id, ApiKeyRow.scopes, CampaignRow.slug, ApiKeyRow.used_at)
        .outerjoin(CampaignRow, CampaignRow.id == ApiKeyRow.campaign_id)
        .where(
            ApiKeyRow.key == key,
            ApiKeyRow.revoked_at.is_(None),
            or_(ApiKeyRow.expires_at.is_(None), ApiKeyRow.expires_at > now),
        )
    )
    found = session.execute(asked).first()
    return None if found is None else Found(found[0], found[1], found[2] or "", found[3])


def by_id(session: Session, key_id: str) -> ApiKeyRow | None:
    """A key's row, locked until the transaction ends."""
    return session.scalar(select(ApiKeyRow).where(ApiKeyRow.id == key_id).with_for_update())


def by_key(session: Session, key: str) -> ApiKeyRow | None:
    """The row of the key with a fingerprint, locked until the transaction ends."""
    return session.scalar(select(ApiKeyRow).where(ApiKeyRow.key == key).with_for_update())


def everything(session: Session) -> Sequence[tuple[ApiKeyRow, str]]:
    """Every key with its campaign's slug (empty: all), the newest first."""
    asked = (
        select(ApiKeyRow, CampaignRow.slug)
        .outerjoin(CampaignRow, CampaignRow.id == ApiKeyRow.campaign_id)
        .order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id)
    )
    return [(row, slug or "") for row, slug in session.execute(asked)]


def touch(session: Session, key_id: str, now: dt.datetime, before: dt.datetime) -> None:
    """Keep that a key was used, unless that was kept since an instant."""
    is_stale = or_(ApiKeyRow.used_at.is_(None), ApiKeyRow.used_at <= before)
    session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id, is_stale).values(used_at=now))
