"""Redeem: find the open confirmation that a code from a mail belongs to; the press still follows on its page."""

import hmac

from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import codes, schedule
from campaign.domain.edition import Edition
from campaign.models.campaign import CampaignRow
from campaign.models.supporter import SupporterRow
from campaign.outside.keys import Token
from campaign.parts import Parts
from campaign.queries import supporter as supporters
from campaign.services.links import freshness
from campaign.services.transact import transact

_NOBODY = "0" * 32  # the id of no row: what an unknown address is given, so that the same is done for it


def redeem(parts: Parts, edition: Edition, email: str, code: str) -> str | None:
    """Return the token of the confirmation that an address and a code, both as typed, open; None where they open none.

    Why they open none is not told: nobody learns whether an address is known here. A wrong code is counted, and
    after `schedule.CODE_TRIES` of them only the link of that mail works. Raises UnavailableError.
    """
    typed = email.strip()
    address = addresses.clean(typed) if addresses.fault(typed) is None else ""
    address_key = parts.keys.address_key(addresses.canonical(address), edition.cause.slug)
    folded = codes.fold(code)
    return transact(parts, lambda session: _redeem(parts, session, edition.campaign_id, address_key, folded))


def _redeem(parts: Parts, session: Session, campaign_id: int, address_key: str, code: str) -> str | None:
    found = supporters.by_address_key(session, campaign_id, address_key)
    supporter_id, generation = (found.id, found.confirm_generation) if found is not None else (_NOBODY, 0)
    fits = hmac.compare_digest(parts.keys.code(supporter_id, generation), code)
    if found is not None and fits and _is_open(parts, found):
        return parts.keys.token("confirm", found.id, generation, found.confirm_expires_at)
    _count(session, campaign_id, supporter_id)
    return None


def _is_open(parts: Parts, supporter: SupporterRow) -> bool:
    newest = Token(supporter.id, supporter.confirm_generation, supporter.confirm_expires_at)
    return supporter.code_tries < schedule.CODE_TRIES and freshness(parts, supporter, newest) == "open"


def _count(session: Session, campaign_id: int, supporter_id: str) -> None:
    """Count a wrong code where there is somebody to count it for.

    A commit that wrote something waits for the disk, one that wrote nothing does not, and that can be measured from
    outside. So something is written whoever it was: the campaign's own row, as it stands.
    """
    tried = update(SupporterRow).where(SupporterRow.id == supporter_id, SupporterRow.code_tries < schedule.CODE_TRIES)
    session.execute(tried.values(code_tries=SupporterRow.code_tries + 1))
    session.execute(update(CampaignRow).where(CampaignRow.id == campaign_id).values(revision=CampaignRow.revision))
