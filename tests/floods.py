"""Floods as tests need them: many made-up supporters of one mail domain, confirmed, with their letters waiting."""

import datetime as dt
from dataclasses import dataclass

import people

from campaign.domain.letter import Signer, render
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.services.confirm import journal_line
from campaign.services.preview import by_mailbox
from campaign.services.sealed import put_signer
from campaign.services.send import text_digest
from campaign.services.transact import transact


@dataclass(frozen=True)
class Flood:
    """What the made-up supporters have in common."""

    domain: str = "flood.example"
    state: str = "lithuania"
    at: dt.datetime | None = None
    network: str = ""
    country: str = "NO"
    confirmed: bool = True
    letters: bool = True
    marks: tuple[str, ...] = ()


def flood(parts: Parts, count: int, **given: object) -> list[str]:
    """Make up signatures as if each had been signed and confirmed at an instant (now); their ids.

    Straight into the tables: that they come there by signing and pressing is shown elsewhere, a few at a time.
    """
    common = Flood(**given)
    made: list[str] = []
    for start in range(0, count, 500):
        size = min(500, count - start)
        made += transact(parts, lambda session, size=size: _some(parts, session, size, common))
    return made


def _some(parts, session, size, common):
    edition = parts.editions.current(people.CAMPAIGN)
    chosen = edition.state(common.state)
    at = common.at or parts.clock.now()
    letter = chosen.letter(chosen.state.languages[0], at.date())
    signer = Signer(name="Flood Nordmann", country=common.country)
    offices = by_mailbox(chosen, tuple(one.office for one in chosen.officials))
    digests = {those: text_digest(parts.keys, render(letter, signer, those)) for _, those in offices}
    supporters = [_supporter(parts, edition, common, at) for _ in range(size)]
    signatures = [_signature(parts, chosen, letter, common, at, one) for one in supporters]
    rest = []
    for row in signatures:
        put_signer(parts.keys, row, signer)
        if common.confirmed:
            rest.append(journal_line(row, 1, at))
        if common.confirmed and common.letters:
            rest += [
                DeliveryRow(
                    id=new_id(), signature_id=row.id, state_id=chosen.id, official_id=chosen.official(those[0]).id,
                    offices=those, address=address, round=1, text_digest=digests[those],
                    status="queued" if address else "held", due_at=at, created_at=at,
                )
                for address, those in offices
            ]  # fmt: skip
    for some in (supporters, signatures, rest):
        session.add_all(some)
        session.flush()
    return [one.id for one in signatures]


def _supporter(parts, edition, common, at):
    row = SupporterRow(
        id=new_id(), campaign_id=edition.campaign_id, key_id=parts.keys.key_id, language="en", created_at=at
    )
    address = f"{row.id}@{common.domain}"
    row.address_key = parts.keys.address_key(address, edition.cause.slug)
    row.domain_key = parts.keys.domain_key(common.domain)
    row.email_sealed = parts.keys.seal(address, "supporter", "email_sealed", row.id)
    return row


def _signature(parts, chosen, letter, common, at, supporter):
    return SignatureRow(
        id=new_id(), campaign_id=supporter.campaign_id, state_id=chosen.id, supporter_id=supporter.id,
        letter_id=letter.id, status="confirmed" if common.confirmed else "pending", language="en", source="",
        offices=tuple(one.office for one in chosen.officials), has_own_answers=True,
        marks=common.marks, digest=supporter.id,
        network_key=parts.keys.network_key(common.network, at.date()) if common.network else None,
        created_at=at, confirmed_at=at if common.confirmed else None,
    )  # fmt: skip
