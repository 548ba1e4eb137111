"""May it leave in these words? Yes lets the letter go so; no, or no answer, stops it; the signature counts on."""

import datetime as dt

import held
import people
import pytest

from campaign.domain import schedule
from campaign.errors import InputRefusedError, TextChangedError, TokenError
from campaign.services import judge, trim
from campaign.services import unsubscribe as unsubscribing
from campaign.services import withdraw as withdrawing
from campaign.services.forget import forget
from campaign.services.verify import set_email, verify

WHO = "somebody"


def asked(parts, shorter=held.SHORTER) -> tuple[str, str]:
    """A signature whose supporter is asked, and the token of the link."""
    signature_id = held.held(parts)
    people.work(parts)
    judge.ask_to_trim(parts, WHO, signature_id, shorter)
    people.work(parts)
    return signature_id, people.token(people.mails(parts)[-1], "trim")


def say(parts, token, *, may_leave):
    return trim.answer(parts, token, trim.opened(parts, token, "en").digest, may_leave=may_leave)


def test_the_mail_asks_with_a_link_and_holds_no_word_of_the_paragraph(loaded):
    asked(loaded)
    mail = people.mails(loaded)[-1]
    assert "may your letter leave in these words?" in mail.subject
    assert "minefield" not in mail.text
    assert "370" not in mail.text
    assert mail.unsubscribe_url


def test_opening_the_link_shows_both_letters_and_changes_nothing(loaded):
    signature_id, token = asked(loaded)
    opened = trim.opened(loaded, token, "en")
    assert opened.stage == "open"
    assert held.PARAGRAPH in opened.before.sent.text
    assert held.PARAGRAPH not in opened.after.sent.text
    assert held.SHORTER in opened.after.sent.text
    assert opened.after.reading.language == "en"
    assert held.row(loaded, signature_id).review == "trimming"


def test_a_yes_lets_the_letters_leave_with_the_shorter_paragraph(loaded):
    signature_id, token = asked(loaded)
    text = trim.opened(loaded, token, "en").after.sent.text
    before = held.row(loaded, signature_id).digest
    assert say(loaded, token, may_leave=True) == "trimmed"
    people.work(loaded)
    letters = people.letters(loaded)
    assert text in {one.text for one in letters}
    assert all(f"\n\n{held.SHORTER}\n\n" in one.text and "370" not in one.text for one in letters)
    row = held.row(loaded, signature_id)
    assert (row.review, row.trim_sealed, row.status) == ("trimmed", None, "confirmed")
    assert row.digest != before
    assert trim.opened(loaded, token, "en").before is None


def test_a_paragraph_may_be_taken_out_altogether(loaded):
    signature_id, token = asked(loaded, "")
    say(loaded, token, may_leave=True)
    people.work(loaded)
    assert people.letters(loaded) != []
    assert all("minefield." not in one.text for one in people.letters(loaded))
    assert held.row(loaded, signature_id).paragraph_sealed is None


def test_a_no_stops_the_letters_and_the_signature_counts(loaded):
    signature_id, token = asked(loaded)
    assert say(loaded, token, may_leave=False) == "refused"
    assert trim.answer(loaded, token, "", may_leave=True) == "refused"
    people.work(loaded)
    assert people.letters(loaded) == []
    figures = held.figures(loaded)
    assert (figures["confirmed"], figures["letters_held"]) == (1, 0)
    assert held.row(loaded, signature_id).trim_sealed is None


def test_fourteen_days_without_an_answer_are_a_no(loaded):
    signature_id, token = asked(loaded)
    loaded.clock.move(schedule.TRIM_LIFE - dt.timedelta(hours=1))
    assert trim.end_trims(loaded) == 0
    assert trim.opened(loaded, token, "en").stage == "open"
    loaded.clock.move(dt.timedelta(hours=2))
    assert trim.opened(loaded, token, "en").stage == "over"
    assert trim.answer(loaded, token, "", may_leave=True) == "over"
    assert trim.end_trims(loaded) == 1
    assert trim.end_trims(loaded) == 0
    assert held.row(loaded, signature_id).review == "refused"
    people.work(loaded)
    assert people.letters(loaded) == []
    assert held.figures(loaded)["confirmed"] == 1


def test_a_yes_is_for_what_was_shown(loaded):
    signature_id, token = asked(loaded)
    with pytest.raises(TextChangedError):
        trim.answer(loaded, token, "another text", may_leave=True)
    assert held.row(loaded, signature_id).review == "trimming"


def test_an_office_verified_meanwhile_gets_nothing_before_the_answer(loaded):
    _, token = asked(loaded)
    set_email(loaded, people.CAMPAIGN, "LT", "president", "office@example.lt", "https://example.lt")
    assert verify(loaded, people.CAMPAIGN, "LT", "president").released == 0
    say(loaded, token, may_leave=True)
    people.work(loaded)
    assert "office@example.lt" in {one.to_address for one in people.letters(loaded)}


def test_what_was_taken_back_cannot_be_let_go(loaded):
    signature_id, token = asked(loaded)
    withdrawing.withdraw(loaded, people.token(people.mails(loaded)[-1], "withdraw"), [signature_id])
    assert trim.opened(loaded, token, "en").stage == "over"
    assert trim.answer(loaded, token, "", may_leave=True) == "over"


def test_a_link_of_another_purpose_opens_nothing(loaded):
    asked(loaded)
    mail = people.mails(loaded)[-1]
    for other in (people.token(mail, "withdraw"), people.token(mail, "unsubscribe"), "nothing"):
        with pytest.raises(TokenError):
            trim.opened(loaded, other, "en")
    with pytest.raises(TokenError):
        withdrawing.opened(loaded, people.token(mail, "trim"))


@pytest.mark.parametrize(
    ("shorter", "code"),
    [
        (held.PARAGRAPH, "E-TRIM-SAME"),
        (f"  {held.PARAGRAPH}\n", "E-TRIM-SAME"),
        ("I grew up near a lovely minefield.", "E-TRIM-ADDS"),
        ("minefield I grew up near", "E-TRIM-ADDS"),
    ],
)
def test_words_can_be_taken_out_only(loaded, shorter, code):
    signature_id = held.held(loaded)
    with pytest.raises(InputRefusedError) as refused:
        judge.ask_to_trim(loaded, WHO, signature_id, shorter)
    assert [one.code for one in refused.value.problems] == [code]
    assert held.row(loaded, signature_id).review == "held"


def test_who_wants_no_mail_cannot_be_asked(loaded):
    signature_id = held.held(loaded)
    people.work(loaded)
    unsubscribing.unsubscribe(loaded, people.token(people.mails(loaded)[-1], "unsubscribe"))
    with pytest.raises(InputRefusedError):
        judge.ask_to_trim(loaded, WHO, signature_id, held.SHORTER)
    assert held.row(loaded, signature_id).review == "held"


def test_both_texts_are_forgotten_thirty_days_after_the_last_letter_and_not_while_they_wait(loaded):
    waiting = held.held(loaded, "estonia", email="kari@example.org")
    signature_id, _ = asked(loaded)
    loaded.clock.move(schedule.TRIM_LIFE + dt.timedelta(hours=1))
    trim.end_trims(loaded)
    loaded.clock.move(schedule.PARAGRAPH_LIFE - dt.timedelta(hours=1))
    forget(loaded)
    assert held.row(loaded, signature_id).paragraph_sealed is not None
    loaded.clock.move(dt.timedelta(hours=2))
    forget(loaded)
    row = held.row(loaded, signature_id)
    assert (row.paragraph_sealed, row.trim_sealed) == (None, None)
    assert held.row(loaded, waiting).paragraph_sealed is not None
