"""Note own: write down that somebody says they sent a letter themselves; it is counted apart, never as a signature."""

import datetime as dt

import structlog
from sqlalchemy.orm import Session

from campaign.domain import schedule
from campaign.domain.courtesy import OwnWay
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.signing import RawSigning, clean_own
from campaign.models.apart import OwnLetterRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import apart
from campaign.services.admit import admit
from campaign.services.transact import transact

log = structlog.get_logger()


def note_own(parts: Parts, edition: Edition, state: StateEdition, raw: RawSigning, way: OwnWay) -> None:
    """Note the state, the language, the offices, the way and the day (UTC), and nothing else of what was typed.

    What comes after many from one network in a day is kept and does not count; from one that organisers keep out,
    nothing is kept. The answer is the same.
    Raises InputRefusedError where office or language are not known, CampaignClosedError outside the campaign's dates,
    CampaignPausedError while it is paused.
    """
    now = parts.clock.now().astimezone(dt.UTC)
    edition.check_open(now.date())
    offices, language = clean_own(raw, state)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    is_told_apart = raw.network and parts.settings.has_rate_limits
    fingerprint = parts.keys.network_key(raw.network, now.date()) if is_told_apart else None

    def work(session: Session) -> None:
        found = admit(parts, session, edition.campaign_id, network=raw.network)
        if found.blocked_by is not None:
            log.info("own.blocked", state=state.state.code, by=found.blocked_by)
            return
        key = fingerprint if not found.is_network_allowed else None
        lately = apart.count_own_from_network(session, key, day) if key is not None else 0
        session.add(
            OwnLetterRow(
                id=new_id(),
                at=day,
                campaign_id=edition.campaign_id,
                state_id=state.id,
                offices=offices,
                way=way,
                language=language,
                network_key=key,
                is_counted=lately < schedule.OWN_LETTERS,
            )
        )

    transact(parts, work)
