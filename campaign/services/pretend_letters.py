"""Letters of made-up people: as if they had left, been refused or wait; none can leave."""

import datetime as dt
import random
from collections.abc import Callable

from campaign.domain.courtesy import ANSWER_DAYS
from campaign.domain.edition import StateEdition
from campaign.parts import Parts
from campaign.services.preview import by_mailbox

Row = dict[str, object]
# What became of a hundred letters to an office with an address.
_BECAME = (("accepted", 955), ("bounced", 20), ("refused", 14), ("unknown", 8), ("complained", 3))
_ANSWERED = (("yes", 30), ("no", 64), ("returned", 6))
_TOLD = 0.07  # of those who were asked


def letters(
    parts: Parts, state: StateEdition, signature: Row, chance: random.Random, new_id: Callable[[], str]
) -> list[Row]:
    """Write down the letters of a signature, one to each mailbox; they hold no address, and no text's fingerprint.

    Where a campaign has no office with an address yet, its first offices are taken to have one, so that there is
    something to see; those of the others wait for one.
    """
    offices: tuple[str, ...] = signature["offices"]  # type: ignore[assignment]  # as pretend wrote it
    groups = by_mailbox(state, offices)
    is_bare = not any(one.email for one in state.officials)
    reached = {one.office for place, one in enumerate(state.officials) if one.email or (is_bare and place % 3 != 2)}
    found = []
    for _, group in groups:
        lead = state.official(group[0])
        if lead is not None:
            row = _letter(parts, signature, new_id(), chance, has_left=group[0] in reached)
            found.append(row | {"state_id": state.id, "official_id": lead.id, "offices": group})
    return found


def _letter(parts: Parts, signature: Row, made_id: str, chance: random.Random, *, has_left: bool) -> Row:
    at: dt.datetime = signature["confirmed_at"]  # type: ignore[assignment]  # as pretend wrote it
    left_at = at + dt.timedelta(minutes=chance.randrange(1, 600))
    now = parts.clock.now()
    status = chance.choices([one for one, _ in _BECAME], [weight for _, weight in _BECAME])[0]
    if not has_left:
        status = "cancelled" if signature["status"] == "withdrawn" else "held"
    asked_at = left_at + dt.timedelta(days=ANSWER_DAYS)
    is_asked = status == "accepted" and asked_at < now
    answer = chance.choices([one for one, _ in _ANSWERED], [weight for _, weight in _ANSWERED])[0]
    is_told = is_asked and chance.random() < _TOLD
    return {
        "id": made_id,
        "signature_id": signature["id"],
        "address": "",
        "text_digest": parts.keys.digest("demo", made_id),
        "status": status,
        "reason": "demo",
        "due_at": at,
        "created_at": at,
        "in_data_at": left_at if has_left else None,
        "finished_at": None if status == "held" else left_at,
        "ask_at": asked_at if is_told else None,  # the others are never asked
        "asked_at": asked_at if is_told else None,
        "answer": answer if is_told else "",
        "answered_at": asked_at if is_told else None,
    }
