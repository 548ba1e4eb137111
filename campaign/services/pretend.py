"""Pretend: fill a database with made-up supporters to try things on; never one that holds real ones."""

import datetime as dt
import random
from collections.abc import Callable

from sqlalchemy.orm import Session

from campaign.domain.edition import Edition, LetterEdition, StateEdition
from campaign.domain.letter import Signer, render
from campaign.errors import CampaignError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import supporter as supporters
from campaign.services.confirm import journal_line
from campaign.services.preview import by_mailbox
from campaign.services.sealed import put_signer
from campaign.services.send import text_digest
from campaign.services.transact import transact

BATCH = 500
DAYS = 60
_COUNTRIES = ("NO", "SE", "FI", "PL", "LT", "LV", "EE", "DE", "GB", "US", "CA", "FR")
_SOURCES = ("", "", "", "newsletter", "street", "poster")


def pretend(parts: Parts, edition: Edition, signatures: int, progress: Callable[[int], None]) -> int:
    """Make up confirmed signatures over the last 60 days; their letters are written down as gone, none is sent.

    Raises CampaignError where the database holds real supporters, or mail is live.
    """
    if parts.settings.delivery == "live":
        raise CampaignError("made-up supporters have no place where mail is live")
    with parts.reading() as session:
        if supporters.has_any(session, is_demo=False):
            raise CampaignError("this database holds real supporters; use another CAMPAIGN_HOME")
    chance = random.Random(20250508)  # noqa: S311  the same made-up people every time
    made = 0
    while made < signatures:
        size = min(BATCH, signatures - made)
        first = made
        transact(parts, lambda session: _batch(parts, session, edition, chance, range(first, first + size)))  # noqa: B023
        made += size
        progress(made)
    return made


def _batch(parts: Parts, session: Session, edition: Edition, chance: random.Random, numbers: range) -> None:
    for number in numbers:
        state = chance.choices(edition.states, weights=range(len(edition.states) + 2, 2, -1))[0]
        supporter = _supporter(parts, edition, chance)
        session.add(supporter)
        session.flush()
        _sign(parts, session, state, supporter, chance, number)


def _supporter(parts: Parts, edition: Edition, chance: random.Random) -> SupporterRow:
    row = SupporterRow(
        id=new_id(),
        campaign_id=edition.campaign_id,
        key_id=parts.keys.key_id,
        language=chance.choice(edition.cause.languages),
        confirm_generation=1,
        is_demo=True,
        created_at=parts.clock.now(),
    )
    address = f"demo-{row.id}@example.org"
    row.address_key = parts.keys.address_key(address, edition.cause.slug)
    row.domain_key = parts.keys.domain_key("example.org")
    row.email_sealed = parts.keys.seal(address, "supporter", "email_sealed", row.id)
    return row


def _sign(
    parts: Parts, session: Session, state: StateEdition, supporter: SupporterRow,
    chance: random.Random, number: int,
) -> None:  # fmt: skip
    now = parts.clock.now()
    at = now - dt.timedelta(seconds=chance.uniform(0, DAYS * 86_400))
    letter = state.letter(state.state.languages[0], now.date())
    if letter is None:
        return
    signer = Signer(name=f"Demo Supporter {number + 1}", country=chance.choice(_COUNTRIES))
    row = SignatureRow(
        id=new_id(),
        campaign_id=supporter.campaign_id,
        state_id=state.id,
        supporter_id=supporter.id,
        letter_id=letter.id,
        status="confirmed",
        language=supporter.language,
        source=chance.choice(_SOURCES),
        offices=tuple(one.office for one in state.officials),
        has_own_answers=True,
        marks=("demo",),
        digest=parts.keys.digest("demo", supporter.id),
        created_at=at,
        confirmed_at=at,
    )
    put_signer(parts.keys, row, signer)
    session.add(row)
    session.flush()
    session.add(journal_line(row, 1, at))
    session.add_all(_letters(parts, state, row, signer, letter))


def _letters(
    parts: Parts, state: StateEdition, row: SignatureRow, signer: Signer, letter: LetterEdition
) -> list[DeliveryRow]:
    """Letters as if gone: no address is in them, so that nothing can leave."""
    return [
        DeliveryRow(
            id=new_id(),
            signature_id=row.id,
            state_id=state.id,
            official_id=lead.id,
            offices=offices,
            address="",
            round=1,
            text_digest=text_digest(parts.keys, render(letter, signer, offices)),
            status="accepted" if address else "cancelled",
            reason="demo",
            due_at=row.created_at,
            created_at=row.created_at,
            finished_at=row.created_at if address else None,
        )
        for address, offices in by_mailbox(state, row.offices)
        if (lead := state.official(offices[0])) is not None
    ]
