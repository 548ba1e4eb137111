"""What an office asked for: letters, digests or silence; its mailbox follows, and so does what waits for it."""

import digests
import people
import pytest
from databases import BUNDLED
from sqlalchemy import select, text

from campaign.domain.signing import clean
from campaign.errors import InputRefusedError, NotFoundError
from campaign.models.audit import AuditRow
from campaign.models.campaign import CampaignRow, OfficialRow
from campaign.models.delivery import DeliveryRow
from campaign.services import claim as claiming
from campaign.services import verify as verifying
from campaign.services.digest import open_digests
from campaign.services.hush import hush_all
from campaign.services.load import load
from campaign.services.takes import take

SHARED = ("speaker", "foreign-affairs-committee")
ALL = (digests.OFFICE, *SHARED)


def statuses(parts):
    """Every letter's first office, status, reason and way."""
    asked = select(DeliveryRow.offices, DeliveryRow.status, DeliveryRow.reason, DeliveryRow.way)
    with parts.reading() as session:
        return sorted((one.offices[0], one.status, one.reason, one.way) for one in session.execute(asked))


def confirmed(parts, offices=ALL, **changed):
    people.confirmed(parts, offices=offices, **changed)


def test_an_office_and_all_that_share_its_mailbox_follow(loaded):
    done = take(loaded, people.CAMPAIGN, "LT", "speaker", "digest", "their mail")
    assert sorted(done.offices) == sorted(SHARED)
    state = loaded.editions.current(people.CAMPAIGN).state("lithuania")
    assert {one.office for one in state.officials if one.takes == "digest"} == set(SHARED)


def test_it_is_written_down_with_its_reason_and_everybody_reads_the_campaign_anew(loaded):
    before = loaded.editions.current(people.CAMPAIGN).revision
    take(loaded, people.CAMPAIGN, "lithuania", "speaker", "silence", " their mail of today ")
    with loaded.reading() as session:
        lines = session.scalars(select(AuditRow)).all()
    assert [(one.what, one.reason) for one in lines] == [("official.takes.silence", "their mail of today")] * 2
    assert loaded.editions.current(people.CAMPAIGN).revision == before + 1


def test_without_a_reason_or_an_office_nothing_is_written_down(loaded):
    with pytest.raises(InputRefusedError):
        take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", " ")
    with pytest.raises(NotFoundError):
        take(loaded, people.CAMPAIGN, "XX", "speaker", "silence", "x")
    with loaded.reading() as session:
        assert session.scalars(select(AuditRow)).all() == []


def test_silence_stops_what_waits_and_what_is_held(loaded):
    confirmed(loaded, (*ALL, "defence-minister"))
    assert take(loaded, people.CAMPAIGN, "LT", "defence-minister", "silence", "x").letters == 1
    assert take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", "x").letters == 1
    people.work(loaded)
    assert statuses(loaded) == [
        ("defence-minister", "cancelled", "silence", "letter"),
        (digests.OFFICE, "accepted", "", "letter"),
        ("speaker", "cancelled", "silence", "letter"),
    ]


def test_silence_stops_a_letter_in_hand_before_it_enters_data(loaded):
    confirmed(loaded, SHARED)
    row = claiming.claim(loaded, DeliveryRow)
    take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", "x")
    assert claiming.settle(loaded, row, None) == "stale"
    assert statuses(loaded) == [("speaker", "cancelled", "silence", "letter")]


def test_silence_stops_a_digest_that_waits(loaded):
    digests.let_take(loaded, office="speaker")
    confirmed(loaded, SHARED)
    open_digests(loaded)
    take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", "x")
    people.work(loaded)
    assert people.letters(loaded) == []
    assert open_digests(loaded) == 0


def test_a_letter_that_comes_back_to_the_queue_of_a_silent_office_is_stopped_then(loaded):
    """It was in DATA when the office asked, and its server said later."""
    confirmed(loaded, SHARED)
    with loaded.writing() as session:
        session.execute(text("UPDATE official SET takes = 'silence' WHERE office = 'speaker'"))
        session.commit()
    people.work(loaded)
    assert people.letters(loaded) == []
    assert statuses(loaded) == [("speaker", "cancelled", "silence", "letter")]
    assert hush_all(loaded) == 0


def test_a_signature_confirmed_later_sends_none_to_a_silent_office(loaded):
    people.sign(loaded, offices=ALL)
    people.work(loaded)
    take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", "x")
    [mail] = people.mails(loaded)
    assert people.press(loaded, mail) == 1
    people.work(loaded)
    assert statuses(loaded) == [
        ("foreign-affairs-committee", "cancelled", "silence", "letter"),
        (digests.OFFICE, "accepted", "", "letter"),
        ("speaker", "cancelled", "silence", "letter"),
    ]


def test_a_form_that_still_ticks_a_silent_office_is_taken_for_the_others(loaded):
    take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", "x")
    state = loaded.editions.current(people.CAMPAIGN).state("lithuania")
    assert clean(people.typed(loaded, offices=ALL), state).offices == (digests.OFFICE,)
    with pytest.raises(InputRefusedError) as refused:
        clean(people.typed(loaded, offices=SHARED), state)
    assert [(one.field, one.code) for one in refused.value.problems] == [("offices", "E-TARGET")]


def test_an_office_that_takes_letters_again_gets_them(loaded):
    take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", "x")
    take(loaded, people.CAMPAIGN, "LT", "speaker", "letters", "y")
    confirmed(loaded, SHARED)
    people.work(loaded)
    assert len(people.letters(loaded)) == 1


def test_letters_that_wait_travel_as_the_office_takes_them_now(loaded):
    people.sign(loaded, offices=SHARED)
    people.work(loaded)
    people.press(loaded, people.mails(loaded)[0])
    assert take(loaded, people.CAMPAIGN, "LT", "speaker", "digest", "x").letters == 1
    assert statuses(loaded) == [("speaker", "queued", "", "digest")]
    assert take(loaded, people.CAMPAIGN, "LT", "speaker", "letters", "y").letters == 1
    assert statuses(loaded) == [("speaker", "queued", "", "letter")]


def test_an_office_that_comes_to_read_a_silent_mailbox_is_silent_too(loaded):
    confirmed(loaded, ("defence-minister",))
    take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", "x")
    verifying.set_email(loaded, people.CAMPAIGN, "LT", "defence-minister", "priim@lrs.lt", "https://www.lrs.lt/")
    assert verifying.verify(loaded, people.CAMPAIGN, "LT", "defence-minister").released == 0
    state = loaded.editions.current(people.CAMPAIGN).state("lithuania")
    assert state.official("defence-minister").is_silent
    assert hush_all(loaded) == 1
    assert statuses(loaded) == [("defence-minister", "cancelled", "silence", "letter")]


def test_loading_a_folder_keeps_what_offices_asked_for(loaded):
    take(loaded, people.CAMPAIGN, "LT", "speaker", "silence", "x")
    with loaded.writing() as session:
        session.scalars(select(OfficialRow).where(OfficialRow.office == "speaker")).first().retired_at = None
        session.execute(text("UPDATE official SET takes = 'letters' WHERE office = 'foreign-affairs-committee'"))
        session.scalars(select(CampaignRow)).one().revision += 1
        session.commit()
    load(loaded, BUNDLED)
    with loaded.reading() as session:
        found = session.scalars(select(OfficialRow).where(OfficialRow.takes == "silence")).all()
    assert {one.office for one in found} == set(SHARED)
