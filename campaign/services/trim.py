"""Trim: a supporter says whether their letter may leave with fewer words of their own; silence stops it in the end."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from campaign.domain import dates, schedule
from campaign.domain.edition import LetterEdition, StateEdition
from campaign.domain.letter import RenderedLetter, Signer, render
from campaign.domain.review import UNCOUNTED
from campaign.errors import TextChangedError, TokenError
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.outside.keys import Purpose
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.queries import review as reviews
from campaign.queries import supporter as supporters
from campaign.services.judge import let_go
from campaign.services.links import supporter_of
from campaign.services.note import CAMPAIGN, note
from campaign.services.outlook import edition_of, state_of
from campaign.services.sealed import put_signer, signed_digest, signer_of
from campaign.services.send import text_digest
from campaign.services.transact import transact
from campaign.services.withdraw import stop_letters

_PURPOSE: Purpose = "trim"
BATCH = 200

# What a genuine link is good for: the question is open, was answered, or is over (too late, or the letter taken back).
Stage = Literal["open", "trimmed", "refused", "over"]


@dataclass(frozen=True, slots=True)
class Sheets:
    """A letter as it is sent, and the same in the reader's language where that is another."""

    sent: RenderedLetter
    reading: RenderedLetter | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a genuine link opens. `digest` names exactly what would leave; both letters only while it is open."""

    stage: Stage
    state: StateEdition
    ends_at: dt.datetime
    digest: str
    before: Sheets | None
    after: Sheets | None


def opened(parts: Parts, token: str, language: str) -> Opened:
    """Look at the link; nothing is changed. `language` is the page's.

    Raises TokenError when the link is not genuine.
    """
    with parts.reading() as session:
        supporter, signature = _whose(parts, session, token)
        edition = edition_of(parts, session, supporter)
        state = state_of(edition, signature)
        stage = _stage(parts, signature)
        if stage != "open":
            return Opened(stage, state, ends_at(parts, signature), "", None, None)
        offices = _shown_to(state, [one.offices for one in reviews.held_letters(session, signature.id)], signature)
        letter = editions.letter(session, signature.letter_id)
        beside = None
        if letter.language != language:
            beside = editions.reading_copy(session, signature.letter_id, language)
        was = signer_of(parts.keys, signature)
        after = _sheets(letter, beside, _trimmed(parts, signature, was), offices)
        before = _sheets(letter, beside, was, offices)
        return Opened(stage, state, ends_at(parts, signature), text_digest(parts.keys, after.sent), before, after)


def _shown_to(state: StateEdition, letters: Sequence[tuple[str, ...]], signature: SignatureRow) -> tuple[str, ...]:
    """The offices whose letter is shown, for each has an opening of its own: the first that can leave at once."""
    mailable = {one.office for one in state.officials if one.email}
    return next((one for one in letters if one[0] in mailable), letters[0] if letters else signature.offices)


def _sheets(letter: LetterEdition, beside: LetterEdition | None, signer: Signer, offices: tuple[str, ...]) -> Sheets:
    reading = render(beside, signer, offices) if beside is not None else None
    return Sheets(render(letter, signer, offices), reading)


def _trimmed(parts: Parts, signature: SignatureRow, was: Signer) -> Signer:
    sealed = signature.trim_sealed
    shorter = parts.keys.open(sealed, "signature", "trim_sealed", signature.id) if sealed is not None else ""
    return replace(was, paragraph=shorter)


def _whose(parts: Parts, session: Session, token: str, *, is_locked: bool = False) -> tuple[SupporterRow, SignatureRow]:
    supporter, read = supporter_of(parts, session, _PURPOSE, token, is_locked=is_locked)
    find = reviews.signature if is_locked else supporters.signature
    signature = find(session, read.row_id)
    if signature is None:
        raise TokenError("row")
    return supporter, signature


def _stage(parts: Parts, signature: SignatureRow) -> Stage:
    if signature.review == "trimmed":
        return "trimmed"
    if signature.review == "refused" and signature.status == "confirmed":
        return "refused"
    is_asked = signature.review == "trimming" and signature.status == "confirmed"
    return "open" if is_asked and parts.clock.now() < ends_at(parts, signature) else "over"


def ends_at(parts: Parts, signature: SignatureRow) -> dt.datetime:
    """When the question is over (aware UTC, to the minute, as the link says it)."""
    asked_at = signature.reviewed_at or parts.clock.now()
    return (asked_at + schedule.TRIM_LIFE).replace(second=0, microsecond=0)


def answer(parts: Parts, token: str, digest: str, *, may_leave: bool) -> Stage:
    """Let the letters leave with fewer words, or not at all, in one transaction; a second answer changes nothing.

    Returns how it stands then. Raises TokenError when the link is not genuine, TextChangedError when what was shown
    is not what would leave.
    """

    def work(session: Session) -> Stage:
        _, signature = _whose(parts, session, token, is_locked=True)
        if _stage(parts, signature) != "open":
            return _stage(parts, signature)
        if may_leave:
            _change(parts, session, signature, digest)
            _close(parts, session, signature, "trimmed")
            let_go(parts, session, signature)
        else:
            _close(parts, session, signature, "refused")
            stop_letters(parts, session, signature, "not trimmed")
        return _stage(parts, signature)

    return transact(parts, work)


def _change(parts: Parts, session: Session, signature: SignatureRow, digest: str) -> None:
    """Put the shorter paragraph in place of the one signed, and hold every waiting letter to it."""
    keys = parts.keys
    letter = editions.letter(session, signature.letter_id)
    signer = _trimmed(parts, signature, signer_of(keys, signature))
    waiting = reviews.held_letters(session, signature.id)
    texts = [text_digest(keys, render(letter, signer, one.offices)) for one in waiting]
    if texts and digest not in texts:
        raise TextChangedError("trim")
    put_signer(keys, signature, signer)
    own = signature.has_own_answers
    signature.digest = signed_digest(keys, letter.version, signer, signature.offices, has_own_answers=own)
    for one, text in zip(waiting, texts, strict=True):
        one.text_digest = text
    session.flush()


def _close(parts: Parts, session: Session, signature: SignatureRow, review: Literal["trimmed", "refused"]) -> None:
    signature.review, signature.trim_sealed = review, None
    note(parts, session, CAMPAIGN, f"trim.{review}", f"signature {signature.id}")
    session.flush()


def end_trims(parts: Parts) -> int:
    """Stop the letters of those who were asked and said nothing in time; of how many. Their signatures count on."""
    with parts.reading() as session:
        late = reviews.unanswered(session, parts.clock.now() - schedule.TRIM_LIFE, BATCH)
    return sum(_end(parts, one) for one in late)


def _end(parts: Parts, signature_id: str) -> bool:
    return transact(parts, lambda session: _end_one(parts, session, signature_id))


def _end_one(parts: Parts, session: Session, signature_id: str) -> bool:
    found = supporters.signature(session, signature_id)
    if found is None:
        return False
    supporters.by_id(session, found.supporter_id, is_locked=True)
    signature = reviews.signature(session, signature_id)
    if signature is None or (signature.review, signature.status) != ("trimming", "confirmed"):
        return False  # what was taken out of the count goes on waiting, should it be put back
    if _stage(parts, signature) == "open":
        return False
    _close(parts, session, signature, "refused")
    stop_letters(parts, session, signature, "not trimmed")
    return True


def said_in_mail(parts: Parts, supporter: SupporterRow, signature: SignatureRow | None) -> dict[str, object]:
    """What the mails about a look at a paragraph say besides: the link, until when, why not, and whether it counts."""
    if signature is None:
        return {"trim_link": "", "trim_until": "", "refusal": "", "is_counted": True}
    ends = ends_at(parts, signature)
    token = parts.keys.token(_PURPOSE, signature.id, 0, ends)
    return {
        "trim_link": f"{parts.settings.base_url}/{supporter.language}/{_PURPOSE}/{token}/",
        "trim_until": dates.date(ends.date(), supporter.language),
        "refusal": signature.refusal,
        "is_counted": signature.refusal != UNCOUNTED,
    }
