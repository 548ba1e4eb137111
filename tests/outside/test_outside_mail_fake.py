"""The fake mailer keeps to what a mailer promises."""

import pytest
from mails import LETTER, go, letter

from campaign.outside.mail.fake import FakeMailer, Scripted
from campaign.outside.mail.mailer import Handover, Outcome


def test_without_a_script_everything_is_accepted():
    mailer = FakeMailer()
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.ACCEPTED)
    assert mailer.accepted == mailer.in_data == mailer.handed == [LETTER]


def test_a_script_is_followed_in_its_order():
    mailer = FakeMailer(Outcome.TEMPORARY, Scripted(Outcome.REFUSED, "550 RCPT"))
    mailer.then(Outcome.UNKNOWN)
    outcomes = [mailer.hand_over(LETTER, go) for _ in range(4)]
    assert outcomes == mailer.outcomes
    assert [one.outcome.value for one in outcomes] == ["temporary", "refused", "unknown", "accepted"]
    assert outcomes[1].reason == "550 RCPT"
    assert (len(mailer.in_data), len(mailer.accepted)) == (2, 1)


@pytest.mark.parametrize("outcome", [Outcome.TEMPORARY, Outcome.REFUSED, Outcome.UNREACHABLE])
def test_a_no_asks_for_data_only_where_the_script_says_so(outcome):
    asked = []
    mailer = FakeMailer(outcome, Scripted(outcome, is_after_data=True))
    mailer.hand_over(LETTER, lambda: not asked.append(1))
    assert asked == []
    mailer.hand_over(LETTER, lambda: not asked.append(1))
    assert asked == [1]


def test_a_lost_claim_sends_nothing():
    mailer = FakeMailer()
    assert mailer.hand_over(LETTER, lambda: False) == Handover(Outcome.ABANDONED)
    assert mailer.in_data == []


def test_what_the_guard_would_stop_is_stopped_and_uses_up_no_script():
    mailer = FakeMailer(Outcome.UNKNOWN)
    assert mailer.hand_over(letter(subject="a\r\nb"), go) == Handover(Outcome.BLOCKED, "Subject")
    assert mailer.hand_over(LETTER, go).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("is_after_data", [False, True])
def test_a_death_can_be_scripted_before_and_after_data(is_after_data):
    mailer = FakeMailer(Scripted(error=KeyboardInterrupt(), is_after_data=is_after_data))
    with pytest.raises(KeyboardInterrupt):
        mailer.hand_over(LETTER, go)
    assert bool(mailer.in_data) == is_after_data
    assert mailer.accepted == []


def test_it_notes_that_it_was_closed():
    mailer = FakeMailer()
    mailer.close()
    assert mailer.is_closed
