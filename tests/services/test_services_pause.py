"""A campaign that is paused, closed or retired: what it takes, what waits, and what nobody loses."""

import dataclasses
import datetime as dt

import people
import pytest
import second

from campaign.domain import plan as plans
from campaign.errors import CampaignClosedError, CampaignPausedError, InputRefusedError, NotFoundError
from campaign.services import confirm as confirming
from campaign.services import pause as pausing
from campaign.services.count import stats
from campaign.services.edit import By, edit
from campaign.services.note import COMMAND_LINE, newest

BY = By(COMMAND_LINE, "a test")
OFFICE = ("prime-minister",)


def figures(parts, slug=people.CAMPAIGN, code="LT"):
    return stats(parts, parts.editions.current(slug))["states"][code]


def close_on(parts, day, slug=people.CAMPAIGN):
    edit(parts, slug, BY, lambda cause: dataclasses.replace(cause, closes_on=day))


def test_a_paused_campaign_takes_no_signature_and_loses_none(loaded):
    people.sign(loaded, offices=OFFICE)
    people.work(loaded)
    pausing.pause(loaded, people.CAMPAIGN, BY)
    with pytest.raises(CampaignPausedError):
        people.sign(loaded, email="other@example.org", offices=OFFICE)
    assert people.press(loaded, people.mails(loaded)[-1]) == 1
    people.work(loaded)
    assert people.letters(loaded) == []
    assert figures(loaded)["letters_waiting"] == 1
    assert figures(loaded)["confirmed"] == 1
    pausing.resume(loaded, people.CAMPAIGN, BY)
    people.work(loaded)
    assert len(people.letters(loaded)) == 1
    people.sign(loaded, email="other@example.org", offices=OFFICE)


def test_mails_that_were_promised_leave_while_a_campaign_is_paused(loaded):
    people.sign(loaded)
    pausing.pause(loaded, people.CAMPAIGN, BY)
    people.work(loaded)
    assert len(people.mails(loaded)) == 1


def test_a_pause_holds_the_letters_of_its_own_campaign_alone(loaded):
    second.loaded_too(loaded)
    second.sign(loaded, offices=("president",))
    people.sign(loaded, offices=OFFICE)
    people.work(loaded)
    for mail in people.mails(loaded):
        people.press(loaded, mail)
    pausing.pause(loaded, people.CAMPAIGN, BY)
    people.work(loaded)
    assert [one.to_address for one in people.letters(loaded)] == ["office@president.example.org"]
    assert figures(loaded)["letters_waiting"] == 1


def test_pausing_twice_keeps_the_first_instant_and_needs_a_reason(loaded):
    pausing.pause(loaded, people.CAMPAIGN, BY)
    at = loaded.editions.current(people.CAMPAIGN).paused_at
    loaded.clock.move(dt.timedelta(hours=1))
    pausing.pause(loaded, people.CAMPAIGN, BY)
    assert loaded.editions.current(people.CAMPAIGN).paused_at == at
    with pytest.raises(InputRefusedError):
        pausing.resume(loaded, people.CAMPAIGN, By(COMMAND_LINE, " "))
    with pytest.raises(NotFoundError):
        pausing.pause(loaded, "nowhere", BY)
    assert [one.what for one in newest(loaded)][:2] == ["campaign.pause", "campaign.pause"]


def test_what_was_signed_before_the_end_can_be_confirmed_for_a_day(loaded):
    today = loaded.clock.now().date()
    people.sign(loaded, offices=OFFICE)
    people.work(loaded)
    close_on(loaded, today)
    midnight = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), dt.UTC)
    loaded.clock.move(midnight - loaded.clock.now() + dt.timedelta(hours=23, minutes=59))
    with pytest.raises(CampaignClosedError):
        people.sign(loaded, email="late@example.org", offices=OFFICE)
    assert people.press(loaded, people.mails(loaded)[0]) == 1
    assert figures(loaded)["confirmed"] == 1


def test_after_that_day_nothing_is_confirmed_and_what_waits_can_be_deleted(loaded):
    people.sign(loaded, offices=OFFICE)
    people.work(loaded)
    token = people.token(people.mails(loaded)[0])
    close_on(loaded, loaded.clock.now().date())
    loaded.clock.move(dt.timedelta(days=2))
    opened = confirming.opened(loaded, token, "en")
    assert opened.is_late
    with pytest.raises(CampaignClosedError):
        confirming.confirm(loaded, token, {one.signature_id: one.digest for one in opened.pending})
    assert figures(loaded)["confirmed"] == 0
    confirming.delete(loaded, token)
    assert figures(loaded)["pending"] == 0


def test_a_retired_campaign_has_no_pages_and_keeps_its_rows(loaded):
    people.confirmed(loaded, offices=OFFICE)
    pausing.retire(loaded, people.CAMPAIGN, BY)
    assert figures(loaded)["confirmed"] == 1
    with pytest.raises(InputRefusedError):
        pausing.resume(loaded, people.CAMPAIGN, BY)
    pausing.restore(loaded, people.CAMPAIGN, BY)
    assert loaded.editions.current(people.CAMPAIGN).is_paused
    pausing.resume(loaded, people.CAMPAIGN, BY)
    assert loaded.editions.current(people.CAMPAIGN).status(loaded.clock.now().date()) == "open"


def test_a_plan_that_was_set_stands(loaded):
    cause = loaded.editions.current(people.CAMPAIGN).cause
    typed = plans.written(plans.of(cause)) | {"closes_on": "2027-06-30", "goals": "5 50", "counts": "rounded"}
    plan = plans.read(typed, plans.of(cause), loaded.clock.now().date())
    edit(loaded, people.CAMPAIGN, BY, plan.applied, what="campaign.plan")
    assert plans.of(loaded.editions.current(people.CAMPAIGN).cause) == plan
