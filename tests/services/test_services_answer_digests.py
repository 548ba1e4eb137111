"""A letter that left in a digest is asked about as others are, and its second letter goes the way the office takes."""

import afterwards
import digests
import people
import pytest

from campaign.services import answer as answers
from campaign.services import reckon


@pytest.fixture
def token(loaded):
    """The link of a question about a letter that left in a digest."""
    afterwards.second_letters(loaded, "lt")
    digests.let_take(loaded)
    digests.write(loaded, 1)
    people.work(loaded)
    digests.gather(loaded)
    afterwards.later(loaded)
    return people.token(afterwards.questions(loaded, "person1@example.org")[-1], "answers")


def test_a_letter_in_a_digest_is_asked_about_as_others_are(loaded, token):
    (letter,) = afterwards.letters(loaded)
    assert (letter.way, letter.status) == ("digest", "accepted")
    assert letter.ask_at - letter.finished_at == letter.answer_days * afterwards.MONTH / 30
    (one,) = answers.opened(loaded, token, "en")
    assert one.left_at == letter.finished_at


def test_its_second_letter_travels_in_a_digest_too(loaded, token):
    afterwards.say(loaded, token, "no")
    (one,) = answers.opened(loaded, token, "en")
    assert answers.chase(loaded, token, one.delivery_id, one.second.digest)
    people.work(loaded)
    assert [second.status for second in afterwards.letters(loaded, 2)] == ["queued"]
    digests.gather(loaded)
    assert [second.status for second in afterwards.letters(loaded, 2)] == ["accepted"]
    mails = people.letters(loaded)
    assert mails == digests.digests(loaded)
    cells = digests.rows(mails[-1].attachments[1].content)[0].values()
    assert {one.second.sent.subject, one.second.sent.text} <= set(cells)
    figures = reckon.by_office(loaded, loaded.editions.current(people.CAMPAIGN))["states"]["LT"]["prime-minister"]
    assert (figures["sent"], figures["in_digests"], figures["second_letters"]) == (2, 2, 1)


def test_where_the_office_takes_single_letters_again_the_second_follows_the_digest(loaded, token):
    afterwards.say(loaded, token, "no")
    digests.let_take(loaded, "letters")
    (one,) = answers.opened(loaded, token, "en")
    answers.chase(loaded, token, one.delivery_id, one.second.digest)
    people.work(loaded)
    first, second = people.letters(loaded)
    assert [first] == digests.digests(loaded)
    assert (second.in_reply_to, second.text) == (first.message_id, one.second.sent.text)
