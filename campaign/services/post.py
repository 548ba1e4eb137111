"""Post: write and hand over the next mail to a supporter, from what stands at that moment."""

import datetime as dt
from collections.abc import Callable

import structlog
from sqlalchemy.orm import Session

from campaign.domain import codes, schedule
from campaign.errors import LetterError, MessageBlockedError, SealError, StaleMoveError, TokenError
from campaign.models.delivery import MailRow
from campaign.models.supporter import SupporterRow
from campaign.outside.mail.mailer import Handover, Message, Outcome
from campaign.parts import Parts
from campaign.queries import supporter as supporters
from campaign.services import reach
from campaign.services.budget import is_silenced
from campaign.services.claim import claim, settle
from campaign.services.deliver import Worked, message_id, write_down
from campaign.services.links import lasting_link, link
from campaign.services.move import move
from campaign.services.outlook import done_letters, edition_of, state_of
from campaign.services.receipt import told
from campaign.services.returns import return_address
from campaign.services.sealed import email_of
from campaign.services.transact import transact
from campaign.services.trim import said_in_mail

log = structlog.get_logger()

# Which signatures a mail of a kind is about.
_STATUSES = {
    "confirm": ("pending",),
    "already": ("confirmed",),
    "receipt": ("confirmed",),
    "withdrawn": ("confirmed", "withdrawn"),
    "question": ("confirmed",),
    "trim": ("confirmed",),
    "refused": ("confirmed", "invalidated"),
    "yours": (),
    "erasing": (),
}
_OF_THE_MAILBOX = ("already", "yours", "erasing")  # these are about no signature in particular


def post(parts: Parts, held: Callable[[MailRow], None] | None = None) -> Worked | None:
    """Hand over the next due mail to a supporter; None when none is due."""
    row = claim(parts, MailRow)
    if row is None:
        return None
    if held is not None:
        held(row)
    try:
        message, opening = _compose(parts, row)
    except (MessageBlockedError, LetterError, SealError) as error:
        return Worked(settle(parts, row, Handover(Outcome.BLOCKED, error.code)))
    if message is None:
        transact(parts, lambda session: _drop(session, row))
        return Worked("cancelled")
    handover = parts.mailer.hand_over(message, lambda: write_down(parts, row, opening))
    status = settle(parts, row, handover)
    log.info("mail", kind=row.kind, status=status, reason=handover.reason, attempts=row.attempts)
    return Worked(status, handover.outcome is not Outcome.UNREACHABLE)


def _drop(session: Session, row: MailRow) -> None:
    found = session.get(MailRow, row.id)
    if found is not None and found.status == "claimed":
        move(session, found, "cancelled", claim=row.claim, reason="nothing to say")


def _opening(parts: Parts, supporter_id: str, generation: int, ends: dt.datetime) -> Callable[[Session], None]:
    """A confirmation's link opens as its mail leaves, and with that replaces every older one.

    It was written for the generation after `generation`; when another mail took that meanwhile, StaleMoveError
    is raised, nothing leaves, and this mail is written anew.
    """

    def work(session: Session) -> None:
        supporter = supporters.by_id(session, supporter_id, is_locked=True)
        if supporter is not None:
            if supporter.confirm_generation != generation:
                raise StaleMoveError("another mail replaced this link")
            supporter.confirm_generation = generation + 1
            supporter.confirm_expires_at = ends
            supporter.confirm_used_at = None
            supporter.code_tries = 0
            supporter.mailed_at = parts.clock.now()

    return work


def _compose(parts: Parts, row: MailRow) -> tuple[Message | None, Callable[[Session], None] | None]:
    """Write a mail, and what its leaving does; no message where there is nothing to say."""
    ends = (parts.clock.now() + schedule.PENDING_LIFE).replace(second=0, microsecond=0)
    with parts.reading() as session:
        supporter = supporters.by_id(session, row.supporter_id)
        email = email_of(parts.keys, supporter) if supporter is not None else ""
        if supporter is None or not email or is_silenced(parts, session, email):
            return None, None
        if row.kind == "erasing" and supporter.erase_at is None:  # it was undone
            return None, None
        try:
            values = _values(parts, session, row, supporter, ends)
        except TokenError:
            return None, None
    if not values["states"] and row.kind not in _OF_THE_MAILBOX:
        return None, None
    unsubscribe = str(values["unsubscribe_link"])
    rendered = parts.templates.render(row.kind, supporter.language, **values)
    message = Message(
        envelope_from=return_address(parts, "mail", row.id),
        from_name=str(values["campaign_name"]),
        from_address=parts.settings.mail_from,
        to_address=email,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        language=supporter.language,
        message_id=message_id(parts, "mail", row.id),
        date=parts.clock.now(),
        is_automatic=True,
        unsubscribe_url=unsubscribe,
    )
    if row.kind != "confirm":
        return message, None
    return message, _opening(parts, supporter.id, supporter.confirm_generation, ends)


def _values(
    parts: Parts, session: Session, row: MailRow, supporter: SupporterRow, ends: dt.datetime
) -> dict[str, object]:
    """What the mail templates are given.

    Nothing that the signer typed, which could carry another's text, before the mailbox has pressed for it: then the
    receipt has it whole.
    """
    edition = edition_of(parts, session, supporter)
    language = supporter.language
    wanted = supporters.signatures(session, supporter.id, *_STATUSES[row.kind])
    chosen = [one for one in wanted if not row.signatures or one.id in row.signatures]
    if row.kind == "trim":
        chosen = [one for one in chosen if one.review == "trimming"]
    looked_at = chosen[0] if chosen and row.kind in ("trim", "refused") else None
    about = {one.id for one in chosen}.intersection(row.signatures)
    letters = [one for one in done_letters(parts, session, edition, supporter) if one.signature_id in about]
    return {
        "campaign_name": edition.cause.name[language],
        "organisation": edition.cause.organisation,
        "base_url": parts.settings.base_url,
        "states": [state_of(edition, one).state.name[language] for one in chosen],
        "letters": letters,
        "told": told(parts, session, language, chosen, letters) if row.kind == "receipt" else (),
        "days": schedule.PENDING_LIFE.days,
        "link": link(parts, "confirm", supporter, supporter.confirm_generation + 1, ends),
        "code": codes.shown(parts.keys.code(supporter.id, supporter.confirm_generation + 1)),
        "code_page": f"{parts.settings.base_url}/{language}/{edition.cause.slug}/code/",
        "answers_link": lasting_link(parts, "answers", supporter),
        **said_in_mail(parts, supporter, looked_at),
        **reach.said_in_mail(parts, supporter, row.kind),
        "withdraw_link": lasting_link(parts, "withdraw", supporter),
        "unsubscribe_link": lasting_link(parts, "unsubscribe", supporter),
    }
