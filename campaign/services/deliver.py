"""Deliver: hand the next letter to its office, exactly as it was pressed for, and write down what happened."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campaign.domain.letter import RenderedLetter, shown_name
from campaign.domain.name import HEADER_CHARACTERS
from campaign.domain.paper import place
from campaign.errors import CampaignError, LetterError, MessageBlockedError, SealError, StaleMoveError
from campaign.models.delivery import DeliveryRow
from campaign.outside.mail.mailer import Handover, Message, Outcome
from campaign.parts import Parts
from campaign.queries import answer as answers
from campaign.queries import edition as editions
from campaign.queries import supporter as supporters
from campaign.services.claim import Held, claim, enter_data, settle
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


def write_down(parts: Parts, row: Held, also: Callable[[Session], None] | None = None) -> bool:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A letter as it leaves, checked; `answers_to` is empty where the signer wants answers to go to the campaign.

    `place` is the town they gave, and empty where only their country is shown; `country` is its ISO code.
    """

    letter: RenderedLetter
    name: str
    has_name: bool
    place: str
    country: str
    answers_to: str
    confirmed_at: dt.datetime


def whole(parts: Parts, session: Session, row: DeliveryRow) -> Whole:
    """Make a letter from the version that was signed and what its signer chose to show.

    Raises MessageBlockedError when it is not confirmed, or its text is not the one that was pressed for.
    """
    signature = supporters.signature(session, row.signature_id)
    if signature is None or signature.status != "confirmed" or signature.confirmed_at is None:
        raise MessageBlockedError("not confirmed")
    supporter = supporters.by_id(session, signature.supporter_id)
    letter = editions.letter(session, signature.letter_id)
    signer = signer_of(parts.keys, signature)
    rendered = written(session, row, letter, signer)
    if text_digest(parts.keys, rendered) != row.text_digest:
        raise MessageBlockedError("text differs")
    email = email_of(parts.keys, supporter) if supporter is not None else ""
    return Whole(
        letter=rendered,
        name=shown_name(signer, letter),
        has_name=signer.shown != "country",
        place=place(signer),
        country=signer.country,
        answers_to=email if signature.has_own_answers else "",
        confirmed_at=signature.confirmed_at,
    )


def compose(parts: Parts, row: DeliveryRow) -> Message:
    """Make the message of one letter.

    Raises MessageBlockedError when it is not the one that was pressed for.
    """
    with parts.reading() as session:
        found = whole(parts, session, row)
        follows = _follows(parts, session, row)
    name = header_name(found.name)
    return Message(
        envelope_from=return_address(parts, "letter", row.id),
        from_name=name,
        from_address=parts.settings.mail_from,
        to_address=row.address,
        reply_to_name=name if found.answers_to else "",
        reply_to_address=found.answers_to or parts.settings.mail_from,
        subject=found.letter.subject,
        text=found.letter.text,
        language=found.letter.language,
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
