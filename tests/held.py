"""Letters that wait for a person's look, as tests need them."""

import datetime as dt

import people

from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.queries import review as reviews
from campaign.services.count import stats

PARAGRAPH = "I grew up near a minefield. Ask me: ona@example.org or +370 612 34567."
SHORTER = "I grew up near a minefield."
LATER = dt.timedelta(days=1)


def held(parts: Parts, state: str = "lithuania", paragraph: str = PARAGRAPH, **changed: object) -> str:
    """Sign and confirm with a paragraph that asks for a look; the signature's id."""
    before = {one.id for one in waiting(parts)}
    people.confirmed(parts, state, paragraph=paragraph, **changed)
    [found] = [one.id for one in waiting(parts) if one.id not in before]
    return found


def waiting(parts: Parts) -> list[SignatureRow]:
    """What waits for a look, in its order."""
    campaign_id = parts.editions.current(people.CAMPAIGN).campaign_id
    with parts.reading() as session:
        return list(reviews.waiting(session, campaign_id, "", 100))


def row(parts: Parts, signature_id: str) -> SignatureRow:
    """A signature as it stands."""
    with parts.reading() as session:
        return session.get_one(SignatureRow, signature_id)


def figures(parts: Parts, code: str = "LT") -> dict[str, int]:
    """A state's figures."""
    return stats(parts, parts.editions.current(people.CAMPAIGN))["states"][code]
