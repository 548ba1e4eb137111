"""The journal's lines about given signatures."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models.tally import JournalRow


def turn(session: Session, signature_id: str) -> int:
    """How often a signature has been counted: once, and again each time that a batch was undone."""
    asked = select(func.max(JournalRow.turn)).where(JournalRow.signature_id == signature_id)
    return session.scalar(asked) or 1


def lines_of(session: Session, signatures: Sequence[str]) -> Sequence[JournalRow]:
    """Every line about some signatures, in the order they were written."""
    asked = select(JournalRow).where(JournalRow.signature_id.in_(signatures)).order_by(JournalRow.id)
    return session.scalars(asked).all()
