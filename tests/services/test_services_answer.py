"""What supporters say of their letters, and the one second letter to an office that stayed silent."""

import datetime as dt

import afterwards
import people
import pytest
from sqlalchemy import update

from campaign.errors import TextChangedError, TokenError
from campaign.models.campaign import CampaignRow, OfficialRow
from campaign.models.supporter import SignatureRow
from campaign.outside.mail.mailer import Outcome
from campaign.services import answer as answers
from campaign.services import withdraw
from campaign.services.verify import verify


@pytest.fixture
def token(loaded):
    """The link of a question, with second letters to press for."""
    afterwards.second_letters(loaded, "lt", "en", "nb")
    return afterwards.asked(loaded)


def offered(parts, token, language="en"):
    return [one for one in answers.opened(parts, token, language) if one.second]


def press(parts, token, one):
    return answers.chase(parts, token, one.delivery_id, one.second.digest)


def set_office(parts, delivery_id, **values):
    """Change the office of a letter, as loading or an organiser would."""
    letter = next(one for one in afterwards.letters(parts) if one.id == delivery_id)
    with parts.writing() as session:
        session.execute(update(OfficialRow).where(OfficialRow.id == letter.official_id).values(**values))
        session.execute(update(CampaignRow).values(revision=CampaignRow.revision + 1))
        session.commit()


def test_an_answer_is_noted_with_its_time_and_may_be_changed(loaded, token):
    assert {one.answer for one in answers.opened(loaded, token, "en")} == {""}
    assert afterwards.say(loaded, token, "yes") == len(people.letters(loaded))
    first = {(one.answer, one.answered_at) for one in afterwards.letters(loaded) if one.answer}
    assert first == {("yes", loaded.clock.now())}
    loaded.clock.move(dt.timedelta(days=1))
    afterwards.say(loaded, token, "returned")
    assert {one.answer for one in answers.opened(loaded, token, "en")} == {"returned"}
    assert {one.status for one in afterwards.letters(loaded)} == {"accepted", "held"}


def test_only_letters_that_left_and_had_their_time_are_listed(loaded, token):
    listed = {one.delivery_id for one in answers.opened(loaded, token, "en")}
    assert listed == {one.id for one in afterwards.letters(loaded) if one.status == "accepted"}
    letter = next(one for one in afterwards.letters(loaded) if one.id in listed)
    afterwards.change(loaded, letter, ask_at=loaded.clock.now() + dt.timedelta(days=1))
    assert letter.id not in {one.delivery_id for one in answers.opened(loaded, token, "en")}
    assert answers.answer(loaded, token, {letter.id: "yes"}) == 0


def test_nobody_answers_for_anybody_else(loaded, token):
    other = afterwards.asked(loaded, email="per@example.org")
    theirs = answers.opened(loaded, other, "en")[0]
    assert answers.answer(loaded, token, {theirs.delivery_id: "no"}) == 0
    assert answers.chase(loaded, token, theirs.delivery_id, "") is False


def test_another_link_answers_nothing(loaded, token):
    other = people.token(people.mails(loaded)[-1], "withdraw")
    with pytest.raises(TokenError):
        answers.answer(loaded, other, {})


def test_a_second_letter_is_offered_only_where_no_answer_came(loaded, token):
    assert offered(loaded, token) == []
    afterwards.say(loaded, token, "yes")
    assert offered(loaded, token) == []
    afterwards.say(loaded, token, "no")
    assert len(offered(loaded, token)) == len(people.letters(loaded))


def test_a_letter_without_a_second_one_offers_none(loaded):
    afterwards.second_letters(loaded, "en")
    token = afterwards.asked(loaded)
    afterwards.say(loaded, token, "no")
    assert offered(loaded, token) == []


def test_a_second_letter_leaves_once_as_it_was_shown_and_follows_the_first(loaded, token):
    """P2, P4: a ledger of what was handed over."""
    afterwards.say(loaded, token, "no")
    before = people.letters(loaded)
    one = offered(loaded, token)[0]
    assert [press(loaded, token, one), press(loaded, token, one)] == [True, False]
    people.work(loaded)
    assert press(loaded, token, one) is False
    people.work(loaded)
    (second,) = people.letters(loaded)[len(before) :]
    first = next(mail for mail in before if mail.to_address == second.to_address)
    assert second.text == one.second.sent.text
    assert second.subject == one.second.sent.subject == "A second letter (lt)"
    assert "2026 m. lapkričio 24 d." in second.text
    assert second.text.rstrip().endswith("Norvegija")
    assert (second.in_reply_to, second.message_id != first.message_id) == (first.message_id, True)
    assert (second.reply_to_address, second.from_name) == (first.reply_to_address, first.from_name)
    assert [one.second_status for one in answers.opened(loaded, token, "en")].count("accepted") == 1


def test_a_second_letter_is_shown_beside_it_in_the_readers_language(loaded, token):
    afterwards.say(loaded, token, "no")
    one = offered(loaded, token, "nb")[0]
    assert (one.second.sent.language, one.second.reading.subject) == ("lt", "A second letter (nb)")
    assert offered(loaded, token, "lt")[0].second.reading is None


def test_where_the_readers_language_has_no_second_letter_the_offices_stands_alone(loaded):
    afterwards.second_letters(loaded, "lt")
    token = afterwards.asked(loaded)
    afterwards.say(loaded, token, "no")
    assert offered(loaded, token)[0].second.reading is None


def test_only_what_was_seen_leaves(loaded, token):
    afterwards.say(loaded, token, "no")
    one = offered(loaded, token)[0]
    with pytest.raises(TextChangedError):
        answers.chase(loaded, token, one.delivery_id, "0" * 64)
    afterwards.say(loaded, token, "yes")
    with pytest.raises(TextChangedError):
        press(loaded, token, one)
    assert afterwards.letters(loaded, 2) == []


def test_a_second_letter_is_not_asked_about(loaded, token):
    afterwards.say(loaded, token, "no")
    press(loaded, token, offered(loaded, token)[0])
    people.work(loaded)
    assert [one.ask_at for one in afterwards.letters(loaded, 2)] == [None]
    assert afterwards.later(loaded) == 0
    assert len(afterwards.questions(loaded)) == 1


def test_a_second_letter_waits_where_no_address_is_known_and_leaves_with_one(loaded, token):
    afterwards.say(loaded, token, "no")
    one = next(one for one in offered(loaded, token) if one.offices == ("prime-minister",))
    email = loaded.editions.current(people.CAMPAIGN).state("lithuania").official("prime-minister").email
    set_office(loaded, one.delivery_id, set_email=email, verified_email="")
    one = next(one for one in offered(loaded, token) if one.offices == ("prime-minister",))
    assert (one.second.prospect, press(loaded, token, one)) == ("waits", True)
    assert [two.status for two in afterwards.letters(loaded, 2)] == ["held"]
    assert verify(loaded, people.CAMPAIGN, "lithuania", "prime-minister").released == 1
    people.work(loaded)
    assert [two.status for two in afterwards.letters(loaded, 2)] == ["accepted"]


@pytest.mark.parametrize(
    ("values", "prospect"),
    [({"takes": "silence"}, "silent"), ({"suspended_at": dt.datetime(2026, 12, 1, tzinfo=dt.UTC)}, "suspended")],
)
def test_an_office_that_takes_no_mail_gets_no_second_letter(loaded, token, values, prospect):
    afterwards.say(loaded, token, "no")
    one = offered(loaded, token)[0]
    set_office(loaded, one.delivery_id, **values)
    (now,) = [found for found in offered(loaded, token) if found.delivery_id == one.delivery_id]
    assert (now.second.prospect, now.second.is_offered) == (prospect, False)
    with pytest.raises(TextChangedError):
        press(loaded, token, one)


def test_an_office_that_is_gone_is_offered_no_second_letter(loaded, token):
    afterwards.say(loaded, token, "no")
    one = offered(loaded, token)[0]
    set_office(loaded, one.delivery_id, retired_at=loaded.clock.now())
    assert one.delivery_id not in {found.delivery_id for found in offered(loaded, token)}


def test_a_name_that_is_gone_stands_under_no_second_letter(loaded, token):
    afterwards.say(loaded, token, "no")
    with loaded.writing() as session:
        session.execute(update(SignatureRow).values(name_sealed=None))
        session.commit()
    assert offered(loaded, token) == []


def test_taking_the_signature_back_stops_its_second_letters(loaded, token):
    afterwards.say(loaded, token, "no")
    press(loaded, token, offered(loaded, token)[0])
    receipt = people.mails(loaded)[-1]
    withdraw.withdraw(loaded, people.token(receipt, "withdraw"), [one.id for one in afterwards.signatures(loaded)])
    sent = len(people.letters(loaded))
    people.work(loaded)
    assert len(people.letters(loaded)) == sent
    assert [one.status for one in afterwards.letters(loaded, 2)] == ["cancelled"]
    assert answers.opened(loaded, token, "en") == ()


def test_a_second_letter_that_may_have_left_is_not_sent_again(loaded, token):
    afterwards.say(loaded, token, "no")
    one = offered(loaded, token)[0]
    press(loaded, token, one)
    loaded.mailer.then(Outcome.UNKNOWN)
    people.work(loaded)
    assert press(loaded, token, one) is False
    people.work(loaded)
    assert [two.status for two in afterwards.letters(loaded, 2)] == ["unknown"]
