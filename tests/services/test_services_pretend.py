"""Made-up people look like real ones to every page, come the same each time, and write to nobody."""

import pytest
from people import CAMPAIGN, mails, sign, work

from campaign.errors import CampaignError
from campaign.queries import delivery, tally
from campaign.queries import opening as openings
from campaign.queries import supporter as supporters
from campaign.services import count
from campaign.services.overview import overview
from campaign.services.plot import View
from campaign.services.pretend import pretend

HOW_MANY = 400


def filled(parts, signatures: int = HOW_MANY) -> None:
    pretend(parts, parts.editions.current(CAMPAIGN), signatures, print)


def test_so_many_are_confirmed_and_some_more_wait_or_were_taken_back(loaded):
    filled(loaded)
    edition = loaded.editions.current(CAMPAIGN)
    figures = count.stats(loaded, edition)
    assert figures["confirmed"] == HOW_MANY
    assert figures["pending"] > 0
    assert sum(one["withdrawn"] for one in figures["states"].values()) > 0
    seen = overview(loaded, edition, View())
    assert seen.figures["all"] == HOW_MANY
    assert len(seen.days.rows) > 60
    assert {one.of for one in seen.tables["country"]} > {"NO", "FI", "PL"}
    with loaded.reading() as session:
        assert tally.drift(session) == 0
        assert sum(openings.by_source(session, edition.campaign_id).values()) > HOW_MANY
        statuses = {one.status for one in delivery.heaps(session, edition.campaign_id)}
    assert {"accepted", "held", "bounced", "refused"} <= statuses
    assert statuses.isdisjoint({"queued", "claimed", "in_data"})


def test_nobody_is_written_to(loaded):
    filled(loaded, 60)
    work(loaded)
    assert mails(loaded) == []


def test_a_second_call_goes_on_after_those_of_the_first(loaded):
    filled(loaded, 50)
    filled(loaded, 50)
    edition = loaded.editions.current(CAMPAIGN)
    assert count.stats(loaded, edition)["confirmed"] == 100
    assert "drift" not in {one.kind for one in overview(loaded, edition, View()).alarms}


def test_a_database_with_real_people_is_refused(loaded):
    sign(loaded)
    with pytest.raises(CampaignError, match="real supporters"):
        filled(loaded, 1)
    with loaded.reading() as session:
        assert not supporters.has_any(session, is_demo=True)
