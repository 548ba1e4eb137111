"""Supporters as tests see them: what they type, the mails they get, what they press."""

import re

from campaign.domain.signing import RawSigning, clean
from campaign.jobs.worker import Worker
from campaign.outside.mail.mailer import Message
from campaign.parts import Parts
from campaign.services import confirm as confirming
from campaign.services.sign import sign as take

CAMPAIGN = "keep-the-ban"


def typed(parts: Parts, state: str = "lithuania", language: str = "en", **changed: object) -> RawSigning:
    """What Ona types into the form of a state; `changed` fields are typed otherwise."""
    edition = parts.editions.current(CAMPAIGN).state(state)
    given: dict[str, object] = {
        "name": "Ona Nordmann",
        "email": "ona@example.org",
        "country": "NO",
        "postal_address": "Storgata 1\n0155 Oslo",
        "offices": tuple(one.office for one in edition.officials),
        "letter_language": edition.state.languages[0],
        "consents": {one.purpose: one.version for one in edition.consents_in(language) if one.is_required},
        "text_version": edition.text_version(parts.clock.now().date()),
        "language": language,
    }
    return RawSigning(**(given | changed))


def sign(parts: Parts, state: str = "lithuania", language: str = "en", **changed: object) -> None:
    """Sign as Ona, or with the `changed` fields."""
    edition = parts.editions.current(CAMPAIGN)
    found = edition.state(state)
    take(parts, edition, found, clean(typed(parts, state, language, **changed), found))


def work(parts: Parts) -> int:
    """Let the worker do all that is due."""
    return Worker(parts).drain()


def mails(parts: Parts, to: str | None = None) -> list[Message]:
    """The mails handed over so far to supporters (they are automatic, letters are not), the oldest first."""
    return [one for one in parts.mailer.accepted if one.is_automatic and to in (None, one.to_address)]


def letters(parts: Parts) -> list[Message]:
    """The letters handed over so far, the oldest first."""
    return [one for one in parts.mailer.accepted if not one.is_automatic]


def token(message: Message, purpose: str = "confirm") -> str:
    """The token of a link in a mail."""
    return re.search(rf"/{purpose}/([A-Za-z0-9_=-]+)/", message.text).group(1)


def press(parts: Parts, message: Message, language: str = "en") -> int:
    """Press the button of a confirmation mail's page with everything still ticked."""
    opened = confirming.opened(parts, token(message), language)
    return confirming.confirm(parts, token(message), {one.signature_id: one.digest for one in opened.pending})


def confirmed(parts: Parts, state: str = "lithuania", **changed: object) -> None:
    """Sign, get the mail, press."""
    sign(parts, state, **changed)
    work(parts)
    asked = [one for one in mails(parts, str(changed.get("email", "ona@example.org"))) if "/confirm/" in one.text]
    assert press(parts, asked[-1]) >= 1
