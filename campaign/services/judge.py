"""Judge: a person decides about a paragraph that was held: its letters leave, leave with fewer words, or do not."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from campaign.domain import review
from campaign.domain import text as texts
from campaign.domain.review import REFUSALS
from campaign.domain.rule import ReviewStatus
from campaign.domain.signing import MAX_LINKS, MAX_PARAGRAPH
from campaign.errors import DecidedError, InputRefusedError, NotFoundError, Problem
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.parts import Parts
from campaign.queries import review as reviews
from campaign.queries import supporter as supporters
from campaign.services.budget import is_silenced, queue_mail
from campaign.services.confirm import journal_line
from campaign.services.move import move
from campaign.services.note import note
from campaign.services.release import release
from campaign.services.sealed import email_of, paragraph_of
from campaign.services.transact import transact
from campaign.services.withdraw import stop_letters


def approve(parts: Parts, who: str, signature_id: str) -> None:
    """Let the letters of a held signature go, as they were signed, all in one transaction.

    Raises NotFoundError, DecidedError.
    """

    def work(session: Session) -> None:
        _, signature = _held(session, signature_id)
        _decide(parts, session, signature, "approved", who)
        let_go(parts, session, signature)

    transact(parts, work)


def approve_each(parts: Parts, who: str, signature_ids: Iterable[str]) -> tuple[int, tuple[DecidedError, ...]]:
    """Approve one after the other: how many were, and what others decided before. Raises NotFoundError."""
    approved, decided = 0, []
    for one in signature_ids:
        try:
            approve(parts, who, one)
        except DecidedError as error:
            decided.append(error)
        else:
            approved += 1
    return approved, tuple(decided)


def let_go(parts: Parts, session: Session, signature: SignatureRow) -> None:
    """Let every letter go that waited for a look at a signature's paragraph."""
    for letter in reviews.held_letters(session, signature.id):
        release(parts, session, letter)


def refuse(parts: Parts, who: str, signature_id: str, reason: str) -> None:
    """Stop the letters of a held signature and tell its supporter why, in one transaction.

    `reason` is one of REFUSALS; the signature goes on counting, but for a threat. Raises InputRefusedError,
    NotFoundError, DecidedError.
    """
    if reason not in REFUSALS:
        raise InputRefusedError((Problem(f"reason-{signature_id}", "E-REFUSAL"),))

    def work(session: Session) -> None:
        supporter, signature = _held(session, signature_id)
        signature.refusal = reason
        _decide(parts, session, signature, "refused", who, reason)
        stop_letters(parts, session, signature, "refused")
        now = parts.clock.now()
        if reason == review.UNCOUNTED:
            move(session, signature, "invalidated")
            session.add(journal_line(signature, -1, now))
        queue_mail(parts, session, supporter, "refused", now, signature.id)

    transact(parts, work)


def ask_to_trim(parts: Parts, who: str, signature_id: str, shorter: str) -> None:
    """Ask the supporter of a held signature whether its letters may leave with a shorter paragraph.

    Words may be taken out of it, and none put in. Raises InputRefusedError, NotFoundError, DecidedError.
    """
    field = f"text-{signature_id}"
    cleaned = texts.clean(shorter)

    def work(session: Session) -> None:
        if _is_out_of_reach(parts, session, signature_id):  # mailbox before supporter, as everybody locks
            raise InputRefusedError((Problem(field, "E-TRIM-SILENT"),))
        supporter, signature = _held(session, signature_id)
        code = _trim_fault(paragraph_of(parts.keys, signature), cleaned)
        if code is not None:
            raise InputRefusedError((Problem(field, code),))
        signature.trim_sealed = parts.keys.seal(cleaned, "signature", "trim_sealed", signature.id)
        _decide(parts, session, signature, "trimming", who)
        queue_mail(parts, session, supporter, "trim", parts.clock.now(), signature.id)

    transact(parts, work)


def _is_out_of_reach(parts: Parts, session: Session, signature_id: str) -> bool:
    """Tell whether no mail may go to a signature's mailbox, so that nothing can be asked."""
    signature = supporters.signature(session, signature_id)
    supporter = supporters.by_id(session, signature.supporter_id) if signature is not None else None
    if supporter is None:
        raise NotFoundError(signature_id)
    email = email_of(parts.keys, supporter)
    return not email or is_silenced(parts, session, email)


def _trim_fault(paragraph: str, shorter: str) -> str | None:
    if shorter == paragraph:
        return "E-TRIM-SAME"
    if texts.is_longer(shorter, MAX_PARAGRAPH) or texts.has_forbidden(shorter, is_multiline=True):
        return "E-TRIM-ADDS"
    if texts.count_links(shorter) > MAX_LINKS or not review.is_shortened(paragraph, shorter):
        return "E-TRIM-ADDS"
    return None


def _held(session: Session, signature_id: str) -> tuple[SupporterRow, SignatureRow]:
    """A signature that waits for a decision, and whose it is, both locked.

    Raises NotFoundError where it waits for none, DecidedError where somebody decided before.
    """
    found = supporters.signature(session, signature_id)
    supporter = supporters.by_id(session, found.supporter_id, is_locked=True) if found is not None else None
    signature = reviews.signature(session, signature_id)
    if supporter is None or signature is None or not signature.review:
        raise NotFoundError(signature_id)
    if signature.review != "held":
        raise DecidedError(signature.reviewed_by, signature.reviewed_at, signature.review)
    if signature.status != "confirmed":
        raise DecidedError("", signature.withdrawn_at, signature.status)
    return supporter, signature


def _decide(
    parts: Parts, session: Session, signature: SignatureRow, review_status: ReviewStatus, who: str, reason: str = ""
) -> None:
    signature.review, signature.reviewed_by, signature.reviewed_at = review_status, who, parts.clock.now()
    note(parts, session, who, f"review.{review_status}", f"signature {signature.id}", reason)
    session.flush()
