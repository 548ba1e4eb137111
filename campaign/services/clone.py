"""Clone: begin a campaign as a copy of another, with all it says and none of its signatures."""

from dataclasses import replace

from sqlalchemy.orm import Session

from campaign.domain import slug as slugs
from campaign.domain import text
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.campaign import CampaignRow, OfficialRow
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.services.edit import By, check_reason
from campaign.services.load import bring
from campaign.services.note import note
from campaign.services.transact import transact
from campaign.services.whole import whole

MAX_NAME = 120
# What organisers know of an office's mailbox: it holds for the mailbox, whichever campaign writes to it.
_KNOWN = (
    "set_email", "set_source", "set_at", "set_by", "verified_email", "verified_at", "verified_by", "suspended_at",
    "takes", "hard_bounces",
)  # fmt: skip


def clone(parts: Parts, slug: str, new: str, name: str, by: By) -> str:
    """Copy a campaign under a new slug and name; it is paused until it is let go on. Return the new slug.

    Offices keep the addresses that were set and verified, and whatever their mailboxes asked for. Raises
    NotFoundError; InputRefusedError for a slug that is taken, reserved or none, without a name or a reason.
    """
    new, name, reason = new.strip(), text.clean(name), check_reason(by.reason)
    _check(new, name)

    def work(session: Session) -> str:
        if editions.row(session, slug) is None:
            raise NotFoundError(f"there is no campaign {slug} here")
        if editions.row(session, new) is not None:
            raise InputRefusedError((Problem("slug", "E-SLUG-TAKEN"),))
        cause = whole(session, slug)
        bring(parts, session, replace(cause, slug=new, name=dict.fromkeys(cause.name, name)), by.who, reason)
        row = _row(session, new)
        row.paused_at = parts.clock.now()
        _copy_known(session, _row(session, slug), row)
        note(parts, session, by.who, "campaign.clone", f"{slug} to {new}", reason)
        return new

    return transact(parts, work)


def _check(new: str, name: str) -> None:
    fault = slugs.fault(new)
    problems = [Problem("slug", fault)] if fault is not None else []
    if not text.has_letter(name) or len(name) > MAX_NAME or text.has_forbidden(name):
        problems.append(Problem("name", "E-CAMPAIGN-NAME"))
    if problems:
        raise InputRefusedError(tuple(problems))


def _row(session: Session, slug: str) -> CampaignRow:
    found = editions.row(session, slug)
    if found is None:
        raise NotFoundError(slug)
    return found


def _copy_known(session: Session, old: CampaignRow, new: CampaignRow) -> None:
    theirs = editions.state_rows(session, new.id)
    for slug, state in editions.state_rows(session, old.id).items():
        if slug not in theirs:
            continue
        copies: dict[str, OfficialRow] = editions.official_rows(session, theirs[slug].id)
        for office, row in editions.official_rows(session, state.id).items():
            if office in copies:
                for column in _KNOWN:
                    setattr(copies[office], column, getattr(row, column))
