"""Totals beside lists: signatures from the tally, letters counted at most once a minute."""

import datetime as dt

from flask import current_app

from campaign.domain.edition import Edition, StateEdition
from campaign.queries import listed
from campaign.queries import tally as tallies
from campaign.web import here

_KEY = "campaign.osdi.letters"
_KEPT = dt.timedelta(minutes=1)
Counted = dict[tuple[str, str], int]


def signatures(edition: Edition, state: StateEdition) -> int:
    """How many signatures of a state are confirmed."""
    with here.parts().reading() as session:
        return tallies.confirmed(session, edition.campaign_id).get(state.state.code, 0)


def letters(edition: Edition, state: StateEdition) -> int:
    """How many letters to a state left, as counted within the last minute."""
    kept: dict[int, tuple[dt.datetime, Counted]] = current_app.extensions.setdefault(_KEY, {})
    now = here.parts().clock.now()
    found = kept.get(edition.campaign_id)
    if found is None or now - found[0] >= _KEPT:
        with here.parts().reading() as session:
            found = kept[edition.campaign_id] = now, tallies.letters(session, edition.campaign_id)
    return sum(found[1].get((state.state.code, status), 0) for status in listed.LEFT)


def dates(edition: Edition) -> dict[int, tuple[dt.datetime, dt.datetime]]:
    """When each state of a campaign (by its row) had its first letter, and when the campaign last changed."""
    with here.parts().reading() as session:
        return listed.dates(session, edition.campaign_id)
