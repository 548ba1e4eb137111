"""Going on in another language: everything that was typed comes along, also without scripts."""

import dataclasses
import datetime as dt

import pytest
from conftest import client_of
from page import Page, visit
from person import STATE, Person, rows

from campaign.models.supporter import SignatureRow
from campaign.outside.words import LANGUAGES

TYPED = {
    "name": "Ona Nordmann",
    "email": "ona@gmial.com",
    "country": "SE",
    "city": "Kirkenes",
    "paragraph": "<My> words\r\nand “more”",
    "shown": "short",
    "short_name": "O. N.",
    "answers": "campaign",
    "letter_language": "en",
}
NORWEGIAN = STATE.replace("/en/", "/nb/")


def buttons(page):
    """The buttons of the form that lead to another page: address -> (name, value, language, words)."""
    form = page.by_id("sign")
    found = [one for one in form.iter() if one.get("formaction")]
    return {
        one.get("formaction"): (one.get("name"), one.get("value"), one.get("lang"), "".join(one.itertext()))
        for one in found
    }


@pytest.mark.parametrize("language", ["en", "fi"])
def test_a_button_for_each_other_language_stands_after_the_one_that_signs(client, language):
    page = visit(client, f"/{language}/keep-the-ban/poland/")
    assert buttons(page) == {
        f"/{code}/keep-the-ban/poland/": ("do", "edit", code, name)
        for code, name in LANGUAGES.items()
        if code != language
    }
    assert page.form("sign").buttons[0][:2] == ("", "")


def test_everything_typed_comes_along_and_nothing_is_kept(ona, loaded):
    before = rows(loaded)
    offices = [name for name in ona.form().choices if name.startswith("office-")]
    typed = ona.filled(**TYPED, **{offices[0]: None})
    for language in LANGUAGES:
        path = f"/{language}/keep-the-ban/lithuania/"
        page = Page(ona.client.post(path, data=typed | {"do": "edit"}))
        assert page.all("html")[0].get("lang") == language
        assert page.problems == {}
        form = page.form("sign")
        kept = {name: form.fields[name] for name in TYPED}
        assert {name: value.replace("\r\n", "\n") for name, value in kept.items()} == {
            name: value.replace("\r\n", "\n") for name, value in TYPED.items()
        }
        assert [name for name in offices if name not in form.fields] == offices[:1]
        assert page.answer.headers["Cache-Control"] == "no-store"
    assert rows(loaded) == before


def test_a_consent_is_ticked_anew_in_the_words_of_the_other_language(ona):
    typed = ona.filled()
    form = Page(ona.client.post(NORWEGIAN, data=typed | {"do": "edit"})).form("sign")
    assert typed["consent-letter"] not in form.choices["consent-letter"]
    assert "consent-letter" not in form.fields
    assert "consent-letter" in Page(ona.client.post(NORWEGIAN, data=form.fields), 422).problems
    signed = form.filled(**{"consent-letter": form.choices["consent-letter"][0]})
    assert ona.client.post(NORWEGIAN, data=signed).status_code == 303


def test_a_tick_given_in_one_language_signs_nothing_in_another(ona):
    page = Page(ona.client.post(NORWEGIAN, data=ona.filled()), 422)
    assert list(page.problems) == ["consent-letter"]
    assert "consent-letter" not in page.form("sign").fields


@pytest.mark.parametrize(
    ("sent_from", "source"),
    [
        (f"http://localhost{STATE}?source=tram-7", "tram-7"),
        (f"http://localhost{STATE}?utm_source=x&source=tram-7&source=bus", "tram-7"),
        (f"http://localhost{STATE}", ""),
        (f"http://localhost{STATE}?source=Tram", ""),
        ("http://localhost/en/keep-the-ban/latvia/?source=tram-7", ""),
        (f"https://elsewhere.example{STATE}?source=tram-7", ""),
        (f"http://[{STATE}?source=tram-7", ""),
        ("http://localhost" + STATE + "?" + "a&" * 5000 + "source=tram-7", ""),
    ],
)
def test_where_a_supporter_came_from_comes_along(ona, loaded, sent_from, source):
    """A browser names the page the form was on; from then on the form holds it, through every answer."""
    moved = ona.client.post(NORWEGIAN, data=ona.filled() | {"do": "edit"}, headers={"Referer": sent_from})
    form = Page(moved).form("sign")
    assert form.fields.get("source", "") == source
    fields = form.filled(**{"consent-letter": form.choices["consent-letter"][0]})
    shown = Page(ona.client.post(NORWEGIAN, data=fields | {"do": "preview"}))
    refused = Page(ona.client.post(NORWEGIAN, data=shown.form("sign").fields | {"name": ""}), 422)
    last = refused.form("sign").filled(name="Ona")
    assert ona.client.post(NORWEGIAN, data=last).status_code == 303
    with loaded.reading() as session:
        assert session.query(SignatureRow).one().source == source


def test_the_address_has_the_first_word_on_where_a_supporter_came_from(ona, loaded):
    ona.client.post(STATE + "?source=tram", data=ona.filled() | {"source": "bus"})
    with loaded.reading() as session:
        assert session.query(SignatureRow).one().source == "tram"


def test_a_browser_may_tell_our_own_pages_which_page_a_form_was_on(ona):
    assert visit(ona.client, STATE).answer.headers["Referrer-Policy"] == "same-origin"


def test_a_form_taken_along_once_the_campaign_closed_still_holds_the_words(loaded):
    edition = loaded.editions.current("keep-the-ban")
    closed = dataclasses.replace(edition.cause, closes_on=dt.date(2026, 11, 23))
    typed = Person(loaded, client_of(loaded)).filled(paragraph="My words")

    class Closed:
        def current(self, _slug):
            return dataclasses.replace(edition, cause=closed)

    parts = dataclasses.replace(loaded)
    object.__setattr__(parts, "editions", Closed())
    page = Page(client_of(parts).post(NORWEGIAN, data=typed | {"do": "edit"}))
    assert page.form("sign").fields["paragraph"] == "My words"
