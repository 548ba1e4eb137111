"""Before signing: the letter as it would leave, the way back to the form, and what changed in between."""

import dataclasses
import datetime as dt

from conftest import client_of
from page import Page, visit
from person import STATE, Person, rows

from campaign.services.preview import by_mailbox


def test_a_preview_shows_every_letter_and_keeps_nothing(ona, loaded):
    before = rows(loaded)
    page = Page(ona.post(paragraph="I grew up near <Kirkenes>.", do="preview"))
    assert "Nothing has been kept" in page.text
    assert "I grew up near <Kirkenes>." in page.text
    assert "Ona Nordmann" in page.text
    assert "ona@example.org" in page.text
    state = loaded.editions.current("keep-the-ban").state("lithuania")
    letters = by_mailbox(state, tuple(one.office for one in state.officials))
    assert page.html.count('class="block mine"') == 2 * len(letters)
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert rows(loaded) == before


def test_what_looks_like_a_template_is_only_text(ona):
    """B044 and B096."""
    for typed in ("{{7*7}}", "{% raw %}", "${7*7}", "%(paragraph)s", "{{ config }}", "{0.__class__}"):
        page = Page(ona.post(paragraph=f"x {typed} y", do="preview"), typed=typed)
        shown = page.html.count('class="block mine"') + page.html.count('id="self-text-')
        assert page.text.count(f"x {typed} y") == shown
        assert f"x {typed} y" in Page(ona.post(paragraph=f"x {typed} y", name=""), 422, typed).html


def test_a_preview_signs_what_it_showed_and_leads_back_to_the_same_form(ona):
    typed = ona.filled(paragraph="My words", shown="short", short_name="O. N.", letter_language="en")
    form = Page(ona.client.post(STATE, data=typed | {"do": "preview"})).form("sign")
    assert form.fields == typed
    edited = Page(ona.client.post(STATE, data=form.fields | {"do": "edit"})).form("sign")
    assert {name: edited.fields[name] for name in typed} == typed
    assert ona.client.post(STATE, data=form.fields).status_code == 303


def test_a_preview_shows_only_what_the_letter_will_show(ona):
    page = Page(ona.post(shown="country", answers="campaign", city="Kirkenes", do="preview"))
    assert "Ona Nordmann" not in page.text
    assert "ona@example.org" not in page.text
    assert "Kirkenes" not in page.text
    assert "Norway" in page.text


def test_a_preview_of_an_unfinished_form_is_that_form(ona):
    assert "name" in Page(ona.post(name="", do="preview"), 422).problems


def test_letters_in_the_readers_own_language_stand_alone(loaded, client):
    person = Person(loaded, client, path="/lt/keep-the-ban/lithuania/")
    assert 'class="pair is-single"' in Page(person.post(do="preview")).html
    assert 'class="pair is-single"' in visit(client, person.path).html


def test_a_text_that_changed_is_to_be_read_again(ona, loaded):
    """B083: what was typed is still there, with the version that stands now."""
    before = rows(loaded)
    for do in ("", "preview"):
        answer = ona.post(text_version="0" * 32, paragraph="My words", do=do)
        page = Page(answer, 409)
        form = page.form("sign")
        assert "The text changed" in page.text
        assert form.fields["paragraph"] == "My words"
        assert form.fields["text_version"] == ona.form().fields["text_version"]
    assert rows(loaded) == before


class _Fixed:
    """Always the same edition."""

    def __init__(self, edition):
        self.edition = edition

    def current(self, slug):
        assert slug == self.edition.cause.slug
        return self.edition


def test_a_closed_campaign_takes_nothing_and_leaves_the_words_to_copy(ona, loaded):
    """B080."""
    typed = ona.filled(paragraph="My words")
    edition = loaded.editions.current("keep-the-ban")
    closed = dataclasses.replace(edition.cause, closes_on=dt.date(2026, 11, 23))
    parts = dataclasses.replace(loaded)
    object.__setattr__(parts, "editions", _Fixed(dataclasses.replace(edition, cause=closed)))
    client = client_of(parts)
    before = rows(loaded)
    page = Page(client.post(STATE, data=typed), 409)
    assert "closed on 23 November 2026" in page.text
    assert page.form("sign").fields["paragraph"] == "My words"
    assert rows(loaded) == before
    shown = visit(client, STATE)
    assert "takes no signatures now" in shown.text
    assert "<form" not in shown.html
