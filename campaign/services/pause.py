"""Pause: stop a campaign at once, let it go on, take its pages down and put them up again."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.campaign import CampaignRow
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.services.edit import By, check_reason
from campaign.services.note import note
from campaign.services.transact import transact


def pause(parts: Parts, slug: str, by: By) -> None:
    """Take no signatures and send no letters from now on; what was signed can still be confirmed, and waits.

    Raises NotFoundError, and InputRefusedError without a reason.
    """

    def work(row: CampaignRow) -> None:
        row.paused_at = row.paused_at or parts.clock.now()

    _change(parts, slug, by, "campaign.pause", work)


def resume(parts: Parts, slug: str, by: By) -> None:
    """Take signatures again, within the campaign's dates, and send what waits.

    Raises NotFoundError, and InputRefusedError without a reason, or where the campaign is retired.
    """

    def work(row: CampaignRow) -> None:
        if row.retired_at is not None:
            raise InputRefusedError((Problem("do", "E-RETIRED"),))
        row.paused_at = None

    _change(parts, slug, by, "campaign.resume", work)


def retire(parts: Parts, slug: str, by: By) -> None:
    """Take a campaign's pages down and stop its letters; every row is kept, and links in mails still take back.

    Raises NotFoundError, and InputRefusedError without a reason.
    """

    def work(row: CampaignRow) -> None:
        row.retired_at = row.retired_at or parts.clock.now()
        row.paused_at = row.paused_at or row.retired_at

    _change(parts, slug, by, "campaign.retire", work)


def restore(parts: Parts, slug: str, by: By) -> None:
    """Put a campaign's pages up again; it stays paused until it is let go on.

    Raises NotFoundError, and InputRefusedError without a reason.
    """

    def work(row: CampaignRow) -> None:
        row.retired_at = None

    _change(parts, slug, by, "campaign.restore", work)


def _change(parts: Parts, slug: str, by: By, what: str, change: Callable[[CampaignRow], None]) -> None:
    reason = check_reason(by.reason)

    def work(session: Session) -> None:
        row = editions.locked(session, slug)
        if row is None:
            raise NotFoundError(f"there is no campaign {slug} here")
        change(row)
        row.revision += 1
        note(parts, session, by.who, what, slug, reason)

    transact(parts, work)
