"""Keys for other programs: shown once, kept as a fingerprint."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.domain.scope import Scope
from campaign.models.base import AsJson, Base, Instant


class ApiKeyRow(Base):
    """One key. `start` is its first characters, to know it by; `campaign_id` None opens every campaign."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    start: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[tuple[Scope, ...]] = mapped_column(AsJson(tuple[Scope, ...]))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    who: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    expires_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    revoked_by: Mapped[str] = mapped_column(String(254), default="")  # as `who`; the program's own name: it was leaked
    used_at: Mapped[dt.datetime | None] = mapped_column(Instant)
