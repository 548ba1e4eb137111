"""Correct: put right what a letter shows of its signer, while none of that signature's letters has begun to leave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import signing
from campaign.domain.edition import Edition, LetterEdition, StateEdition
from campaign.domain.letter import RenderedLetter, Signer, render
from campaign.domain.signing import RawSigning
from campaign.errors import InputRefusedError, NotFoundError, Problem, TextChangedError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import review as reviews
from campaign.queries import supporter as supporters
from campaign.services.links import own_of
from campaign.services.note import SUPPORTER, note
from campaign.services.outlook import edition_of, state_of
from campaign.services.preview import by_mailbox
from campaign.services.sealed import put_signer, signed_digest, signer_of
from campaign.services.send import text_digest
from campaign.services.transact import transact

_NOT_LEFT = ("held", "queued", "cancelled")


@dataclass(frozen=True, slots=True)
class Opened:
    """A signature to be put right. `is_open` is whether it still can be: no letter of it has begun to leave."""

    state: StateEdition
    signer: Signer
    is_open: bool


@dataclass(frozen=True, slots=True)
class Sheets:
    """A letter as it would leave, and the same in the reader's language where that is another; `digest` names it."""

    sent: RenderedLetter
    reading: RenderedLetter | None
    digest: str


def is_open(signature: SignatureRow, letters: Sequence[DeliveryRow]) -> bool:
    """Tell whether a signature can be put right: it counts, or waits for its press, and no letter began to leave."""
    return signature.status in ("pending", "confirmed") and all(one.status in _NOT_LEFT for one in letters)


def opened(parts: Parts, token: str, signature_id: str) -> Opened:
    """Look at what can be put right; nothing is changed.

    Raises TokenError when the link is not genuine or its time is over, NotFoundError where it is not theirs.
    """
    with parts.reading() as session:
        edition, signature = _theirs(parts, session, token, signature_id, supporters.signature)
        letters = deliveries.of_signature(session, signature.id)
        signer = signer_of(parts.keys, signature)
        return Opened(state_of(edition, signature), signer, is_open(signature, letters))


def preview(parts: Parts, token: str, signature_id: str, raw: RawSigning, language: str) -> Sheets | None:
    """Show a letter as it would leave with what was typed; None where none can be put right any more.

    Raises what `opened` raises, and InputRefusedError.
    """
    with parts.reading() as session:
        edition, signature = _theirs(parts, session, token, signature_id, supporters.signature)
        letters = deliveries.of_signature(session, signature.id)
        if not is_open(signature, letters):
            return None
        signer = signing.clean_shown(raw, signer_of(parts.keys, signature))
        letter = editions.letter(session, signature.letter_id)
        offices = _first(state_of(edition, signature), letters, signature)
        beside = None
        if letter.language != language:
            beside = editions.reading_copy(session, signature.letter_id, language)
        return Sheets(
            render(letter, signer, offices),
            render(beside, signer, offices) if beside is not None else None,
            _digest(parts, letter, signer, signature),
        )


def _first(state: StateEdition, letters: Sequence[DeliveryRow], signature: SignatureRow) -> tuple[str, ...]:
    """The offices whose letter is shown, for each has an opening of its own: the first that can leave at once."""
    mailable = {one.office for one in state.officials if one.email}
    waiting = [one.offices for one in letters if one.status != "cancelled"]
    shown = waiting or [offices for _, offices in by_mailbox(state, signature.offices)] or [signature.offices]
    return next((one for one in shown if one[0] in mailable), shown[0])


def correct(parts: Parts, token: str, signature_id: str, raw: RawSigning, digest: str) -> bool:
    """Put right what the letters of a signature show, each held to its new words; False where it is too late.

    Raises what `preview` raises, and TextChangedError when what was shown is not what would leave.
    """

    def work(session: Session) -> bool:
        own = own_of(parts, session, token)
        supporters.by_id(session, own.id, is_locked=True)
        _, signature = _theirs(parts, session, token, signature_id, reviews.signature)
        letters = deliveries.locked_of(session, signature.id)
        if not is_open(signature, letters):
            return False
        signer = signing.clean_shown(raw, signer_of(parts.keys, signature))
        letter = editions.letter(session, signature.letter_id)
        changed = _digest(parts, letter, signer, signature)
        if changed != digest:
            raise TextChangedError("signature")
        put_signer(parts.keys, signature, signer)
        signature.digest = changed
        signature.marks = (
            *(one for one in signature.marks if one != signing.MIXED),
            *signing.marks_of(signer),
        )
        for one in letters:
            one.text_digest = text_digest(parts.keys, render(letter, signer, one.offices))
        note(parts, session, SUPPORTER, "signature.correct", f"signature {signature.id}")
        return True

    return transact(parts, work)


def _theirs(
    parts: Parts,
    session: Session,
    token: str,
    signature_id: str,
    find: Callable[[Session, str], SignatureRow | None],
) -> tuple[Edition, SignatureRow]:
    supporter = own_of(parts, session, token)
    signature = find(session, signature_id)
    if signature is None or signature.supporter_id != supporter.id or signature.name_sealed is None:
        raise NotFoundError("signature")
    return edition_of(parts, session, supporter), signature


def _digest(parts: Parts, letter: LetterEdition, signer: Signer, signature: SignatureRow) -> str:
    """Name everything that the letters would be made of."""
    own = signature.has_own_answers
    return signed_digest(parts.keys, letter.version, signer, signature.offices, has_own_answers=own)


def speak(parts: Parts, token: str, language: str) -> None:
    """Write mails to whoever has the link in another language. Raises TokenError, InputRefusedError."""

    def work(session: Session) -> None:
        own = own_of(parts, session, token)
        supporter = supporters.by_id(session, own.id, is_locked=True)
        if language not in edition_of(parts, session, own).cause.languages:
            raise InputRefusedError((Problem("language", "E-LANGUAGE"),))
        if supporter is not None:
            supporter.language = language

    transact(parts, work)
