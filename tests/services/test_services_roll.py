"""The tally sums up the journal: whatever is summed up when, every count stays the same."""

import datetime as dt

from people import CAMPAIGN, confirmed, mails, token

from campaign.queries import tally as tallies
from campaign.services import count, roll, withdraw


def _counts(parts):
    edition = parts.editions.current(CAMPAIGN)
    with parts.reading() as session:
        by_all = sorted(tallies.counts_by(session, edition.campaign_id, tallies.BY))
        drift = tallies.drift(session)
    return count.public(parts, edition).states, by_all, drift


def test_counts_stay_the_same_when_the_journal_is_summed_up(loaded):
    confirmed(loaded)
    confirmed(loaded, state="finland", email="per@example.org", country="FI")
    before = _counts(loaded)
    assert roll.roll(loaded) == 0  # too young
    loaded.clock.move(roll.SETTLED_AFTER)
    assert roll.roll(loaded) == 2
    assert roll.roll(loaded) == 0
    assert _counts(loaded) == before
    assert before[2] == 0


def test_what_is_taken_back_later_leaves_the_hour_it_was_confirmed_in(loaded):
    confirmed(loaded)
    loaded.clock.move(dt.timedelta(hours=3))
    roll.roll(loaded)
    link = token(mails(loaded)[0], "withdraw")
    opened = withdraw.opened(loaded, link)
    withdraw.withdraw(loaded, link, {one.signature_id for one in opened.signatures})
    assert _counts(loaded)[0]["LT"] == 0
    assert _counts(loaded)[1] == []
    loaded.clock.move(roll.SETTLED_AFTER)
    roll.roll(loaded)
    assert _counts(loaded)[1] == []
    assert _counts(loaded)[2] == 0
