"""Outlook: what a supporter's own pages show of their letters: what waits, what left, when the rest goes."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import schedule, window
from campaign.domain.arrows import WAITING, DispatchStatus
from campaign.domain.courtesy import DIGEST_AGAIN, DIGEST_MOST, digest_due_at
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.letter import RenderedLetter, render
from campaign.errors import NotFoundError, TokenError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import digest as digests
from campaign.queries import edition as editions
from campaign.queries import supporter as supporters
from campaign.services.hush import SILENCE
from campaign.services.pace import Travel, hours, travels
from campaign.services.preview import by_mailbox
from campaign.services.sealed import signer_of


@dataclass(frozen=True, slots=True)
class PendingLetter:
    """A letter that waits for its press. `digest` names exactly what is shown here.

    Each mailbox gets it with an opening of its own; `sent` and `reading` are as the first one gets it.
    `travels` says how it would reach each of its offices now.
    """

    signature_id: str
    digest: str
    state: StateEdition
    offices: tuple[str, ...]
    sent: RenderedLetter
    reading: RenderedLetter | None
    travels: dict[str, Travel]


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
    told: str = ""  # the status as it is told: what waits for a digest or a person, or an office stopped, says so


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
    found = edition.state_with(signature.state_id)
    if found is None:
        raise NotFoundError("state")
    return found


def pending_letter(
    parts: Parts, session: Session, edition: Edition, signature: SignatureRow, language: str
) -> PendingLetter:
    """Show a pending signature's letter, exactly as it leaves if its mailbox presses."""
    signer = signer_of(parts.keys, signature)
    letter = editions.letter(session, signature.letter_id)
    state = state_of(edition, signature)
    ways = travels(parts, session, state)
    reached = tuple(one for one in signature.offices if ways.get(one) != "silence")
    _, opened_for = by_mailbox(state, reached or signature.offices)[0]
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
        travels={office: way for office, way in ways.items() if office in signature.offices},
    )


def done_letters(parts: Parts, session: Session, edition: Edition, supporter: SupporterRow) -> tuple[DoneLetter, ...]:
    """Show what became of a supporter's confirmed and withdrawn signatures."""
    found = supporters.signatures(session, supporter.id, "confirmed", "withdrawn")
    return tuple(
        DoneLetter(
            signature_id=one.id,
            is_withdrawn=one.status == "withdrawn",
            state=state_of(edition, one),
            letters=tuple(
                office_outlook(parts, session, edition, row) for row in deliveries.of_signature(session, one.id)
            ),
        )
        for one in found
    )


def office_outlook(parts: Parts, session: Session, edition: Edition, row: DeliveryRow) -> OfficeOutlook:
    """Tell where a letter is, and about when it goes."""
    left_at = row.finished_at if row.status in ("accepted", "complained") else None
    ahead, goes_at = 0, None
    if row.status in WAITING:
        ahead = 0 if row.way == "digest" else deliveries.count_ahead(session, row)
        goes_at = None if edition.is_paused else _goes_at(parts, session, edition, row, ahead)
    return OfficeOutlook(row.offices, row.status, ahead, goes_at, left_at, row.round == 2, _told(row))


def _told(row: DeliveryRow) -> str:
    if row.status == "queued" and row.way == "digest":
        return "digest"
    if row.status == "held" and row.reason == deliveries.REVIEW:
        return deliveries.REVIEW
    return SILENCE if row.status == "cancelled" and row.reason == SILENCE else row.status


def _goes_at(parts: Parts, session: Session, edition: Edition, row: DeliveryRow, ahead: int) -> dt.datetime:
    """About when a letter that has so many before it leaves, within the hours of its office."""
    now = parts.clock.now()
    state = next((one for one in edition.states if one.id == row.state_id), None)
    open_hours, zone = hours(edition, state, row.official_id) if state is not None else (None, dt.UTC)
    if row.way == "digest":
        at = _next_digest(session, row, now) if row.status == "queued" else now
        return window.opens(open_hours, zone, at)
    lately = len(deliveries.hour_of(session, row.address, now))
    wait = schedule.leaves_after(ahead, lately, parts.settings.letters_per_hour)
    return window.opens(open_hours, zone, max(window.after(open_hours, zone, now, wait), row.due_at))


def _next_digest(session: Session, row: DeliveryRow, now: dt.datetime) -> dt.datetime:
    """About when the digest is opened that takes a letter along, after as many as those before it fill."""
    language = digests.language_of(session, row)
    last = digests.last(session, row.address, language, row.state_id)
    at = now
    if last is not None:
        at = max(now, last.due_at if digests.is_open(last) else digest_due_at(last.created_at, last.size))
    return at + digests.count_before(session, row, language) // DIGEST_MOST * DIGEST_AGAIN
