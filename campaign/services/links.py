"""Links: the addresses in mails and on the pages after a press, and whose a link is."""

import datetime as dt
from typing import Literal

from sqlalchemy.orm import Session

from campaign.errors import TokenError
from campaign.models.supporter import SupporterRow
from campaign.outside.keys import Purpose, Token
from campaign.parts import Parts
from campaign.queries import supporter as supporters

Freshness = Literal["open", "used", "replaced", "expired"]


def link(parts: Parts, purpose: Purpose, supporter: SupporterRow, generation: int, ends: dt.datetime | None) -> str:
    """Write the whole address of a link, from the configured base address."""
    token = parts.keys.token(purpose, supporter.id, generation, ends)
    return f"{parts.settings.base_url}/{supporter.language}/{purpose}/{token}/"


def lasting_token(parts: Parts, purpose: Purpose, supporter: SupporterRow) -> str:
    """Derive the token of a link that works as long as its row is there."""
    return parts.keys.token(purpose, supporter.id)


def lasting_link(parts: Parts, purpose: Purpose, supporter: SupporterRow) -> str:
    """Write the address of a link that works as long as its row is there."""
    return link(parts, purpose, supporter, 0, None)


def supporter_of(
    parts: Parts, session: Session, purpose: Purpose, token: str, *, is_locked: bool = False
) -> tuple[SupporterRow, Token]:
    """Find whose a link is; one to trim a letter names its signature.

    Raises TokenError when it is not genuine, or its row is gone.
    """
    read = parts.keys.read_token(purpose, token)
    signature = supporters.signature(session, read.row_id) if purpose == "trim" else None
    found = supporters.by_id(session, signature.supporter_id if signature else read.row_id, is_locked=is_locked)
    if found is None or found.email_sealed is None:
        raise TokenError("row")
    return found, read


def own_of(parts: Parts, session: Session, token: str) -> SupporterRow:
    """Find whose own page a link opens, while its time lasts.

    Raises TokenError when it is not genuine, its row is gone, or its time is over (the word is then `expired`).
    """
    supporter, read = supporter_of(parts, session, "yours", token)
    if read.expires_at is None or read.expires_at <= parts.clock.now():
        raise TokenError("expired")
    return supporter


def freshness(parts: Parts, supporter: SupporterRow, token: Token) -> Freshness:
    """Say what a genuine confirmation link is good for now."""
    if token.generation != supporter.confirm_generation:
        return "replaced"
    if supporter.confirm_used_at is not None:
        return "used"
    is_over = token.expires_at is None or token.expires_at <= parts.clock.now()
    return "expired" if is_over else "open"
