"""The link from the mail: opening it changes nothing, pressing there sends, and afterwards it names nobody."""

import datetime as dt

import pytest
from page import Page, visit
from person import Person, rows

from campaign.services.deliver import deliver


def test_the_page_shows_what_waits_ticked_and_exactly_as_it_leaves(ona):
    ona.sign(paragraph="I grew up near Kirkenes.")
    page = visit(ona.client, ona.link())
    form = page.form("confirm")
    (ticked,) = [name for name in form.fields if name.startswith("signature-")]
    assert len(form.fields[ticked]) == 64
    assert form.buttons == (("", "", "Yes, send my letter"), ("do", "delete", "No, delete it"))
    assert "Opening this page has changed nothing" in page.text
    assert "I grew up near Kirkenes." in page.text
    assert page.answer.headers["Cache-Control"] == "no-store"


SCANNERS = (
    {"User-Agent": "Mozilla/5.0 (compatible; SafeLinks)"},
    {"User-Agent": "BarracudaCentral"},
    {"Sec-Purpose": "prefetch"},
    {"X-HTTP-Method-Override": "POST"},
)


def test_opening_changes_nothing_however_often_and_by_whom(ona, loaded):
    """B017 and B102."""
    ona.sign()
    path = ona.link()
    before = rows(loaded)
    for headers in SCANNERS:
        visit(ona.client, path + "?_method=POST&do=delete", headers=headers)
    assert ona.client.head(path).status_code == 200
    assert ona.client.options(path).status_code == 200
    assert ona.client.put(path).status_code == 405
    assert rows(loaded) == before


def test_a_press_leads_back_to_the_page_which_then_names_nobody(ona):
    """A10: a used link shown to another browser holds nothing of the person."""
    ona.sign(paragraph="I grew up near Kirkenes.", city="Vadsø")
    path = ona.link()
    answer = ona.press(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert answer.headers["Cache-Control"] == "no-store"
    page = visit(ona.client, path)
    assert "Thank you" in page.heading
    for private in ("Ona", "ona@", "Kirkenes", "Vadsø", "Norway"):
        assert private not in page.html
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert any(link.startswith("/en/withdraw/") for link in page.links)
    assert "/en/keep-the-ban/latvia/" in page.links
    assert "/en/keep-the-ban/lithuania/" not in page.links


def test_the_page_after_the_press_says_of_every_office_where_its_letter_is(ona, loaded):
    path = ona.confirm()
    state = loaded.editions.current("keep-the-ban").state("lithuania")
    waiting = sum(not one.is_mailable for one in state.officials)
    page = visit(ona.client, path)
    assert page.text.count("Waits for a checked address") == waiting
    while deliver(loaded) is not None:
        pass
    assert visit(ona.client, path).text.count("Has left") == len(letters_of(loaded))


def letters_of(parts):
    """The letters that offices have been handed."""
    return [one for one in parts.mailer.accepted if not one.is_automatic]


def test_a_second_press_changes_nothing(ona, loaded):
    """B103."""
    ona.sign()
    path = ona.link()
    fields = visit(ona.client, path).form("confirm").fields
    assert ona.client.post(path, data=fields).status_code == 303
    before = rows(loaded)
    for data in (fields, {}, {"do": "delete"}):
        answer = ona.client.post(path, data=data)
        assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert rows(loaded) == before


def test_one_press_sends_what_stays_ticked_of_all_that_waits(loaded, client):
    person = Person(loaded, client)
    person.sign()
    person.path = "/en/keep-the-ban/latvia/"
    person.sign()
    path = person.link()
    page = visit(client, path)
    ticks = [name for name in page.form("confirm").fields if name.startswith("signature-")]
    assert page.heading == "Send these 2 letters?"
    person.press(path, **{ticks[0]: None})
    done = visit(client, path).text
    assert ("Lithuania: where" in done) != ("Latvia: where" in done)


def test_a_press_with_nothing_ticked_asks_again(ona, loaded):
    ona.sign()
    path = ona.link()
    before = rows(loaded)
    page = Page(ona.client.post(path, data={}), 422)
    assert page.title.startswith("Error: ")
    assert "Tick the letters that you want to send" in page.text
    assert rows(loaded) == before


def test_a_press_for_other_words_than_those_shown_is_not_taken(ona, loaded):
    ona.sign()
    path = ona.link()
    fields = visit(ona.client, path).form("confirm").fields
    before = rows(loaded)
    page = Page(ona.client.post(path, data=dict.fromkeys(fields, "0" * 64)), 409)
    assert "signed again with other words" in page.text
    assert page.form("confirm").fields == fields
    assert rows(loaded) == before


def test_no_deletes_everything_that_waits(ona):
    ona.sign()
    path = ona.link()
    assert ona.press(path, do="delete").status_code == 303
    assert "Nothing waits here" in visit(ona.client, path).heading
    assert letters_of(ona.parts) == []


def test_a_newer_mail_replaces_the_link_and_says_so(ona, loaded):
    ona.sign()
    old = ona.link()
    loaded.clock.move(dt.timedelta(minutes=30))
    ona.path = "/en/keep-the-ban/poland/"
    ona.sign()
    new = ona.link()
    assert new != old
    assert visit(ona.client, old, 404).heading == "A newer mail holds the link"
    assert ona.client.post(old, data={"signature-x": "y"}).status_code == 404
    assert visit(ona.client, new).heading == "Send these 2 letters?"


def test_after_fourteen_days_the_link_is_over(ona, loaded):
    ona.sign()
    path = ona.link()
    fields = visit(ona.client, path).form("confirm").fields
    loaded.clock.move(dt.timedelta(days=14, minutes=1))
    assert visit(ona.client, path, 404).heading == "The time of this link is over"
    assert ona.client.post(path, data=fields).status_code == 404


@pytest.mark.parametrize(
    "token", ["abc", "x" * 10_000, "..", "a%0Ab", "A" * 22 + "." + "B" * 43, "%22%3E%3Csvg%3E"], ids=range(6)
)
@pytest.mark.parametrize("purpose", ["confirm", "withdraw", "unsubscribe"])
def test_a_link_that_is_not_ours_opens_nothing(client, loaded, purpose, token):
    """B099."""
    path = f"/en/{purpose}/{token}/"
    before = rows(loaded)
    assert visit(client, path, 404).heading in ("This link is not complete", "There is no page at this address")
    assert client.post(path, data={}).status_code in (404, 405)
    assert rows(loaded) == before


def test_a_link_that_lost_its_token_says_that_it_is_not_complete(client):
    for purpose in ("confirm", "withdraw", "unsubscribe"):
        assert visit(client, f"/en/{purpose}/", 404).heading == "This link is not complete"


def test_a_link_is_good_for_its_own_purpose_only(ona):
    """B101."""
    ona.sign()
    token = ona.link().split("/")[3]
    for purpose in ("withdraw", "unsubscribe"):
        visit(ona.client, f"/en/{purpose}/{token}/", 404)
    other = ona.link("withdraw").split("/")[3]
    visit(ona.client, f"/en/confirm/{other}/", 404)


def test_a_name_of_another_direction_stands_apart_from_the_page(ona):
    ona.sign(name="أونا")
    page = visit(ona.client, ona.link())
    assert "<bdi>أونا" in page.html
