"""What supporters are told before they sign: which letters travel many together, and which offices want none."""

from dataclasses import replace

import digests
import people
import pytest
from conftest import client_of
from page import Page, text_of, visit
from person import STATE, Person

from campaign.domain.schedule import RECEIPT_WAIT

ASKED = "It asked for one mail a day with many letters in it"
QUEUE = "Many letters wait for it"
SEIMAS = ("speaker", "foreign-affairs-committee")


def hint(page, office):
    """What stands beside the box of an office."""
    box = page.by_id(f"office-{office}")
    return " ".join(text_of(page.by_id(one)) for one in box.get("aria-describedby", "").split())


def boxes(page):
    return {name.removeprefix("office-") for name in page.form("sign").fields if name.startswith("office-")}


def test_where_letters_leave_one_by_one_nothing_is_told(client):
    page = visit(client, STATE)
    assert ASKED not in page.text
    assert QUEUE not in page.text
    assert "Asked not to be written to" not in page.text


def test_beside_an_office_that_takes_digests_stands_how_its_letter_travels(loaded, client):
    digests.let_take(loaded, office="speaker")
    page = visit(client, STATE)
    assert [ASKED in hint(page, office) for office in (*SEIMAS, digests.OFFICE)] == [True, True, False]


def test_a_long_queue_is_told_beside_the_office_it_is_before(loaded):
    parts = replace(loaded, settings=replace(loaded.settings, letters_per_hour=1))
    digests.write(parts, 0)
    digests.more(parts, 51)
    page = visit(client_of(parts), STATE)
    assert [QUEUE in hint(page, office) for office in (digests.OFFICE, *SEIMAS)] == [True, False, False]


@pytest.mark.parametrize("language", ["en", "lt", "fi"])
def test_a_silent_office_is_not_offered_and_the_page_says_so(loaded, client, language):
    digests.let_take(loaded, "silence", "speaker")
    page = visit(client, f"/{language}/keep-the-ban/lithuania/")
    assert boxes(page).isdisjoint(SEIMAS)
    assert digests.OFFICE in boxes(page)
    named = loaded.words.text(language, "sign.offices.silent", offices="|").partition("|")[0]
    assert named.strip() in page.text


def test_a_page_that_was_open_before_is_taken_for_the_other_offices(loaded, client):
    ona = Person(loaded, client)
    typed = ona.filled()
    digests.let_take(loaded, "silence", "speaker")
    assert client.post(STATE, data=typed).status_code == 303
    people.work(loaded)
    people.press(loaded, people.mails(loaded)[-1])
    people.work(loaded)
    assert {one.to_address for one in people.letters(loaded)} == {"LRVkanceliarija@lrv.lt"}


def test_a_page_on_which_only_silent_offices_are_ticked_comes_back(loaded, client):
    ona = Person(loaded, client)
    others = {one for one in boxes(visit(client, STATE)) if one not in SEIMAS}
    typed = ona.filled(**{f"office-{one}": None for one in others})
    digests.let_take(loaded, "silence", "speaker")
    page = Page(client.post(STATE, data=typed), 422)
    assert len(page.problems) == 1
    assert next(iter(page.problems)).startswith("office-")


def test_where_every_office_asked_for_silence_there_is_no_form(loaded, client):
    for one in loaded.editions.current(people.CAMPAIGN).state("lithuania").officials:
        digests.let_take(loaded, "silence", one.office)
    page = visit(client, STATE)
    assert "Every office here asked not to be written to" in page.text
    assert "sign" not in [one.get("id") for one in page.all("form")]
    assert "#sign" not in page.links


def test_a_form_open_before_every_office_asked_for_silence_comes_back_in_order(loaded, client):
    ona = Person(loaded, client)
    typed = ona.filled()
    for one in loaded.editions.current(people.CAMPAIGN).state("lithuania").officials:
        digests.let_take(loaded, "silence", one.office)
    page = Page(client.post(STATE, data=typed), 422)
    assert list(page.problems) == ["letter_language"]


def test_the_page_before_the_press_tells_of_each_letter_how_it_travels(loaded, client):
    ona = Person(loaded, client)
    ona.sign()
    path = ona.link()
    digests.let_take(loaded)
    digests.let_take(loaded, "silence", "speaker")
    said = visit(client, path).text
    assert "In one mail with many letters, whole, as asked for by: Prime Minister" in said
    assert "Not sent, as they asked not to be written to: " in said
    goes_to = said.partition("Goes to: ")[2].partition("In one mail")[0]
    assert "Speaker" not in goes_to
    assert "Prime Minister" in goes_to


def test_after_the_press_a_letter_is_in_the_next_digest_or_was_not_sent(loaded, client):
    ona = Person(loaded, client)
    digests.let_take(loaded)
    ona.sign()
    path = ona.link()
    digests.let_take(loaded, "silence", "speaker")
    ona.press(path)
    said = visit(client, path).text
    assert "In the next mail with many letters" in said
    assert "Not sent: the office asked not to be written to" in said
    loaded.clock.move(RECEIPT_WAIT)
    receipt = ona.mail().text
    assert "In the next mail with many letters" in " ".join(receipt.split())
    assert "asked not to be written to" in " ".join(receipt.split())
