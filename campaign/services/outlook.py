"""Outlook: what a supporter's own pages show of their letters: what waits, what left, when the rest goes."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import schedule
from campaign.domain.arrows import WAITING, DispatchStatus
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.letter import RenderedLetter, render
from campaign.errors import NotFoundError, TokenError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import supporter as supporters
from campaign.services.preview import by_mailbox
from campaign.services.sealed import signer_of


@dataclass(frozen=True, slots=True)
class PendingLetter:
    """A letter that waits for its press. `digest` names exactly what is shown here.

    Each mailbox gets it with an opening of its own; `sent` and `reading` are as the first one gets it.
    """

    signature_id: str
    digest: str
    state: StateEdition
    offices: tuple[str, ...]
    sent: RenderedLetter
    reading: RenderedLetter | None


@dataclass(frozen=True, slots=True)
class OfficeOutlook:
    """Offices that share a letter, where it is now, how many wait before it, and when it goes (aware UTC).

    `goes_at` is None once it has left, or while nobody can say.
    """

    offices: tuple[str, ...]
    status: DispatchStatus
    ahead: int
    goes_at: dt.datetime | None
    left_at: dt.datetime | None
    is_second: bool = False


@dataclass(frozen=True, slots=True)
class DoneLetter:
    """A confirmed or withdrawn letter, without anything of the person. `subject` is in the letter's language."""

    signature_id: str
    is_withdrawn: bool
    state: StateEdition
    letters: tuple[OfficeOutlook, ...]


def edition_of(parts: Parts, session: Session, supporter: SupporterRow) -> Edition:
    """The edition of a supporter's campaign.

    Raises TokenError when the campaign is gone.
    """
    for slug in editions.slugs(session):
        edition = parts.editions.current(slug)
        if edition.campaign_id == supporter.campaign_id:
            return edition
    raise TokenError("campaign")


def state_of(edition: Edition, signature: SignatureRow) -> StateEdition:
    """The state a signature is to.

    Raises NotFoundError when the campaign no longer has it.
    """
    for one in edition.states:
        if one.id == signature.state_id:
            return one
    raise NotFoundError("state")


def pending_letter(
    parts: Parts, session: Session, edition: Edition, signature: SignatureRow, language: str
) -> PendingLetter:
    """Show a pending signature's letter, exactly as it leaves if its mailbox presses."""
    signer = signer_of(parts.keys, signature)
    letter = editions.letter(session, signature.letter_id)
    state = state_of(edition, signature)
    _, opened_for = by_mailbox(state, signature.offices)[0]
    beside = None
    if letter.language != language:
        beside = editions.reading_copy(session, signature.letter_id, language)
    return PendingLetter(
        signature_id=signature.id,
        digest=signature.digest,
        state=state,
        offices=signature.offices,
        sent=render(letter, signer, opened_for),
        reading=render(beside, signer, opened_for) if beside is not None else None,
    )


def done_letters(parts: Parts, session: Session, edition: Edition, supporter: SupporterRow) -> tuple[DoneLetter, ...]:
    """Show what became of a supporter's confirmed and withdrawn signatures."""
    found = supporters.signatures(session, supporter.id, "confirmed", "withdrawn")
    return tuple(
        DoneLetter(
            signature_id=one.id,
            is_withdrawn=one.status == "withdrawn",
            state=state_of(edition, one),
            letters=tuple(_office_outlook(parts, session, row) for row in deliveries.of_signature(session, one.id)),
        )
        for one in found
    )


def _office_outlook(parts: Parts, session: Session, row: DeliveryRow) -> OfficeOutlook:
    left_at = row.finished_at if row.status in ("accepted", "complained") else None
    if row.status not in WAITING:
        return OfficeOutlook(row.offices, row.status, 0, None, left_at, row.round == 2)
    now = parts.clock.now()
    ahead = deliveries.count_ahead(session, row)
    lately = len(deliveries.hour_of(session, row.address, now))
    wait = schedule.leaves_after(ahead, lately, parts.settings.letters_per_hour)
    return OfficeOutlook(row.offices, row.status, ahead, max(now + wait, row.due_at), None, row.round == 2)
