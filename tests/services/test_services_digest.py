"""Many letters to one mailbox in one mail: which go in, when it is opened, and what becomes of all that are in it."""

import datetime as dt
from dataclasses import replace

import digests
import people
import pytest
from sqlalchemy import text

from campaign.domain.schedule import LEAST_TRIES
from campaign.jobs.chores import Round, chores
from campaign.models.delivery import DeliveryRow, DigestRow
from campaign.outside.mail.fake import Scripted
from campaign.outside.mail.mailer import Outcome
from campaign.services import claim as claiming
from campaign.services.digest import open_digests

DAY = dt.timedelta(days=1)


def ways(parts):
    """How many letters stand in which status and travel which way."""
    asked = "SELECT status, way, count(*) FROM delivery GROUP BY status, way"
    with parts.reading() as session:
        return {(status, way): count for status, way, count in session.execute(text(asked))}


def standing(parts, table="digest"):
    """The statuses of a table's rows, the oldest first."""
    with parts.reading() as session:
        return list(session.scalars(text(f"SELECT status FROM {table} ORDER BY created_at, id")))  # noqa: S608  a test's own word


def in_digests(parts):
    with parts.reading() as session:
        return session.scalar(text("SELECT count(*) FROM delivery WHERE digest_id IS NOT NULL"))


@pytest.fixture
def gathered(loaded):
    """Parts with three letters that wait for a digest."""
    digests.let_take(loaded)
    for number in range(3):
        digests.write(loaded, number)
    loaded.clock.move(dt.timedelta(minutes=1))
    people.work(loaded)
    return loaded


def test_letters_to_an_office_that_takes_digests_wait_for_one(gathered):
    assert people.letters(gathered) == []
    assert ways(gathered) == {("queued", "digest"): 3}


def test_a_digest_has_all_letters_that_wait_and_each_has_left_with_it(gathered):
    assert digests.gather(gathered) == 1
    [mail] = digests.digests(gathered)
    assert digests.names(mail) == ["Ona Nr0", "Ona Nr1", "Ona Nr2"]
    assert ways(gathered) == {("accepted", "digest"): 3}
    assert standing(gathered) == ["accepted"]
    assert in_digests(gathered) == 3


def test_a_digest_is_from_the_campaign_to_one_mailbox_in_the_letters_language(gathered):
    digests.gather(gathered)
    [mail] = digests.digests(gathered)
    settings = gathered.settings
    assert mail.from_address == mail.reply_to_address == settings.mail_from
    assert mail.envelope_from.startswith(settings.mail_from.partition("@")[0] + "+d")
    assert mail.from_name == gathered.editions.current(people.CAMPAIGN).cause.name["lt"]
    assert mail.language == "lt"
    assert mail.unsubscribe_url == mail.html == ""
    assert not mail.is_automatic
    assert [one.name for one in mail.attachments] == ["lithuania-2026-11-24-lt.pdf", "lithuania-2026-11-24-lt.csv"]
    assert gathered.editions.current(people.CAMPAIGN).cause.contact in mail.text


def test_a_second_one_is_opened_a_day_later_and_not_before(gathered):
    assert digests.gather(gathered) == 1
    digests.write(gathered, 3)
    gathered.clock.move(DAY - dt.timedelta(minutes=1))
    assert digests.gather(gathered) == 0
    gathered.clock.move(dt.timedelta(minutes=1))
    assert digests.gather(gathered) == 1
    assert digests.gather(gathered) == 0
    assert [digests.names(one) for one in digests.digests(gathered)][1:] == [["Ona Nr3"]]


def test_nothing_is_opened_where_nothing_waits(loaded):
    digests.let_take(loaded)
    assert digests.gather(loaded) == 0


def test_each_language_has_a_digest_of_its_own(gathered):
    digests.write(gathered, 3, letter_language="en")
    assert digests.gather(gathered) == 2
    found = {one.language: digests.names(one) for one in digests.digests(gathered)}
    assert found == {"lt": ["Ona Nr0", "Ona Nr1", "Ona Nr2"], "en": ["Ona Nr3"]}
    english = next(one for one in digests.digests(gathered) if one.language == "en")
    assert english.subject.startswith("1 letter to you")
    assert list(digests.rows(english.attachments[1].content)[0]) == [
        "Number", "Name", "Place", "Country", "Day", "Subject", "Letter", "Answers to",
    ]  # fmt: skip


def test_a_letter_taken_back_before_is_not_in_it(gathered):
    digests.take_back(gathered, "person1@example.org")
    digests.gather(gathered)
    [mail] = digests.digests(gathered)
    assert digests.names(mail) == ["Ona Nr0", "Ona Nr2"]


def test_a_letter_taken_back_while_its_digest_is_in_hand_is_not_in_it(gathered):
    """Written with three, and one is stopped before DATA: all is written anew without it."""
    assert open_digests(gathered) == 1

    def hand_over(message, before_data):
        if not digests.digests(gathered) and message.attachments and len(gathered.mailer.handed) == handed:
            digests.take_back(gathered, "person1@example.org")
        return inner(message, before_data)

    handed, inner = len(gathered.mailer.handed), gathered.mailer.hand_over
    gathered.mailer.hand_over = hand_over
    people.work(gathered)
    assert digests.digests(gathered) == []
    assert ways(gathered) == {("queued", "digest"): 2, ("cancelled", "digest"): 1}
    gathered.clock.move(claiming.REWRITE_AFTER)
    people.work(gathered)
    [mail] = digests.digests(gathered)
    assert digests.names(mail) == ["Ona Nr0", "Ona Nr2"]
    assert standing(gathered) == ["accepted"]


def test_a_digest_of_which_all_was_taken_back_never_leaves_and_holds_up_no_other(gathered):
    open_digests(gathered)
    for number in range(3):
        digests.take_back(gathered, f"person{number}@example.org")
    people.work(gathered)
    assert (digests.digests(gathered), standing(gathered)) == ([], ["cancelled"])
    digests.write(gathered, 3)
    assert digests.gather(gathered) == 1


def test_a_letter_that_is_not_the_one_pressed_for_is_blocked_alone(gathered):
    with gathered.writing() as session:
        session.execute(text("UPDATE delivery SET text_digest = 'x' WHERE id = (SELECT min(id) FROM delivery)"))
        session.commit()
    digests.gather(gathered)
    [mail] = digests.digests(gathered)
    assert len(digests.names(mail)) == 2
    assert ways(gathered) == {("accepted", "digest"): 2, ("blocked", "digest"): 1}


@pytest.mark.parametrize(
    ("end", "letters", "digest"),
    [
        (Scripted(Outcome.REFUSED, "550 BODY"), "refused", "refused"),
        (Scripted(Outcome.REFUSED, "550 BODY", is_after_data=True), "refused", "refused"),
        (Outcome.UNKNOWN, "unknown", "unknown"),
        (Outcome.TEMPORARY, "queued", "queued"),
        (Scripted(Outcome.TEMPORARY, is_after_data=True), "queued", "queued"),
        (Outcome.UNREACHABLE, "queued", "queued"),
        (Outcome.BLOCKED, "queued", "blocked"),
    ],
)
def test_letters_come_to_what_their_digest_came_to(gathered, end, letters, digest):
    """One that could not be sent at all leaves its letters for the next: they are not at fault."""
    gathered.mailer.then(end)
    digests.gather(gathered)
    assert ways(gathered) == {(letters, "digest"): 3}
    assert standing(gathered) == [digest]
    assert in_digests(gathered) == (0 if letters == "queued" else 3)


def test_a_digest_put_off_is_tried_again_with_what_came_meanwhile(gathered):
    gathered.mailer.then(Outcome.TEMPORARY)
    digests.gather(gathered)
    digests.write(gathered, 3)
    gathered.clock.move(dt.timedelta(minutes=2))
    people.work(gathered)
    [mail] = digests.digests(gathered)
    assert len(digests.names(mail)) == 4
    assert len({one.message_id for one in gathered.mailer.handed if one.attachments}) == 1


def test_an_uncertain_digest_is_never_sent_again_by_machine(gathered):
    gathered.mailer.then(Outcome.UNKNOWN)
    digests.gather(gathered)
    gathered.clock.move(4 * DAY)
    claiming.recover(gathered)
    assert digests.gather(gathered) == 0
    assert digests.digests(gathered) == []


def test_a_digest_given_up_is_refused_with_all_its_letters(gathered):
    gathered.mailer.then(*[Outcome.TEMPORARY] * LEAST_TRIES)
    digests.gather(gathered)
    for _ in range(LEAST_TRIES - 1):
        assert ways(gathered) == {("queued", "digest"): 3}
        gathered.clock.move(DAY)
        people.work(gathered)
    assert ways(gathered) == {("refused", "digest"): 3}


def test_a_worker_that_died_with_a_digest_in_hand_lets_it_go(gathered):
    open_digests(gathered)
    row = claiming.claim(gathered, DigestRow)
    assert ways(gathered) == {("claimed", "digest"): 3}
    claiming.hold(gathered, row)
    gathered.clock.move(dt.timedelta(seconds=gathered.settings.lease_seconds + 1))
    assert claiming.recover(gathered) == 1
    assert ways(gathered) == {("queued", "digest"): 3}
    assert in_digests(gathered) == 0
    people.work(gathered)
    assert ways(gathered) == {("accepted", "digest"): 3}


def test_a_beating_heart_keeps_the_lease_of_all(gathered):
    open_digests(gathered)
    row = claiming.claim(gathered, DigestRow)
    for _ in range(3):
        gathered.clock.move(dt.timedelta(seconds=gathered.settings.lease_seconds - 1))
        claiming.hold(gathered, row)
        assert claiming.recover(gathered) == 0
    with gathered.reading() as session:
        leases = session.query(DeliveryRow.lease_until).all()
    assert {one for (one,) in leases} == {gathered.clock.now() + dt.timedelta(seconds=gathered.settings.lease_seconds)}


def test_at_most_two_hundred_go_in_one_the_oldest_first_and_the_rest_an_hour_later(gathered):
    """Beyond a full one nobody waits another day; whoever wrote first is in the first."""
    digests.more(gathered, 204)
    assert digests.gather(gathered) == 1
    assert digests.gather(gathered) == 0
    gathered.clock.move(dt.timedelta(hours=1))
    assert digests.gather(gathered) == 1
    first, second = digests.digests(gathered)
    assert (len(digests.names(first)), len(digests.names(second))) == (200, 7)
    assert "Ona Nr2" in digests.names(first)
    gathered.clock.move(dt.timedelta(hours=1))
    digests.write(gathered, 9)
    assert digests.gather(gathered) == 0


def test_a_digest_is_one_mail_in_the_hours_fill(gathered):
    parts = replace(gathered, settings=replace(gathered.settings, letters_per_hour=2))
    digests.gather(parts)
    for number in (3, 4):
        _alone(parts, number)
    people.work(parts)
    assert len(people.letters(parts)) == 2
    assert ways(parts) == {("accepted", "digest"): 3, ("accepted", "letter"): 1, ("queued", "letter"): 1}
    parts.clock.move(dt.timedelta(hours=1))
    people.work(parts)
    assert ways(parts)["accepted", "letter"] == 2


def _alone(parts, number):
    """Let a letter wait for a turn of its own, as those do whose worker had them in hand when the office asked."""
    digests.write(parts, number)
    with parts.writing() as session:
        session.execute(text("UPDATE delivery SET way = 'letter' WHERE status = 'queued'"))
        session.commit()


def test_the_worker_opens_digests_by_itself(gathered):
    Round(gathered, chores(gathered.settings.lease_seconds)).go()
    people.work(gathered)
    assert len(digests.digests(gathered)) == 1
