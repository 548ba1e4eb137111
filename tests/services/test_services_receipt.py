"""The mail after the press: every letter whole as it was signed, where it is, and what was agreed to."""

import datetime as dt
import html
import re

import html5lib
import people
import pytest
from markupsafe import escape
from sqlalchemy import text

from campaign.domain import schedule
from campaign.outside.mail.message import ready
from campaign.services.confirm import confirm, opened
from campaign.services.withdraw import opened as withdrawable
from campaign.services.withdraw import withdraw

OWN = "I grew up near Kirkenes.\nNobody there asks for mines back."


def receipt(parts):
    """Let letters leave, then the receipt, and read that."""
    people.work(parts)
    parts.clock.move(schedule.RECEIPT_WAIT)
    people.work(parts)
    return people.mails(parts)[-1]


def plain(message):
    """All words of a text, parted by single spaces."""
    return " ".join(message.text.split())


def parts_of(letter):
    """A letter as it left, cut into how it opens and all the rest."""
    addressees, salutation, rest = letter.text.split("\n\n", 2)
    return (addressees, salutation), rest.strip()


def test_the_receipt_lets_letters_leave_first_and_then_says_when_they_left(loaded):
    people.confirmed(loaded, "latvia")
    people.work(loaded)
    sent = people.letters(loaded)
    assert len(sent) > 0
    assert len(people.mails(loaded)) == 1
    loaded.clock.move(schedule.RECEIPT_WAIT - dt.timedelta(seconds=1))
    people.work(loaded)
    assert len(people.mails(loaded)) == 1
    loaded.clock.move(dt.timedelta(seconds=1))
    people.work(loaded)
    words = plain(people.mails(loaded)[-1])
    assert words.count("Has left. At 09:00 UTC on 24 November 2026.") == len(sent)
    assert "Permanent Mission of Latvia in Geneva: Waits for a checked address" in words


def test_a_letter_that_waits_its_turn_says_when_it_goes(loaded):
    people.confirmed(loaded, offices=("prime-minister",))
    loaded.clock.move(schedule.RECEIPT_WAIT)
    people.work(loaded)  # mails leave before letters
    words = plain(people.mails(loaded)[-1])
    assert "Prime Minister of Lithuania: Waiting its turn. Leaves at about 09:00 UTC on 24 November 2026." in words


@pytest.mark.parametrize("state", ["lithuania", "latvia", "finland"])
def test_every_letter_stands_in_it_as_it_left(loaded, state):
    people.confirmed(loaded, state, paragraph=OWN)
    mail = receipt(loaded)
    letters = people.letters(loaded)
    assert len(letters) > 0
    for one in letters:
        opening, rest = parts_of(one)
        assert one.subject in mail.text
        assert rest in mail.text
        assert OWN in rest
        assert all(part in mail.text for part in opening)


def test_a_text_that_several_mailboxes_get_stands_once(loaded):
    """In Latvia's letter in English all but the opening and a paragraph for each kind of office is the same."""
    people.confirmed(loaded, "latvia", letter_language="en", paragraph=OWN)
    mail = receipt(loaded)
    texts = re.findall(r"^-{40}\n(.*?)\n-{40}$", mail.text, re.MULTILINE | re.DOTALL)
    bodies = [one.split("\n\n", 2)[2] for one in texts if OWN in one]
    assert len(bodies) == len(set(bodies)) > 1
    assert mail.text.count(OWN) == len(bodies)


def test_the_html_says_the_same_and_marks_languages_and_what_is_ones_own(loaded):
    people.confirmed(loaded, paragraph=OWN)
    mail = receipt(loaded)
    root = html5lib.HTMLParser(strict=True).parse(mail.html)
    quotes = [one for one in root.iter() if one.tag.endswith("blockquote")]
    assert {one.get("lang") for one in quotes} == {"lt"}
    own = [one for one in root.iter() if one.get("class") == "mine" and one.get("dir") == "auto"]
    assert len(own) == mail.text.count(OWN)
    assert all("".join(one.itertext()) == OWN.replace("\n", "") for one in own)
    shown = html.unescape(re.sub(r"<[^>]+>", "", mail.html))
    for letter in people.letters(loaded):
        for line in letter.text.splitlines():
            assert line.removeprefix("- ") in shown


def test_what_was_typed_is_only_text(loaded):
    hostile = "<b>{{ 7*7 }}</b> %(name)s & {% raw %}"
    people.confirmed(loaded, paragraph=hostile)
    mail = receipt(loaded)
    assert hostile in mail.text
    assert str(escape(hostile)) in mail.html
    assert "<b>" not in mail.html


@pytest.mark.parametrize(
    ("shown", "answers", "name", "goes"),
    [
        ("name", "mine", "Ona Nordmann", "Answers go to your own address."),
        ("short", "mine", "Ona N", "Answers go to your own address."),
        ("country", "campaign", "Norvegija", "Answers go to the campaign."),
    ],
)
def test_what_was_ticked_stands_in_it(loaded, shown, answers, name, goes):
    people.confirmed(loaded, shown=shown, short_name="Ona N", answers=answers)
    mail = receipt(loaded)
    assert re.search(rf"^Shown under it: .*{name}", mail.text, re.MULTILINE)
    assert goes in mail.text
    assert ("Nordmann" in mail.text) == (shown == "name")
    assert "ona@example.org" not in mail.text


def test_what_was_agreed_to_stands_in_it_with_its_day_in_the_language_it_was_shown_in(loaded):
    people.sign(loaded, language="fi")
    people.work(loaded)
    loaded.clock.move(dt.timedelta(days=3))
    people.press(loaded, people.mails(loaded)[-1], "fi")
    mail = receipt(loaded)
    state = loaded.editions.current(people.CAMPAIGN).state("lithuania")
    (required,) = [one for one in state.consents_in("fi") if one.is_required]
    others = [one for one in state.consents_in("fi") if not one.is_required]
    assert " ".join(required.text.split()) in plain(mail)
    assert all(" ".join(one.text.split()) not in plain(mail) for one in others)
    assert "24. marraskuuta 2026" in plain(mail)
    assert "/withdraw/" in mail.text


def test_what_was_taken_back_before_it_leaves_is_not_told_as_sent(loaded):
    people.sign(loaded, "latvia", paragraph=OWN)
    people.sign(loaded, "lithuania", paragraph=OWN)
    people.work(loaded)
    mail = people.mails(loaded)[-1]
    people.press(loaded, mail)
    token = people.token(mail, "withdraw")
    taken = {one.state.state.code: one.signature_id for one in withdrawable(loaded, token).signatures}
    withdraw(loaded, token, {taken["LV"]})
    words = [one for one in (receipt(loaded), *people.mails(loaded)) if "You confirmed" in plain(one)]
    assert "You confirmed a letter" in plain(words[0])
    assert "Latvia" not in words[0].text
    assert "Lithuania: your letter" in words[0].text


def test_of_a_press_that_was_taken_back_whole_no_receipt_leaves(loaded):
    people.confirmed(loaded)
    token = people.token(people.mails(loaded)[-1], "withdraw")
    withdraw(loaded, token, {one.signature_id for one in withdrawable(loaded, token).signatures})
    receipt(loaded)
    with loaded.reading() as session:
        found = session.execute(text("SELECT kind, status FROM mail")).all()
    assert {one.kind: one.status for one in found} == {
        "confirm": "accepted",
        "receipt": "cancelled",
        "withdrawn": "accepted",
    }


def test_a_receipt_tells_what_its_own_press_confirmed(loaded):
    people.sign(loaded, "latvia")
    people.sign(loaded, "lithuania", paragraph=OWN)
    people.work(loaded)
    mail = people.mails(loaded)[-1]
    [chosen] = [one for one in opened(loaded, people.token(mail), "en").pending if one.state.state.code == "LV"]
    confirm(loaded, people.token(mail), {chosen.signature_id: chosen.digest})
    told = receipt(loaded)
    assert "Latvia: your letter" in told.text
    assert "Lithuania" not in told.text
    assert "Kirkenes" not in told.text


def test_a_letter_that_waits_for_a_digest_says_so(loaded):
    people.confirmed(loaded, offices=("prime-minister",))
    with loaded.writing() as session:
        session.execute(text("UPDATE delivery SET way = 'digest', due_at = '2027-01-01 00:00:00'"))
        session.commit()
    words = plain(receipt(loaded))
    assert words.count("Prime Minister of Lithuania: In the next mail with many letters") == 2


def test_five_states_and_all_their_offices_with_the_longest_words_are_one_legal_mail(loaded):
    longest = "ąčęėįšųū — " * 180
    for state in ("lithuania", "latvia", "poland", "estonia", "finland"):
        people.sign(loaded, state, paragraph=longest, city="Š" * 100, shown="short", short_name="Š" * 100)
    people.work(loaded)
    people.press(loaded, people.mails(loaded)[-1])
    mail = receipt(loaded)
    assert len(ready(mail)) < 2_000_000
    assert all(
        f"{state}: your letter" in mail.text for state in ("Lithuania", "Latvia", "Poland", "Estonia", "Finland")
    )
