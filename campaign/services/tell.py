"""Tell: queue a call to every webhook that wants to know of something, in the transaction that made it so."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from campaign.domain.dates import iso
from campaign.domain.webhook import Event
from campaign.models.campaign import OfficialRow
from campaign.models.delivery import DeliveryRow
from campaign.models.webhook import WebhookCallRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.queries import returns
from campaign.queries import webhook as webhooks

# What a letter comes to. One that was stopped before it left is told of by what stopped it.
FINAL = ("accepted", "refused", "unknown", "blocked", "bounced", "complained")


def tell(parts: Parts, session: Session, event: Event, *bodies: dict[str, object]) -> int:
    """Queue a call for each body and each live webhook that wants the event; how many were queued.

    A body says its `campaign` (slug), and ids, states, counts and instants (ISO 8601, UTC), never anything of a
    person. All bodies are of one campaign. Where nobody listens this is one question to a table of few rows.
    """
    if not bodies:
        return 0
    now = parts.clock.now()
    heard = webhooks.listening(session, event, str(bodies[0].get("campaign", "")))
    for hook in heard:
        for body in bodies:
            call = WebhookCallRow(id=new_id(), webhook_id=hook.id, event=event, body=body, created_at=now, due_at=now)
            call.status = "queued"
            session.add(call)
    return len(heard) * len(bodies)


def is_heard(session: Session, event: Event) -> bool:
    """Tell whether any webhook wants an event, for callers to whom making a body would cost more than asking."""
    return bool(webhooks.listening(session, event))


def tell_of_letters(parts: Parts, session: Session, letters: Sequence[DeliveryRow]) -> None:
    """Tell what letters of one mailbox came to, together where it is the same; nothing of those still on their way."""
    final = [one for one in letters if one.status in FINAL]
    if not final or not is_heard(session, "letter.finished"):
        return
    campaign = editions.slug_of_state(session, final[0].state_id)
    state = returns.state_code(session, final[0].state_id)
    for status in dict.fromkeys(one.status for one in final):
        alike = [one for one in final if one.status == status]
        body: dict[str, object] = {
            "campaign": campaign,
            "state": state,
            "offices": list(dict.fromkeys(office for one in alike for office in one.offices)),
            "status": status,
            "count": len(alike),
            "letters": [one.id for one in alike],
            "at": iso(parts.clock.now()),
        }
        tell(parts, session, "letter.finished", body)


def tell_of_office(parts: Parts, session: Session, office: OfficialRow) -> None:
    """Tell that an office gets no letters until a person has looked at its address."""
    if is_heard(session, "official.suspended"):
        body: dict[str, object] = {
            "campaign": editions.slug_of_state(session, office.state_id),
            "state": returns.state_code(session, office.state_id),
            "office": office.office,
            "at": iso(parts.clock.now()),
        }
        tell(parts, session, "official.suspended", body)
