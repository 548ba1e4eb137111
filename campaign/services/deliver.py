"""Deliver: hand the next letter to its office, exactly as it was pressed for, and write down what happened."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campaign.domain.letter import shown_name
from campaign.domain.name import HEADER_CHARACTERS
from campaign.errors import CampaignError, LetterError, MessageBlockedError, SealError, StaleMoveError
from campaign.models.delivery import DeliveryRow, MailRow
from campaign.outside.mail.mailer import Handover, Message, Outcome
from campaign.parts import Parts
from campaign.queries import answer as answers
from campaign.queries import edition as editions
from campaign.queries import supporter as supporters
from campaign.services.claim import claim, enter_data, settle
from campaign.services.returns import return_address
from campaign.services.sealed import email_of, signer_of
from campaign.services.send import text_digest, written
from campaign.services.transact import transact

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Worked:
    """What one turn came to. `is_reachable` is False when the mail server could not be spoken to at all."""

    status: str
    is_reachable: bool = True


def message_id(parts: Parts, kind: str, row_id: str) -> str:
    """Name a message the same at every try, so that whoever gets a double can drop it."""
    return f"<{row_id}.{kind}@{parts.settings.mail_from.rpartition('@')[2]}>"


def deliver(parts: Parts, held: Callable[[DeliveryRow], None] | None = None) -> Worked | None:
    """Hand over the next due letter; None when none is due. `held` is told which row is in hand."""
    row = claim(parts, DeliveryRow)
    if row is None:
        return None
    if held is not None:
        held(row)
    handover = _hand_over(parts, row)
    status = settle(parts, row, handover)
    log.info("letter", status=status, reason=handover.reason, attempts=row.attempts)
    return Worked(status, handover.outcome is not Outcome.UNREACHABLE)


def _hand_over(parts: Parts, row: DeliveryRow) -> Handover:
    try:
        message = compose(parts, row)
    except (MessageBlockedError, LetterError, SealError) as error:
        return Handover(Outcome.BLOCKED, error.code)
    return parts.mailer.hand_over(message, lambda: write_down(parts, row))


def write_down(parts: Parts, row: DeliveryRow | MailRow, also: Callable[[Session], None] | None = None) -> bool:
    """Commit that DATA is about to be entered; False when it may not be, or cannot be written down."""

    def work(session: Session) -> None:
        enter_data(parts, session, row)
        if also is not None:
            also(session)

    try:
        transact(parts, work)
    except (StaleMoveError, DBAPIError, CampaignError):
        return False
    return True


def compose(parts: Parts, row: DeliveryRow) -> Message:
    """Make the message of a letter from the version that was signed and what its signer chose to show.

    Raises MessageBlockedError when the text is not the one that was pressed for.
    """
    with parts.reading() as session:
        signature = supporters.signature(session, row.signature_id)
        if signature is None or signature.status != "confirmed":
            raise MessageBlockedError("not confirmed")
        supporter = supporters.by_id(session, signature.supporter_id)
        letter = editions.letter(session, signature.letter_id)
        signer = signer_of(parts.keys, signature)
        email = email_of(parts.keys, supporter) if supporter is not None else ""
        rendered = written(session, row, letter, signer)
        follows = _follows(parts, session, row)
    if text_digest(parts.keys, rendered) != row.text_digest:
        raise MessageBlockedError("text differs")
    name = shown_name(signer, letter)
    has_own = signature.has_own_answers and bool(email)
    return Message(
        envelope_from=return_address(parts, "letter", row.id),
        from_name=header_name(name),
        from_address=parts.settings.mail_from,
        to_address=row.address,
        reply_to_name=header_name(name) if has_own else "",
        reply_to_address=email if has_own else parts.settings.mail_from,
        subject=rendered.subject,
        text=rendered.text,
        language=rendered.language,
        message_id=message_id(parts, "letter", row.id),
        in_reply_to=follows,
        date=parts.clock.now(),
    )


def _follows(parts: Parts, session: Session, row: DeliveryRow) -> str:
    """The Message-ID of the mail that a second letter follows: its first letter's, or of the digest that one was in."""
    first = answers.in_round(session, row.signature_id, row.official_id, 1) if row.round == 2 else None
    if first is None:
        return ""
    kind, row_id = ("digest", first.digest_id) if first.digest_id else ("letter", first.id)
    return message_id(parts, kind, row_id)


def header_name(name: str) -> str:
    """Fit a shown name for a header: what stands for a name that is not shown holds a country's own punctuation."""
    return " ".join("".join(" " if one in HEADER_CHARACTERS else one for one in name).split())
