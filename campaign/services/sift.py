"""Sift: see, at the press, whether a person must look at a signature's own paragraph before its letters leave."""

from sqlalchemy.orm import Session

from campaign.domain import review
from campaign.domain.rule import WordKind
from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.queries import review as reviews
from campaign.services.sealed import paragraph_of


def sift(parts: Parts, session: Session, signature: SignatureRow) -> None:
    """Mark a signature as held where its paragraph asks for a look; it counts all the same.

    The lists of every language are held against it, whichever it is written in. Raises SealError.
    """
    paragraph = paragraph_of(parts.keys, signature)
    found = review.reasons(paragraph, listed(session, signature.campaign_id)) if paragraph else ()
    if found:
        signature.review = "held"
        signature.review_reasons = found
        session.flush()


def listed(session: Session, campaign_id: int) -> tuple[tuple[str, WordKind], ...]:
    """Every word that a campaign lists, and its kind."""
    return tuple((one.word, one.kind) for one in reviews.words(session, campaign_id))
