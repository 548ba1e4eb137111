"""Send: put the letters of a confirmed signature on their way, one to each mailbox."""

from sqlalchemy.orm import Session

from campaign.domain.courtesy import ANSWER_DAYS
from campaign.domain.edition import LetterEdition, StateEdition
from campaign.domain.letter import RenderedLetter, Signer, render, render_chase
from campaign.errors import LetterError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.outside.keys import Keys, new_id
from campaign.parts import Parts
from campaign.queries import answer as answers
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.services.hush import SILENCE
from campaign.services.pace import way_to
from campaign.services.preview import by_mailbox
from campaign.services.sealed import signer_of


def text_digest(keys: Keys, letter: RenderedLetter) -> str:
    """Fingerprint exactly what is to leave: subject and body."""
    return keys.digest("letter", letter.digest)


def written(session: Session, row: DeliveryRow, letter: LetterEdition, signer: Signer) -> RenderedLetter:
    """Write a letter as it leaves: the first, or the second, which names the day (UTC) on which the first left.

    Raises LetterError when there is no second letter in this version, or its first never left.
    """
    if row.round == 1:
        return render(letter, signer, row.offices)
    first = answers.in_round(session, row.signature_id, row.official_id, 1)
    if first is None or first.finished_at is None:
        raise LetterError("the first letter never left")
    second = render_chase(letter, signer, row.offices, first.finished_at.date())
    if second is None:
        raise LetterError("there is no second letter")
    return second


def _answer_days(state: StateEdition, offices: tuple[str, ...]) -> int:
    """How many days the offices of a mailbox have for an answer: the longest of their own terms."""
    found = [one for one in state.officials if one.office in offices]
    return max(one.official.answer_days or ANSWER_DAYS for one in found)


def queue_letters(parts: Parts, session: Session, state: StateEdition, signature: SignatureRow) -> None:
    """Write down one letter for each mailbox of the chosen offices; those without one are held.

    All are held while a person is to look at the signature's own paragraph first.
    An office whose mailbox has had this supporter's letter before gets no second one; one that wants none gets none.
    """
    letter = editions.letter(session, signature.letter_id)
    signer: Signer = signer_of(parts.keys, signature)
    now = parts.clock.now()
    for address, offices in by_mailbox(state, signature.offices):
        lead = state.official(offices[0])
        if lead is None:
            continue
        had = bool(address) and deliveries.has_had_letter(session, signature.supporter_id, address)
        reason = SILENCE if lead.is_silent else "had-one" if had else ""
        is_looked_at = signature.review == "held" and not reason
        session.add(
            DeliveryRow(
                id=new_id(),
                signature_id=signature.id,
                state_id=state.id,
                official_id=lead.id,
                offices=offices,
                address="" if is_looked_at else address,
                round=1,
                way=way_to(parts, session, address, lead.takes),
                answer_days=_answer_days(state, offices),
                text_digest=text_digest(parts.keys, render(letter, signer, offices)),
                status="cancelled" if reason else "queued" if address and not is_looked_at else "held",
                reason=deliveries.REVIEW if is_looked_at else reason,
                due_at=now,
                created_at=now,
            )
        )
