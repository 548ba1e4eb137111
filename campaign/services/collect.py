"""Collect: take back what waits in the mailbox for returned mail."""

import time

import structlog
from sqlalchemy.exc import SQLAlchemyError

from campaign.errors import CampaignError
from campaign.outside.mail.imap import Incoming, NoBoxError, OpenBox
from campaign.parts import Parts
from campaign.services.bounce import take_back

log = structlog.get_logger()

ROUND_SECONDS = 20.0  # whoever collects also sends letters; what is left comes next round


def collect(parts: Parts) -> bool:
    """Take back one round of returned mail; False where the mailbox cannot be read, which stops nothing else.

    What was taken or means nothing is marked as seen; what must be taken later, or could not be taken, stays unseen.
    """
    if parts.bounces is None:
        return True
    words: list[str] = []
    until = time.monotonic() + ROUND_SECONDS
    try:
        with parts.bounces.opened() as box:
            for incoming in box.unseen():
                words.append(_take(parts, box, incoming))
                if time.monotonic() > until:
                    break
    except NoBoxError as error:
        log.warning("returns.unreadable", reason=error.reason)
        return False
    if words:
        log.info("returns", **{word: words.count(word) for word in sorted(set(words))})
    return True


def _take(parts: Parts, box: OpenBox, incoming: Incoming) -> str:
    try:
        word: str = take_back(parts, incoming.raw)
    except (CampaignError, SQLAlchemyError) as error:
        log.warning("returns.failed", error=type(error).__name__)
        return "failed"
    if word != "later":
        box.mark_seen(incoming.message_id)
    return word
