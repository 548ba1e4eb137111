"""Turns of phrase that confirmed letters hold, known only by their fingerprints."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.models.apart import PhraseRow


def times(session: Session, campaign_id: int, keys: Collection[str]) -> dict[str, int]:
    """In how many confirmed letters of a campaign each of some fingerprints stands; those in none are left out."""
    asked = select(PhraseRow.key, PhraseRow.times).where(PhraseRow.campaign_id == campaign_id, PhraseRow.key.in_(keys))
    return {key: many for key, many in session.execute(asked)}  # noqa: C416  rows are no pairs to dict()


def unused_since(session: Session, before: dt.date, most: int) -> Sequence[PhraseRow]:
    """Turns of phrase that no letter confirmed since a day holds; locked, those that are being counted left out."""
    asked = select(PhraseRow).where(PhraseRow.last_on < before).order_by(PhraseRow.campaign_id, PhraseRow.key)
    return session.scalars(asked.limit(most).with_for_update(skip_locked=True)).all()
