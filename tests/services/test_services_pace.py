"""When one more mail may go to an office: its hours, by the state's clock; and when letters go many together."""

import datetime as dt
from dataclasses import replace

import digests
import people
import pytest
from sqlalchemy import select, text

from campaign.domain.cause import DAYS, Window
from campaign.models.campaign import CampaignRow, OfficialRow
from campaign.outside.mail.mailer import Outcome
from campaign.queries import supporter as supporters
from campaign.services import verify as verifying
from campaign.services.outlook import done_letters
from campaign.services.pace import travels_now

DAY = dt.timedelta(days=1)
MORNING = Window(days=DAYS[:5], from_="08:00", to="10:00")  # it is eleven in Vilnius, on a Tuesday
NEXT = dt.datetime(2026, 11, 25, 6, 0, tzinfo=dt.UTC)


def ways(parts):
    """How many letters stand in which status and travel which way."""
    asked = "SELECT status, way, count(*) FROM delivery GROUP BY status, way"
    with parts.reading() as session:
        return {(status, way): count for status, way, count in session.execute(text(asked))}


def only(parts, email="ona@example.org"):
    """The one letter of an address, as its own page tells of it."""
    edition = parts.editions.current(people.CAMPAIGN)
    with parts.reading() as session:
        key = parts.keys.address_key(email, people.CAMPAIGN)
        supporter = supporters.by_address_key(session, edition.campaign_id, key)
        [done] = done_letters(parts, session, edition, supporter)
    return done.letters[0]


def close(parts, window, office=None):
    """Give the campaign, or an office of it, hours."""
    with parts.writing() as session:
        campaign = session.scalars(select(CampaignRow)).one()
        if office is None:
            campaign.cause = replace(campaign.cause, sending_window=window)
        else:
            for row in session.scalars(select(OfficialRow).where(OfficialRow.office == office)):
                row.official = replace(row.official, sending_window=window)
        campaign.revision += 1
        session.commit()


def confirmed(parts, **changed):
    people.confirmed(parts, **({"offices": (digests.OFFICE,)} | changed))


def test_without_hours_a_letter_leaves_at_once(loaded):
    confirmed(loaded)
    people.work(loaded)
    assert len(people.letters(loaded)) == 1


def test_outside_the_hours_a_letter_waits_for_them_and_then_leaves(loaded):
    close(loaded, MORNING)
    confirmed(loaded)
    people.work(loaded)
    assert people.letters(loaded) == []
    assert only(loaded).goes_at == NEXT
    loaded.clock.at = NEXT - dt.timedelta(seconds=1)
    people.work(loaded)
    assert people.letters(loaded) == []
    loaded.clock.at = NEXT
    people.work(loaded)
    assert len(people.letters(loaded)) == 1


def test_a_letter_that_waited_long_for_its_turn_is_not_given_up_at_the_first_later(loaded):
    close(loaded, Window(days=("mon",), from_="08:00", to="10:00"))
    confirmed(loaded)
    loaded.clock.move(dt.timedelta(minutes=1))
    people.work(loaded)
    loaded.clock.at = dt.datetime(2026, 11, 30, 6, 0, tzinfo=dt.UTC)
    loaded.mailer.then(Outcome.TEMPORARY)
    people.work(loaded)
    assert ways(loaded) == {("queued", "letter"): 1}
    loaded.clock.move(dt.timedelta(minutes=2))
    people.work(loaded)
    assert ways(loaded) == {("accepted", "letter"): 1}


def test_mails_to_supporters_know_no_hours(loaded):
    close(loaded, MORNING)
    confirmed(loaded)
    assert len(people.mails(loaded)) >= 1


def test_an_offices_own_hours_stand_over_the_campaigns(loaded):
    close(loaded, MORNING)
    close(loaded, Window(days=DAYS, from_="10:00", to="12:00"), digests.OFFICE)
    confirmed(loaded, offices=(digests.OFFICE, "speaker"))
    people.work(loaded)
    assert [one.to_address for one in people.letters(loaded)] == ["LRVkanceliarija@lrv.lt"]


def test_an_office_may_have_hours_where_the_campaign_has_none(loaded):
    close(loaded, MORNING, digests.OFFICE)
    confirmed(loaded, offices=(digests.OFFICE, "speaker"))
    people.work(loaded)
    assert [one.to_address for one in people.letters(loaded)] == ["priim@lrs.lt"]


def test_a_digest_waits_for_the_hours_too(loaded):
    close(loaded, MORNING)
    digests.let_take(loaded)
    digests.write(loaded, 0)
    assert digests.gather(loaded) == 1
    assert digests.digests(loaded) == []
    loaded.clock.at = NEXT
    people.work(loaded)
    assert len(digests.digests(loaded)) == 1


def test_an_estimate_counts_only_open_hours(loaded):
    """Two an hour in two hours a day: the sixth waits for the second morning."""
    parts = replace(loaded, settings=replace(loaded.settings, letters_per_hour=2))
    close(parts, MORNING)
    for number in range(6):
        digests.write(parts, number)
    assert only(parts, "person5@example.org").goes_at == NEXT + DAY


def test_many_closed_mailboxes_hold_up_no_open_one(loaded):
    close(loaded, MORNING)
    close(loaded, Window(days=DAYS, from_="00:00", to="24:00"), "speaker")
    for state in ("latvia", "lithuania"):
        offices = tuple(one.office for one in loaded.editions.current(people.CAMPAIGN).state(state).officials)
        confirmed(loaded, state=state, email=f"{state}@example.org", offices=offices)
    people.work(loaded)
    assert {one.to_address for one in people.letters(loaded)} == {"priim@lrs.lt", "saeima@saeima.lv"}


def test_when_more_wait_than_leave_in_two_days_the_next_travel_in_a_digest(loaded):
    parts = replace(loaded, settings=replace(loaded.settings, letters_per_hour=1))
    digests.write(parts, 0)
    digests.more(parts, 47)
    digests.write(parts, 1)  # the first left meanwhile: 47 are before this one
    digests.write(parts, 2)
    assert ways(parts) == {("accepted", "letter"): 1, ("queued", "letter"): 49}
    digests.write(parts, 3)
    assert ways(parts) == {("accepted", "letter"): 1, ("queued", "letter"): 49, ("queued", "digest"): 1}
    lithuania = parts.editions.current(people.CAMPAIGN).state("lithuania")
    told = travels_now(parts, lithuania)
    assert (told[digests.OFFICE], told["speaker"]) == ("queue", "letter")


def test_without_an_hourly_limit_nothing_waits_for_a_digest(loaded):
    parts = replace(loaded, settings=replace(loaded.settings, letters_per_hour=0))
    digests.write(parts, 0)
    digests.more(parts, 60)
    digests.write(parts, 1)
    assert not [way for _, way in ways(parts) if way == "digest"]


def test_a_letter_that_was_held_decides_how_to_travel_when_it_is_let_go(loaded):
    confirmed(loaded, offices=("defence-minister",))
    assert ways(loaded) == {("held", "letter"): 1}
    digests.let_take(loaded, office="defence-minister")
    assert verifying.verify(loaded, people.CAMPAIGN, "LT", "defence-minister").released == 1
    assert ways(loaded) == {("queued", "digest"): 1}


def test_what_waits_for_a_digest_says_so_and_when(loaded):
    digests.let_take(loaded)
    digests.write(loaded, 0)
    told = only(loaded, "person0@example.org")
    assert (told.told, told.ahead, told.goes_at) == ("digest", 0, loaded.clock.now())
    opened_at = loaded.clock.now()
    digests.gather(loaded)
    assert only(loaded, "person0@example.org").told == "accepted"
    digests.write(loaded, 1)
    loaded.clock.move(dt.timedelta(hours=3))
    assert only(loaded, "person1@example.org").goes_at == opened_at + DAY


@pytest.mark.parametrize(("most", "hours"), [(199, 0), (200, 1), (401, 2)])
def test_those_beyond_a_full_digest_wait_an_hour_more(loaded, most, hours):
    digests.let_take(loaded)
    digests.write(loaded, 0)
    digests.more(loaded, most - 1)
    loaded.clock.move(dt.timedelta(days=1))
    digests.write(loaded, 1)
    assert only(loaded, "person1@example.org").goes_at == loaded.clock.now() + dt.timedelta(hours=hours)
