"""Withdraw: take signatures back: they leave the count, and letters that have not left stay."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain.edition import StateEdition
from campaign.errors import StaleMoveError
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.outside.keys import Purpose
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import supporter as supporters
from campaign.services.budget import queue_mail
from campaign.services.confirm import journal_line, told
from campaign.services.forget import forget_signatures
from campaign.services.links import supporter_of
from campaign.services.move import move
from campaign.services.outlook import DoneLetter, done_letters, edition_of, state_of
from campaign.services.tell import tell
from campaign.services.transact import transact

_PURPOSE: Purpose = "withdraw"


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """A signature that can be taken back, without anything of the person."""

    signature_id: str
    is_pending: bool
    state: StateEdition


@dataclass(frozen=True, slots=True)
class Opened:
    """What a genuine withdrawal link opens."""

    signatures: tuple[Withdrawable, ...]
    done: tuple[DoneLetter, ...]


def opened(parts: Parts, token: str) -> Opened:
    """Look at a withdrawal link; nothing is changed.

    Raises TokenError when the link is not genuine.
    """
    with parts.reading() as session:
        supporter, _ = supporter_of(parts, session, _PURPOSE, token)
        edition = edition_of(parts, session, supporter)
        live = _withdrawable(session, supporter)
        return Opened(
            signatures=tuple(Withdrawable(one.id, one.status == "pending", state_of(edition, one)) for one in live),
            done=done_letters(parts, session, edition, supporter),
        )


def withdraw(parts: Parts, token: str, ticked: Collection[str]) -> int:
    """Take back the ticked signatures; how many were. Letters in DATA or gone cannot be stopped.

    Raises TokenError when the link is not genuine.
    """

    def work(session: Session) -> int:
        supporter, _ = supporter_of(parts, session, _PURPOSE, token, is_locked=True)
        chosen = [one for one in _withdrawable(session, supporter) if one.id in ticked]
        confirmed = [one for one in chosen if one.status == "confirmed"]
        forget_signatures(session, [one for one in chosen if one.status == "pending"])
        for one in confirmed:
            take_back(parts, session, one, "withdrawn")
        out = _out_of_the_count(session, supporter, chosen)
        for one in out:
            close(parts, session, one, "withdrawn")
        if confirmed or out:
            now, edition = parts.clock.now(), edition_of(parts, session, supporter)
            queue_mail(parts, session, supporter, "withdrawn", now, *(one.id for one in (*confirmed, *out)))
            tell(parts, session, "signature.withdrawn", *(told(edition, one, now) for one in confirmed))
        return len(chosen)

    return transact(parts, work)


def _withdrawable(session: Session, supporter: SupporterRow) -> list[SignatureRow]:
    """What a supporter can take back: also what organisers took out of the count, unless they signed anew."""
    found = supporters.signatures(session, supporter.id, "pending", "confirmed", "invalidated")
    live = {one.state_id for one in found if one.status != "invalidated"}
    return [one for one in found if one.status != "invalidated" or one.state_id not in live]


def _out_of_the_count(
    session: Session, supporter: SupporterRow, chosen: Collection[SignatureRow]
) -> list[SignatureRow]:
    """What organisers took out of the count to the states chosen: to be taken back too, lest it be put back."""
    states = {one.state_id for one in chosen}
    found = supporters.signatures(session, supporter.id, "invalidated")
    return [one for one in found if one.state_id in states]


def take_back(parts: Parts, session: Session, signature: SignatureRow, reason: str) -> None:
    """Take a confirmed signature out of the count, and stop what of it has not begun to leave."""
    session.add(journal_line(signature, -1, parts.clock.now()))
    close(parts, session, signature, reason)


def close(parts: Parts, session: Session, signature: SignatureRow, reason: str) -> None:
    """Withdraw a signature that counts no more, with all that was agreed to; `reason` is its stopped letters'."""
    now = parts.clock.now()
    move(session, signature, "withdrawn", withdrawn_at=now)
    for consent in supporters.consents(session, signature.id):
        consent.withdrawn_at = now
    stop_letters(parts, session, signature, reason)


def stop_letters(parts: Parts, session: Session, signature: SignatureRow, reason: str) -> None:
    """Cancel every letter of a signature that has not begun to leave."""
    now = parts.clock.now()
    for delivery in deliveries.of_signature(session, signature.id):
        for _ in range(2):  # its worker may be moving it: look once more at what it became
            if delivery.status not in ("held", "queued", "claimed"):
                break
            try:
                move(session, delivery, "cancelled", reason=reason, finished_at=now)
            except StaleMoveError:
                session.refresh(delivery)
