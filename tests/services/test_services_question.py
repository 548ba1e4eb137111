"""One question to a press, once the offices have had their time; none to whoever took it back or wants no mail."""

import datetime as dt

import afterwards
import people
import pytest
from sqlalchemy import update

from campaign.models.supporter import SupporterRow
from campaign.outside.mail.mailer import Outcome
from campaign.services import unsubscribe, withdraw
from campaign.services.question import question

DAY = dt.timedelta(days=1)


def test_a_letter_is_asked_about_as_many_days_after_it_left_as_its_office_has(loaded):
    people.confirmed(loaded)
    loaded.clock.move(dt.timedelta(hours=3))
    people.work(loaded)
    state = loaded.editions.current(people.CAMPAIGN).state("lithuania")
    left = [one for one in afterwards.letters(loaded) if one.status == "accepted"]
    assert len(left) == len(people.letters(loaded)) > 1
    terms = {one.official_id: one.ask_at - one.finished_at for one in left}
    assert terms[state.official("prime-minister").id] == 20 * DAY
    assert terms[state.official("speaker").id] == 30 * DAY


def test_offices_that_share_a_mailbox_have_the_longest_of_their_terms(loaded):
    people.confirmed(loaded)
    shared = [one for one in afterwards.letters(loaded) if len(one.offices) > 1]
    assert [(one.offices, one.answer_days) for one in shared] == [(("speaker", "foreign-affairs-committee"), 30)]


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.REFUSED])
def test_a_letter_that_may_not_have_left_is_not_asked_about(loaded, outcome):
    people.confirmed(loaded)
    loaded.mailer.then(*[outcome] * 20)
    people.work(loaded)
    assert {one.ask_at for one in afterwards.letters(loaded)} == {None}
    assert afterwards.later(loaded) == 0


def test_nobody_is_asked_before_the_last_term_is_over_and_then_once(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    assert afterwards.later(loaded, 29 * DAY) == 0
    assert afterwards.later(loaded, DAY) == 1
    assert afterwards.later(loaded, DAY) == 0
    (mail,) = afterwards.questions(loaded)
    assert "- Lithuania\n" in mail.text
    assert mail.unsubscribe_url.endswith(f"/{people.token(mail, 'unsubscribe')}/")
    assert {one.asked_at for one in afterwards.letters(loaded)} == {loaded.clock.now() - DAY}


def test_letters_confirmed_by_one_press_are_asked_about_together(loaded):
    people.sign(loaded, "lithuania")
    people.sign(loaded, "latvia")
    people.work(loaded)
    assert people.press(loaded, people.mails(loaded)[-1]) == 2
    people.work(loaded)
    assert afterwards.later(loaded) == 1
    (mail,) = afterwards.questions(loaded)
    assert "- Lithuania\n- Latvia\n" in mail.text


def test_letters_confirmed_by_two_presses_are_asked_about_apart(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    loaded.clock.move(DAY)
    people.confirmed(loaded, "latvia")
    people.work(loaded)
    assert afterwards.later(loaded, 29 * DAY) == 1
    assert afterwards.later(loaded, DAY) == 1
    assert ["Latvia" in one.text for one in afterwards.questions(loaded)] == [False, True]


def test_a_letter_in_the_queue_is_waited_for_and_one_without_an_address_is_not(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    held, *_ = [one for one in afterwards.letters(loaded) if one.status == "held"]
    left, *_ = [one for one in afterwards.letters(loaded) if one.status == "accepted"]
    afterwards.change(loaded, left, status="queued", ask_at=None, due_at=loaded.clock.now() + 40 * DAY)
    assert afterwards.later(loaded) == 0
    assert afterwards.later(loaded, 10 * DAY) == 0  # it leaves only now
    assert afterwards.later(loaded) == 1
    afterwards.change(loaded, held, status="accepted", ask_at=loaded.clock.now() + DAY)
    assert afterwards.later(loaded) == 0


def test_a_signature_taken_back_is_not_asked_about(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    receipt = people.mails(loaded)[-1]
    withdraw.withdraw(loaded, people.token(receipt, "withdraw"), [one.id for one in afterwards.signatures(loaded)])
    assert afterwards.later(loaded) == 0


def test_a_question_about_to_leave_stays_when_the_signature_is_taken_back(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    receipt = people.mails(loaded)[-1]
    loaded.clock.move(afterwards.MONTH)
    assert question(loaded) == 1
    withdraw.withdraw(loaded, people.token(receipt, "withdraw"), [one.id for one in afterwards.signatures(loaded)])
    people.work(loaded)
    assert afterwards.questions(loaded) == []


def test_who_wants_no_mail_is_not_asked_and_not_looked_at_again(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    unsubscribe.unsubscribe(loaded, people.token(people.mails(loaded)[0], "unsubscribe"))
    assert afterwards.later(loaded) == 0
    assert {(one.ask_at, one.asked_at) for one in afterwards.letters(loaded)} == {(None, None)}


def test_made_up_supporters_are_not_asked(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    with loaded.writing() as session:
        session.execute(update(SupporterRow).values(is_demo=True))
        session.commit()
    assert afterwards.later(loaded) == 0
