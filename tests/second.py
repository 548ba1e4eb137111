"""A second campaign beside the bundled one: another folder, another state, other languages."""

import people
from bundles import SMALL_CAUSE

from campaign.domain.signing import RawSigning, clean
from campaign.parts import Parts
from campaign.services.load import load
from campaign.services.sign import sign as take

SECOND = "small"


def loaded_too(parts: Parts) -> str:
    """Load the small campaign beside what is there; its slug."""
    return load(parts, SMALL_CAUSE).slug


def sign(parts: Parts, state: str = "latvia", slug: str = SECOND, **changed: object) -> None:
    """Sign in the second campaign as Ona, or with the `changed` fields."""
    edition = parts.editions.current(slug)
    found = edition.state(state)
    given: dict[str, object] = {
        "name": "Ona Nordmann",
        "email": "ona@example.org",
        "country": "NO",
        "offices": tuple(one.office for one in found.officials),
        "letter_language": found.state.languages[0],
        "consents": {one.purpose: one.version for one in found.consents_in("en") if one.is_required},
        "text_version": found.text_version(parts.clock.now().date()),
        "language": "en",
    }
    take(parts, edition, found, clean(RawSigning(**(given | changed)), found))


def confirmed(parts: Parts, **changed: object) -> None:
    """Sign in the second campaign, get the mail, press."""
    sign(parts, **changed)
    people.work(parts)
    asked = [
        one for one in people.mails(parts, str(changed.get("email", "ona@example.org"))) if "/confirm/" in one.text
    ]
    assert people.press(parts, asked[-1]) >= 1
