"""Compare: say how much of a letter is its writer's own, and count what confirmed letters have in common.

Of other people's paragraphs only keyed fingerprints of short runs are known, each with the number of letters.
"""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy.orm import Session

from campaign.domain import likeness
from campaign.domain.letter import RenderedLetter
from campaign.domain.likeness import Likeness
from campaign.models.apart import PhraseRow
from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.queries import phrase as phrases
from campaign.queries.upsert import add_to
from campaign.services.sealed import signer_of


def compare(parts: Parts, campaign_id: int, paragraph: str, letters: tuple[RenderedLetter, ...]) -> Likeness:
    """Compare a personal paragraph with the letters it stands in and with confirmed ones; nothing is stored.

    The first of `letters` is the one whose share is told; the others are those to other offices and in other
    languages.
    """
    keys = {run: _key(parts, run) for run in likeness.fingerprints(paragraph)}
    with parts.reading() as session:
        found = phrases.times(session, campaign_id, tuple(keys.values())) if keys else {}
    fixed = {text for one in letters for text in one.campaign_texts}
    around = likeness.length(letters[0].campaign_texts)
    return likeness.compare(paragraph, fixed, around, {run: found.get(key, 0) for run, key in keys.items()})


def count_phrases(parts: Parts, session: Session, signatures: Iterable[SignatureRow]) -> None:
    """Count each distinct fingerprint of the paragraphs of confirmed signatures once a signature.

    One statement that takes its rows in the order of their keys, so that two presses never wait for each other.
    """
    found: Counter[tuple[int, str]] = Counter()
    for one in signatures:
        if one.paragraph_sealed is not None:
            runs = likeness.fingerprints(signer_of(parts.keys, one).paragraph)
            found.update((one.campaign_id, _key(parts, run)) for run in runs)
    if not found:
        return
    today = parts.clock.now().date()
    rows = [
        {"campaign_id": campaign, "key": key, "times": many, "last_on": today}
        for (campaign, key), many in sorted(found.items())
    ]
    session.flush()
    add_to(session, PhraseRow, ("campaign_id", "key"), "times", rows)


def _key(parts: Parts, run: str) -> str:
    return parts.keys.digest("phrase", run)[:32]
