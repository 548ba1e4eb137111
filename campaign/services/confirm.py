"""Confirm: one press of a mailbox makes its ticked pending signatures count and their letters leave."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session, object_session

from campaign.domain import address as addresses
from campaign.domain import schedule
from campaign.domain.dates import iso
from campaign.domain.edition import Edition
from campaign.errors import CampaignClosedError, StaleMoveError, TextChangedError, TokenError
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.models.tally import JournalRow
from campaign.outside.keys import Purpose
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import journal
from campaign.queries import supporter as supporters
from campaign.services.budget import mailbox_of, queue_mail
from campaign.services.compare import count_phrases
from campaign.services.forget import forget_signatures
from campaign.services.links import Freshness, freshness, lasting_token, supporter_of
from campaign.services.move import move
from campaign.services.outlook import DoneLetter, PendingLetter, done_letters, edition_of, pending_letter, state_of
from campaign.services.sealed import email_of
from campaign.services.send import queue_letters
from campaign.services.sift import sift
from campaign.services.tell import tell
from campaign.services.transact import transact

_PURPOSE: Purpose = "confirm"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a genuine confirmation link opens: letters to confirm, or, once used, what became of them."""

    freshness: Freshness
    pending: tuple[PendingLetter, ...]
    done: tuple[DoneLetter, ...]
    withdraw_token: str
    is_late: bool = False  # what waits can no longer be confirmed: the campaign closed more than a day ago


def opened(parts: Parts, token: str, language: str) -> Opened:
    """Look at a confirmation link; nothing is changed, however often.

    `language` is the page's. Raises TokenError when the link is not genuine.
    """
    with parts.reading() as session:
        supporter, read = supporter_of(parts, session, _PURPOSE, token)
        state = freshness(parts, supporter, read)
        edition = edition_of(parts, session, supporter)
        pending = supporters.signatures(session, supporter.id, "pending") if state == "open" else ()
        return Opened(
            freshness=state,
            pending=tuple(pending_letter(parts, session, edition, one, language) for one in pending),
            done=done_letters(parts, session, edition, supporter) if state == "used" else (),
            withdraw_token=lasting_token(parts, "withdraw", supporter) if state == "used" else "",
            is_late=state == "open" and not edition.is_confirming(parts.clock.now()),
        )


def confirm(parts: Parts, token: str, ticked: Mapping[str, str]) -> int:
    """Confirm the ticked signatures (id -> digest as shown), all in one transaction; how many were.

    A second press of the same link changes nothing. A campaign that is paused still takes a press: what was signed is
    kept and counted, and its letters wait. Raises TokenError when the link is not genuine, replaced or expired,
    CampaignClosedError a day after the campaign closed, TextChangedError when a ticked letter is not the one that was
    shown any more.
    """
    return transact(parts, lambda session: _confirm(parts, session, token, ticked))


def _confirm(parts: Parts, session: Session, token: str, ticked: Mapping[str, str]) -> int:
    unlocked, read = supporter_of(parts, session, _PURPOSE, token)
    mailbox = mailbox_of(parts, session, addresses.canonical(email_of(parts.keys, unlocked)))
    supporter, read = supporter_of(parts, session, _PURPOSE, token, is_locked=True)
    session.refresh(supporter)
    state = freshness(parts, supporter, read)
    if state == "used":
        return 0
    if state != "open":
        raise TokenError(state)
    edition = edition_of(parts, session, supporter)
    if not edition.is_confirming(parts.clock.now()):
        raise CampaignClosedError(edition.cause.slug)
    chosen = [one for one in supporters.signatures(session, supporter.id, "pending") if one.id in ticked]
    if any(ticked[one.id] != one.digest for one in chosen):
        raise TextChangedError("signature")
    if not chosen:
        return 0
    now = parts.clock.now()
    for one in chosen:
        _confirm_one(parts, session, edition, one, now)
    supporter.confirm_used_at = supporter.pressed_at = now
    mailbox.pressed_at = now
    _stop_asking(session, supporter)
    queue_mail(parts, session, supporter, "receipt", now + schedule.RECEIPT_WAIT, *(one.id for one in chosen))
    count_phrases(parts, session, chosen)
    tell(parts, session, "signature.confirmed", *(told(edition, one, now) for one in chosen))
    return len(chosen)


def _confirm_one(parts: Parts, session: Session, edition: Edition, signature: SignatureRow, now: dt.datetime) -> None:
    """Confirm one signature of a press; all of it have the same instant, and are asked about together."""
    move(session, signature, "confirmed", confirmed_at=now)
    sift(parts, session, signature)
    session.add(journal_line(signature, 1, now))
    queue_letters(parts, session, state_of(edition, signature), signature)


def told(edition: Edition, signature: SignatureRow, at: dt.datetime) -> dict[str, object]:
    """What other programs are told of a signature: nothing of the person."""
    state = state_of(edition, signature).state
    return {"campaign": edition.cause.slug, "state": state.code, "signature": signature.id, "at": iso(at)}


def journal_line(signature: SignatureRow, delta: int, at: dt.datetime) -> JournalRow:
    """Write the one line that a change of a signature adds to the count: confirmed, or taken out again.

    What a batch put back was counted more than once, and is taken out of its last turn.
    """
    confirmed_at = signature.confirmed_at
    if confirmed_at is None:
        raise StaleMoveError("only confirmed signatures are counted")
    session = object_session(signature)
    return JournalRow(
        at=at,
        campaign_id=signature.campaign_id,
        state_id=signature.state_id,
        signature_id=signature.id,
        delta=delta,
        turn=journal.turn(session, signature.id) if delta < 0 and session is not None else 1,
        day=confirmed_at.date(),
        hour=confirmed_at.hour,
        country=signature.country,
        language=signature.language,
        source=signature.source,
    )


def _stop_asking(session: Session, supporter: SupporterRow) -> None:
    """A mail that was about to ask again is stopped when nothing is left to ask."""
    waiting = deliveries.queued_mail(session, supporter.id, "confirm")
    if waiting is not None and not supporters.signatures(session, supporter.id, "pending"):
        move(session, waiting, "cancelled", reason="confirmed")


def delete(parts: Parts, token: str) -> None:
    """Delete every pending signature of the link's mailbox: nothing of it leaves, nothing of it is kept.

    Raises TokenError when the link is not genuine, replaced or expired.
    """

    def work(session: Session) -> None:
        supporter, read = supporter_of(parts, session, _PURPOSE, token, is_locked=True)
        if freshness(parts, supporter, read) != "open":
            raise TokenError("closed")
        supporter.confirm_used_at = parts.clock.now()
        forget_signatures(session, supporters.signatures(session, supporter.id, "pending"))

    transact(parts, work)
