"""Answer: what supporters say became of their letters, and the one second letter where an office stayed silent."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from campaign.domain.arrows import DispatchStatus
from campaign.domain.courtesy import Answer
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.letter import RenderedLetter, render_chase
from campaign.errors import TextChangedError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.outside.keys import Purpose, new_id
from campaign.parts import Parts
from campaign.queries import answer as answers
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.services.links import supporter_of
from campaign.services.outlook import edition_of, state_of
from campaign.services.pace import way_to
from campaign.services.sealed import signer_of
from campaign.services.send import text_digest
from campaign.services.transact import transact

_PURPOSE: Purpose = "answers"

# What a press would do with a second letter: it leaves, or waits for an address, or cannot be sent now.
Prospect = Literal["leaves", "waits", "silent", "suspended"]


@dataclass(frozen=True, slots=True)
class SecondLetter:
    """A second letter that may be pressed for. `digest` names exactly what is shown here."""

    digest: str
    sent: RenderedLetter
    reading: RenderedLetter | None
    prospect: Prospect

    @property
    def is_offered(self) -> bool:
        """Whether a press would take it: not where the office wants no mail, or its mailbox takes none."""
        return self.prospect in ("leaves", "waits")


@dataclass(frozen=True, slots=True)
class AskedLetter:
    """A letter that left and has had its time, without anything of the person but in `second`.

    `answer` is empty until something was said. `second` is None where there is none to press for;
    `second_status` is where the one pressed for is.
    """

    delivery_id: str
    state: StateEdition
    offices: tuple[str, ...]
    left_at: dt.datetime | None
    answer: Answer | Literal[""]
    second: SecondLetter | None
    second_status: DispatchStatus | None


def opened(parts: Parts, token: str, language: str) -> tuple[AskedLetter, ...]:
    """Look at the link of the question; nothing is changed. `language` is the page's.

    Raises TokenError when the link is not genuine.
    """
    with parts.reading() as session:
        supporter, _ = supporter_of(parts, session, _PURPOSE, token)
        edition = edition_of(parts, session, supporter)
        found = answers.to_answer(session, supporter.id, parts.clock.now())
        return tuple(_asked(parts, session, edition, signature, first, language) for signature, first in found)


def answer(parts: Parts, token: str, given: Mapping[str, Answer]) -> int:
    """Note what a supporter says of their letters (delivery id -> answer), all at once; of how many they said it.

    It may be changed at any time. Raises TokenError when the link is not genuine.
    """

    def work(session: Session) -> int:
        supporter, _ = supporter_of(parts, session, _PURPOSE, token, is_locked=True)
        now = parts.clock.now()
        said = [one for _, one in answers.to_answer(session, supporter.id, now) if one.id in given]
        for one in said:
            if one.answer != given[one.id]:
                one.answer, one.answered_at = given[one.id], now
        return len(said)

    return transact(parts, work)


def chase(parts: Parts, token: str, delivery_id: str, digest: str) -> bool:
    """Put the second letter that follows a first one on its way, once; False where it was before, or is not theirs.

    Raises TokenError when the link is not genuine, TextChangedError when what was shown cannot be sent any more.
    """

    def work(session: Session) -> bool:
        supporter, _ = supporter_of(parts, session, _PURPOSE, token, is_locked=True)
        edition = edition_of(parts, session, supporter)
        for signature, first in answers.to_answer(session, supporter.id, parts.clock.now()):
            if first.id == delivery_id:
                return _chase(parts, session, state_of(edition, signature), signature, first, digest)
        return False

    return transact(parts, work)


def _asked(
    parts: Parts, session: Session, edition: Edition, signature: SignatureRow, first: DeliveryRow, language: str
) -> AskedLetter:
    state = state_of(edition, signature)
    pressed = answers.in_round(session, signature.id, first.official_id, 2)
    return AskedLetter(
        delivery_id=first.id,
        state=state,
        offices=first.offices,
        left_at=first.finished_at,
        answer=first.answer,
        second=_second(parts, session, state, signature, first, language) if pressed is None else None,
        second_status=pressed.status if pressed is not None else None,
    )


def _second(
    parts: Parts, session: Session, state: StateEdition, signature: SignatureRow, first: DeliveryRow, language: str
) -> SecondLetter | None:
    """The second letter that may follow a first one; None where it was answered, or there is none to send."""
    prospect = _prospect(session, state, first)
    if first.answer != "no" or first.status != "accepted" or first.finished_at is None or prospect is None:
        return None
    letter = editions.letter(session, signature.letter_id)
    signer = signer_of(parts.keys, signature)
    sent_on = first.finished_at.date()
    sent = render_chase(letter, signer, first.offices, sent_on) if signer.name else None
    if sent is None:
        return None
    beside = editions.reading_copy(session, signature.letter_id, language) if letter.language != language else None
    reading = render_chase(beside, signer, first.offices, sent_on) if beside is not None else None
    return SecondLetter(text_digest(parts.keys, sent), sent, reading, prospect)


def _prospect(session: Session, state: StateEdition, first: DeliveryRow) -> Prospect | None:
    """What would become of a second letter now; None where the office is gone."""
    lead = state.official(first.offices[0])
    row = deliveries.official(session, first.official_id)
    if lead is None or row is None:
        return None
    if any(one.is_silent for one in state.officials if one.office in first.offices):
        return "silent"
    if row.suspended_at is not None:
        return "suspended"
    return "leaves" if lead.email else "waits"


def _chase(
    parts: Parts, session: Session, state: StateEdition, signature: SignatureRow, first: DeliveryRow, digest: str
) -> bool:
    if answers.in_round(session, signature.id, first.official_id, 2) is not None:
        return False
    second = _second(parts, session, state, signature, first, "")
    lead = state.official(first.offices[0])
    if lead is None or second is None or not second.is_offered or second.digest != digest:
        raise TextChangedError("second letter")
    now = parts.clock.now()
    session.add(
        DeliveryRow(
            id=new_id(),
            signature_id=signature.id,
            state_id=first.state_id,
            official_id=first.official_id,
            offices=first.offices,
            address=lead.email,
            round=2,
            way=way_to(parts, session, lead.email, lead.takes),
            answer_days=first.answer_days,
            text_digest=second.digest,
            status="queued" if lead.email else "held",
            due_at=now,
            created_at=now,
        )
    )
    return True
