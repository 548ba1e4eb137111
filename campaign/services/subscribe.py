"""Subscribe: put up webhooks for other programs, try them, let them rest, end them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain.dates import iso
from campaign.domain.webhook import ALARM_AFTER, EVENTS, Event, is_public, target
from campaign.errors import DnsError, InputRefusedError, NotFoundError, Problem
from campaign.models.webhook import WebhookCallRow, WebhookRow
from campaign.outside.keys import new_id
from campaign.outside.webhook import new_secret
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.queries import webhook as webhooks
from campaign.services.call import BATCH
from campaign.services.move import move
from campaign.services.note import note
from campaign.services.transact import transact

MOST = 20  # live ones: each of them is told of everything it wants
MOST_CALLS = 50
TICKED: tuple[Event, ...] = tuple(one for one in EVENTS if one != "test")
_FOR_GOOD = dt.timedelta(days=36_500)  # until a person says otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A webhook as organisers see it; `campaign` is a slug, empty for all, `status` live, resting, paused or ended."""

    id: str
    url: str
    campaign: str
    events: tuple[Event, ...]
    status: str
    failures: int
    is_failing: bool
    paused_until: dt.datetime | None
    waiting: int
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A call as organisers see it; `answer` is a status or a kind of failure."""

    id: str
    event: str
    status: str
    attempts: int
    answer: str
    created_at: dt.datetime
    due_at: dt.datetime
    finished_at: dt.datetime | None


def add(parts: Parts, who: str, url: str, events: Collection[str], campaign: str = "") -> tuple[str, str]:
    """Put up a webhook for some events of a campaign (its slug) or of all; its id, and its secret, shown this once.

    Raises InputRefusedError where the address may not be called or no event is chosen, NotFoundError where there is
    no such campaign.
    """
    problems = [*_wrong_address(parts, url), *_wrong_events(events)]
    if problems:
        raise InputRefusedError(tuple(problems))
    hook_id, secret = new_id(), new_secret()

    def work(session: Session) -> None:
        found = editions.row(session, campaign) if campaign else None
        if campaign and found is None:
            raise NotFoundError(campaign)
        if sum(row.ended_at is None for row, _ in webhooks.everyone(session)) >= MOST:
            raise InputRefusedError((Problem("url", "E-WEBHOOK-MANY", {"most": str(MOST)}),))
        session.add(
            WebhookRow(
                id=hook_id,
                campaign_id=found.id if found is not None else None,
                url=url,
                events=tuple(one for one in EVENTS if one in events),
                secret_sealed=parts.keys.seal(secret, "webhook", "secret_sealed", hook_id),
                who=who,
                created_at=parts.clock.now(),
            )
        )
        note(parts, session, who, "webhook.add", f"webhook {hook_id}")

    transact(parts, work)
    return hook_id, secret


def _wrong_address(parts: Parts, url: str) -> list[Problem]:
    """Look at an address before it is kept; it is looked at again at every call, for a name can move."""
    found = target(url)
    if found is None:
        return [Problem("url", "E-WEBHOOK-URL")]
    try:
        addresses = parts.resolver.addresses(found.host)
    except DnsError:
        return [Problem("url", "E-WEBHOOK-DNS")]
    if not addresses:
        return [Problem("url", "E-WEBHOOK-UNKNOWN")]
    return [] if all(is_public(one) for one in addresses) else [Problem("url", "E-WEBHOOK-INSIDE")]


def _wrong_events(events: Collection[str]) -> list[Problem]:
    is_good = bool(events) and all(one in TICKED for one in events)
    return [] if is_good else [Problem("events", "E-WEBHOOK-EVENTS")]


def everyone(parts: Parts) -> tuple[Hook, ...]:
    """Give every webhook, ended ones last."""
    with parts.reading() as session:
        statuses = webhooks.statuses(session)
        rows = webhooks.everyone(session)
    now = parts.clock.now()
    return tuple(_hook(row, slug, statuses.get((row.id, "queued"), 0), now) for row, slug in rows)


def _hook(row: WebhookRow, campaign: str, waiting: int, now: dt.datetime) -> Hook:
    is_paused = row.paused_until is not None and row.paused_until > now
    status = "live"
    if row.ended_at is not None:
        status = "ended"
    elif is_paused:
        status = "paused" if row.failures == 0 else "resting"
    return Hook(
        id=row.id,
        url=row.url,
        campaign=campaign,
        events=row.events,
        status=status,
        failures=row.failures,
        is_failing=row.ended_at is None and row.failures >= ALARM_AFTER,
        paused_until=row.paused_until if status == "resting" else None,
        waiting=waiting,
        created_at=row.created_at,
    )


def calls(parts: Parts, webhook_id: str) -> tuple[Call, ...]:
    """Give the newest calls of a webhook, the newest first. Raises NotFoundError."""
    with parts.reading() as session:
        _known(session, webhook_id)
        rows = webhooks.calls_of(session, webhook_id, MOST_CALLS)
    return tuple(
        Call(one.id, one.event, one.status, one.attempts, one.answer, one.created_at, one.due_at, one.finished_at)
        for one in rows
    )


def _known(session: Session, webhook_id: str, *, is_locked: bool = False) -> WebhookRow:
    found = webhooks.by_id(session, webhook_id, is_locked=is_locked)
    if found is None:
        raise NotFoundError(f"there is no webhook {webhook_id}")
    return found


def try_out(parts: Parts, who: str, webhook_id: str) -> str:
    """Queue a call of the event `test` to a live webhook; its id. Raises NotFoundError."""
    call_id = new_id()

    def work(session: Session) -> None:
        hook = _known(session, webhook_id)
        if hook.ended_at is not None:
            raise NotFoundError(f"webhook {webhook_id} was ended")
        now = parts.clock.now()
        body: dict[str, object] = {"webhook": hook.id, "at": iso(now)}
        session.add(
            WebhookCallRow(
                id=call_id, webhook_id=hook.id, event="test", body=body, status="queued", created_at=now, due_at=now
            )
        )
        note(parts, session, who, "webhook.test", f"webhook {webhook_id}")

    transact(parts, work)
    return call_id


def pause(parts: Parts, who: str, webhook_id: str) -> None:
    """Let a webhook rest until somebody says otherwise; what waits too long is given up. Raises NotFoundError."""

    def work(session: Session) -> None:
        hook = _known(session, webhook_id, is_locked=True)
        hook.failures, hook.paused_until = 0, parts.clock.now() + _FOR_GOOD
        note(parts, session, who, "webhook.pause", f"webhook {webhook_id}")

    transact(parts, work)


def resume(parts: Parts, who: str, webhook_id: str) -> None:
    """Call a webhook again from now on, what waits for it first. Raises NotFoundError."""

    def work(session: Session) -> None:
        hook = _known(session, webhook_id, is_locked=True)
        hook.failures, hook.paused_until = 0, None
        for waiting in webhooks.queued(session, BATCH, of=webhook_id):
            waiting.due_at = parts.clock.now()
        note(parts, session, who, "webhook.resume", f"webhook {webhook_id}")

    transact(parts, work)


def end(parts: Parts, who: str, webhook_id: str) -> None:
    """Tell a webhook nothing more, ever; what waits for it is given up. Raises NotFoundError."""

    def work(session: Session) -> None:
        hook = _known(session, webhook_id, is_locked=True)
        if hook.ended_at is not None:
            return
        hook.ended_at = now = parts.clock.now()
        for waiting in webhooks.queued(session, BATCH, of=webhook_id):
            move(session, waiting, "failed", answer="ended", finished_at=now)
        note(parts, session, who, "webhook.end", f"webhook {webhook_id}")

    transact(parts, work)
