"""Call: tell webhooks what is queued for them, one call at a time, beside the letters and never before them."""

import datetime as dt
import json
import time
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from campaign.domain.dates import iso
from campaign.domain.webhook import ALARM_AFTER, GIVE_UP_AFTER, KEEP_CALLS, rest_after, wait_after
from campaign.errors import SealError, StaleMoveError
from campaign.models.webhook import WebhookCallRow, WebhookRow
from campaign.outside.keys import new_id
from campaign.outside.webhook import Answer, signed
from campaign.parts import Parts
from campaign.queries import webhook as webhooks
from campaign.services.move import move
from campaign.services.note import CAMPAIGN, note
from campaign.services.transact import transact

log = structlog.get_logger()

LEASE = dt.timedelta(seconds=60)  # many times what a call may take
BATCH = 500
QUICK_SECONDS = 0.5
GONE = "410"  # the other side wants no more calls, ever


@dataclass(frozen=True, slots=True)
class _Held:
    """A call in hand: what is sent, where."""

    call_id: str
    webhook_id: str
    claim: str
    url: str
    secret: str
    body: bytes


def call(parts: Parts) -> float | None:
    """Make the next due call; the seconds until the next may be made, None when none is due.

    A receiver that is slow takes no more than half of the time there is for what is done aside.
    """
    with parts.reading() as session:
        if not webhooks.is_due(session, parts.clock.now()):
            return None
    held = transact(parts, lambda session: _claim(parts, session))
    if held is None:
        return None
    began = time.monotonic()
    now = parts.clock.now()
    headers = signed(held.secret, held.call_id, int(now.timestamp()), held.body)
    answer = parts.poster.post(held.url, headers, held.body)
    try:
        transact(parts, lambda session: _settle(parts, session, held, answer))
    except StaleMoveError:
        log.info("webhook.stale")  # another worker took it over, and settles it
    took = time.monotonic() - began
    return 0.0 if took < QUICK_SECONDS else took


def _claim(parts: Parts, session: Session) -> _Held | None:
    now = parts.clock.now()
    for left in webhooks.left_lying(session, now, BATCH):
        move(session, left, "queued", lease_until=None)
    found = webhooks.next_due(session, now)
    if found is None:
        return None
    row, hook = found
    claim = new_id()
    move(session, row, "claimed", claim=None, lease_until=now + LEASE, attempts=row.attempts + 1)
    row.claim = claim
    try:
        secret = parts.keys.open(hook.secret_sealed, "webhook", "secret_sealed", hook.id)
    except SealError:
        move(session, row, "failed", answer="secret damaged", finished_at=now)
        return None
    return _Held(row.id, hook.id, claim, hook.url, secret, _written(row))


def _written(row: WebhookCallRow) -> bytes:
    """Write a call the same way however often it is tried."""
    said = {"type": row.event, "timestamp": iso(row.created_at), "data": row.body}
    return json.dumps(said, separators=(",", ":")).encode()


def _settle(parts: Parts, session: Session, held: _Held, answer: Answer) -> None:
    """Write down how a call ended. Raises StaleMoveError when it is no longer this claim's."""
    hook = webhooks.by_id(session, held.webhook_id, is_locked=True)
    row = session.get(WebhookCallRow, held.call_id)
    if row is None or hook is None or row.status != "claimed":
        raise StaleMoveError("the claim is lost")
    now, word = parts.clock.now(), answer.word[:80]
    log.info("webhook", event_name=row.event, answer=word, attempts=row.attempts)
    if answer.is_taken:
        move(session, row, "done", claim=held.claim, answer=word, finished_at=now, lease_until=None)
        hook.failures, hook.paused_until = 0, None
        return
    _put_back(session, row, held.claim, word, now)
    _count_failure(parts, session, hook, word)


def _put_back(session: Session, row: WebhookCallRow, claim: str, word: str, now: dt.datetime) -> None:
    wait = wait_after(row.attempts)
    if wait is None or now - row.created_at > GIVE_UP_AFTER or word == GONE:
        move(session, row, "failed", claim=claim, answer=word, finished_at=now, lease_until=None)
    else:
        move(session, row, "queued", claim=claim, answer=word, due_at=now + wait, lease_until=None)


def _count_failure(parts: Parts, session: Session, hook: WebhookRow, word: str) -> None:
    """Count a failure; let the webhook rest after several, tell of it after many, end it where the other side asks."""
    now = parts.clock.now()
    hook.failures += 1
    rest = rest_after(hook.failures)
    if rest is not None and (hook.paused_until is None or hook.paused_until < now + rest):
        hook.paused_until = now + rest
    if hook.failures == ALARM_AFTER:
        note(parts, session, CAMPAIGN, "webhook.failing", f"webhook {hook.id}", word)
        log.error("webhook.failing", webhook=hook.id, answer=word)
    if word == GONE and hook.ended_at is None:
        note(parts, session, CAMPAIGN, "webhook.end", f"webhook {hook.id}", word)
        hook.ended_at = now


def drop_old(parts: Parts) -> float | None:
    """Give up calls that waited too long or whose webhook was ended, forget what is long over; 0 while there is more.

    A webhook that rests keeps what waits for it no longer than any other.
    """

    def work(session: Session) -> int:
        now = parts.clock.now()
        waiting = list(webhooks.queued(session, BATCH, before=now - GIVE_UP_AFTER))
        ended = [row for row, _ in webhooks.everyone(session) if row.ended_at is not None]
        for hook in ended:
            waiting += webhooks.queued(session, BATCH, of=hook.id)
        for row in {one.id: one for one in waiting}.values():
            move(session, row, "failed", answer=row.answer or "given up", finished_at=now)
        return len(waiting) + webhooks.drop(session, now - KEEP_CALLS, BATCH)

    return 0.0 if transact(parts, work) >= BATCH else None
