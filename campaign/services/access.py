"""Access: what is kept of whoever asks for it, found by their address, with a reason that is written down."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain.letter import Signer
from campaign.errors import InputRefusedError, Problem
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import review as reviews
from campaign.queries import supporter as supporters
from campaign.services.find import Letter, letters_of
from campaign.services.note import note
from campaign.services.sealed import email_of, signer_of
from campaign.services.transact import transact

STATUSES = ("pending", "confirmed", "withdrawn", "invalidated", "erased")
MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A signature with all that is kept of it; `signer` is opened. `agreed` are texts and when they were agreed to."""

    id: str
    campaign: str
    state: str
    status: str
    created_at: dt.datetime
    confirmed_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    language: str
    source: str
    marks: tuple[str, ...]
    has_own_answers: bool
    signer: Signer
    agreed: tuple[tuple[str, dt.datetime], ...]
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept of a mailbox: its address as typed, its signatures, and the kinds of mails written to it."""

    email: str
    signatures: tuple[Kept, ...]
    mails: tuple[tuple[str, str, dt.datetime], ...]  # kind, status, when


def look_up(parts: Parts, who: str, email: str, reason: str) -> Person | None:
    """Find all that is kept of an address, in every campaign; None where nothing is.

    That it was looked for is written down, with the reason and without the address. Raises InputRefusedError,
    SealError.
    """
    typed, said = email.strip(), reason.strip()
    problems = []
    code = addresses.fault(typed)
    if code is not None:
        problems.append(Problem("email", code))
    if not said:
        problems.append(Problem("reason", "E-LOOK-REASON"))
    elif len(said) > MAX_REASON:
        problems.append(Problem("reason", "E-LOOK-LONG", {"most": str(MAX_REASON)}))
    if problems:
        raise InputRefusedError(tuple(problems))
    canonical = addresses.canonical(addresses.clean(typed))
    return transact(parts, lambda session: _look_up(parts, session, who, canonical, said))


def _look_up(parts: Parts, session: Session, who: str, canonical: str, reason: str) -> Person | None:
    found: list[tuple[str, SupporterRow]] = []
    for slug in editions.slugs(session):
        campaign = editions.row(session, slug)
        key = parts.keys.address_key(canonical, slug)
        supporter = supporters.by_address_key(session, campaign.id, key) if campaign is not None else None
        if supporter is not None:
            found.append((slug, supporter))
    which = f"{len(found)} supporters"
    note(parts, session, who, "people.look-up", which, reason)
    if not found:
        return None
    kept = [_kept(parts, session, slug, row) for slug, one in found for row in _signatures(session, one)]
    mails = [
        (one.kind, one.status, one.created_at) for _, them in found for one in deliveries.mails_of(session, them.id)
    ]
    return Person(email_of(parts.keys, found[0][1]), tuple(kept), tuple(sorted(mails, key=lambda mail: mail[2])))


def _signatures(session: Session, supporter: SupporterRow) -> list[SignatureRow]:
    return list(supporters.signatures(session, supporter.id, *STATUSES))


def _kept(parts: Parts, session: Session, slug: str, row: SignatureRow) -> Kept:
    return Kept(
        id=row.id,
        campaign=slug,
        state=reviews.state_codes(session, row.campaign_id).get(row.state_id, ""),
        status=row.status,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        withdrawn_at=row.withdrawn_at,
        language=row.language,
        source=row.source,
        marks=row.marks,
        has_own_answers=row.has_own_answers,
        signer=signer_of(parts.keys, row),
        agreed=tuple((text.text, at) for text, at in supporters.consents_given(session, row.id)),
        letters=letters_of(session, row.id),
    )
