"""The hourly look: raised once where far more came than is usual, and not where it is usual or let in."""

import datetime as dt

import people
import pytest
from floods import flood
from organisers import Organiser
from sqlalchemy import text

from campaign.services import enlist, heed, invalidate
from campaign.services.advance import advance
from campaign.services.fingerprint import fingerprint
from campaign.services.watch import look

HOUR = dt.timedelta(hours=1)


def edition(parts):
    return parts.editions.current(people.CAMPAIGN)


def raised(parts):
    return [(one.kind, one.which, one.count, one.usual) for one in heed.listed(parts, edition(parts))]


def test_a_flood_from_one_domain_is_told_of_once_and_its_count_follows(loaded):
    flood(loaded, 39, letters=False)
    assert look(loaded) == 0
    flood(loaded, 1, letters=False)
    assert look(loaded) == 1
    flood(loaded, 20, letters=False)
    assert look(loaded) == 0
    assert raised(loaded) == [("domain", "flood.example", 60, 0)]
    loaded.clock.move(HOUR)
    assert look(loaded) == 0
    flood(loaded, 40, letters=False)
    assert look(loaded) == 1
    assert len(raised(loaded)) == 2


def test_signatures_count_in_the_hour_they_are_made_and_in_the_hour_they_are_confirmed_once_each(loaded):
    now = loaded.clock.now()
    flood(loaded, 40, at=now - 3 * HOUR, letters=False)
    assert look(loaded) == 0
    with loaded.writing() as session:
        session.execute(text("UPDATE signature SET confirmed_at = :now"), {"now": now.replace(tzinfo=None)
                        if loaded.settings.is_embedded else now})  # fmt: skip
        session.commit()
    assert look(loaded) == 1
    flood(loaded, 40, domain="waits.example", confirmed=False)
    assert look(loaded) == 1


def test_the_last_full_hour_is_looked_at_to_its_end_and_no_further_back(loaded):
    begin = loaded.clock.now()  # 09:00 sharp
    flood(loaded, 40, at=begin - dt.timedelta(microseconds=1), domain="before.example", letters=False)
    flood(loaded, 40, at=begin, domain="after.example", letters=False)
    loaded.clock.move(2 * HOUR - dt.timedelta(microseconds=1))
    assert look(loaded) == 1
    assert [which for _, which, *_ in raised(loaded)] == ["after.example"]
    loaded.clock.move(dt.timedelta(microseconds=1))
    flood(loaded, 40, domain="later.example", letters=False)
    assert look(loaded) == 1


def test_what_is_usual_for_a_domain_is_none(loaded):
    now = loaded.clock.now()
    for hours in range(1, 6):
        flood(loaded, 300, domain="union.example", at=now - dt.timedelta(days=1, hours=hours), letters=False)
    flood(loaded, 44, domain="union.example", letters=False)  # 1,500 in a week are 9 in an hour
    assert look(loaded) == 0
    flood(loaded, 2, domain="union.example", letters=False)
    assert look(loaded) == 1
    assert raised(loaded) == [("domain", "union.example", 46, 9)]


def test_a_provider_where_everybody_is_is_held_against_its_share(loaded):
    now = loaded.clock.now()
    flood(loaded, 120, domain="gmail.com", at=now - 30 * HOUR, letters=False)
    flood(loaded, 120, domain="union.example", at=now - 30 * HOUR, letters=False)
    flood(loaded, 250, domain="gmail.com", letters=False, country="NO")
    assert [one for one in _look(loaded) if one[0] == "domain"] == []  # half of a good hour is its share


def test_so_is_one_whose_share_is_suddenly_far_more(loaded):
    now = loaded.clock.now()
    flood(loaded, 10, domain="gmail.com", at=now - 30 * HOUR, letters=False)
    flood(loaded, 190, domain="union.example", at=now - 30 * HOUR, letters=False)
    flood(loaded, 250, domain="gmail.com", letters=False)
    assert ("domain", "gmail.com", 250, 13) in _look(loaded)


def _look(parts):
    look(parts)
    return raised(parts)


def test_networks_countries_and_states_have_their_own_floors(loaded):
    for number in range(14):
        flood(loaded, 30, domain=f"d{number}.example", network="192.0.2.0/24", letters=False, country="SE")
    found = {kind: (which, count) for kind, which, count, _ in _look(loaded)}
    assert found["country"] == ("SE", 420)
    assert found["state"] == ("LT", 420)
    assert found["network"][1] == 420
    assert "domain" not in found


def test_a_domain_that_is_let_in_raises_nothing(loaded):
    wanted = enlist.Wanted(action="allow", kind="domain", value="flood.example", reason="a trade union's own")
    enlist.enlist(loaded, edition(loaded), "command line", wanted)
    flood(loaded, 60, letters=False)
    assert look(loaded) == 0


def test_alarms_about_networks_are_forgotten_with_their_fingerprints(loaded):
    flood(loaded, 60, domain="flood.example", network="192.0.2.0/24", letters=False)
    assert look(loaded) == 2
    loaded.clock.move(dt.timedelta(hours=49))
    look(loaded)
    assert [kind for kind, *_ in raised(loaded)] == ["domain"]
    loaded.clock.move(dt.timedelta(days=90))
    look(loaded)
    assert raised(loaded) == []


def test_those_who_signed_before_domains_were_told_apart_are_caught_up_with(loaded):
    flood(loaded, 5, letters=False)
    with loaded.writing() as session:
        session.execute(text("UPDATE supporter SET domain_key = NULL"))
        session.commit()
    assert fingerprint(loaded) == 5
    assert fingerprint(loaded) == 0
    with loaded.reading() as session:
        [key] = session.scalars(text("SELECT DISTINCT domain_key FROM supporter")).all()
    assert key == loaded.keys.domain_key("flood.example")


@pytest.mark.parametrize("count", [300])
def test_an_organiser_goes_from_the_alarm_to_the_batch_and_the_block_and_signs_it_off(loaded, count):
    """A05, scaled down: made up in minutes, told of by the next look, taken out whole, and nothing else."""
    people.confirmed(loaded, email="real@example.org")
    people.work(loaded)
    flood(loaded, count)
    loaded.clock.move(dt.timedelta(minutes=5))  # the worker looks every five
    assert look(loaded) >= 1
    ona = Organiser(loaded).accept("campaigner")
    assert "that nobody has seen" in ona.page("/organise/").text
    page = ona.page("/organise/alarms/")
    assert "flood.example" in page.text
    [alarm] = [one for one in heed.listed(loaded, edition(loaded)) if one.kind == "domain"]
    [batch] = [link for link in page.links if link == f"/organise/batches/?alarm={alarm.id}"]
    [block] = [link for link in page.links if link.startswith("/organise/lists/?alarm=")]
    form = ona.page(batch).form("batch")
    made = ona.press("/organise/batches/", **form.filled(name="Flood", reason="all made up") | {"form_key": ona.key()})
    path = made.headers["Location"].partition("?")[0]
    assert f"It would take out {count} signatures" in ona.page(path).text
    ona.press(path + "run/")
    while advance(loaded):
        pass
    shown = invalidate.listed(loaded, edition(loaded))[0]
    assert (shown.status, shown.taken) == ("done", count)
    assert ona.page(block).form("rule").fields["value"] == "flood.example"
    assert ona.press("/organise/alarms/seen/", alarm=alarm.id).status_code == 303
    assert ona.press("/organise/alarms/seen/", alarm=alarm.id).status_code == 303
    assert "ona@example.org" in ona.page("/organise/alarms/").text
    assert ona.press("/organise/alarms/seen/", alarm="none").status_code == 404


def test_many_from_one_network_are_listed_and_can_be_made_a_batch_of(loaded):
    flood(loaded, 12, network="192.0.2.0/24", marks=("many_from_network",), letters=False)
    ona = Organiser(loaded).accept("campaigner")
    page = ona.page("/organise/alarms/")
    [link] = [one for one in page.links if "like=" in one]
    form = ona.page(link).form("batch")
    assert form.fields["network_key"] == loaded.keys.network_key("192.0.2.0/24", loaded.clock.now().date())
    assert loaded.keys.network_key("192.0.2.0/24", loaded.clock.now().date()) not in link
    assert ona.client.get("/organise/batches/?like=none").status_code == 404
