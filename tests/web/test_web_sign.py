"""The state's page: what its form asks, what it takes, and what comes back."""

import re

import pytest
from page import Page, text_of, visit
from person import STATE, Person, refused, rows

from campaign.models.supporter import SignatureRow
from campaign.outside.words import LANGUAGES

STATES = ("lithuania", "latvia", "poland", "estonia", "finland")


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_page_in_every_language(client, state):
    for language in LANGUAGES:
        page = visit(client, f"/{language}/keep-the-ban/{state}/")
        assert page.all("html")[0].get("lang") == language
        assert page.form("sign").choices["letter_language"][-1] == "en"
        visit(client, f"/{language}/keep-the-ban/{state}/sent/")


def test_the_form_asks_the_browser_in_standard_words(ona):
    page = visit(ona.client, STATE)
    form = page.form("sign")
    assert (form.method, form.action) == ("post", None)
    for name in ("name", "email", "country"):
        assert page.by_id(name).get("autocomplete") == name
    assert form.required == {"name", "email", "country", "consent-letter"}
    assert form.buttons[0][0] == ""
    assert ("do", "preview") in [button[:2] for button in form.buttons]


def test_at_first_every_office_is_ticked_and_no_consent_is(ona):
    form = ona.form()
    offices = [name for name in form.choices if name.startswith("office-")]
    assert offices != []
    assert all(form.fields[name] == "on" for name in offices)
    assert [name for name in form.fields if name.startswith("consent-")] == []
    assert form.fields["country"] == ""
    assert (form.fields["shown"], form.fields["answers"], form.fields["letter_language"]) == ("name", "mine", "lt")


def test_one_sentence_tells_of_every_office_that_has_no_address(client, loaded):
    for state in loaded.editions.current("keep-the-ban").states:
        page = visit(client, f"/en/keep-the-ban/{state.state.slug}/")
        assert page.text.count("no checked address") == 1
        assert "no checked address" in text_of(page.by_id("offices-wait"))
        for one in state.officials:
            told = page.by_id(f"office-{one.office}").get("aria-describedby", "").split()
            assert ("offices-wait" in told) == (not one.is_mailable)


def test_the_page_is_the_same_for_everyone_and_kept_for_a_minute(client):
    first = client.get(STATE)
    other = client.get(
        STATE + "?source=tram-7&lang=%3Csvg%3E&utm_source=x",
        headers={"Accept-Language": "fi", "Cookie": "a=b", "X-Forwarded-Host": "evil.example", "User-Agent": "x"},
    )
    assert first.data == other.data
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(STATE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Security-Policy" in again.headers
    assert "Set-Cookie" not in first.headers


def test_a_form_that_is_taken_leads_to_one_page_for_all(ona, loaded):
    ona.sign(paragraph="I grew up near Kirkenes.")
    page = visit(ona.client, STATE + "sent/")
    assert "look in your mail" in page.heading
    assert ona.mail().subject in page.text
    assert "Ona" not in page.html
    with loaded.reading() as session:
        (row,) = session.query(SignatureRow).all()
        assert (row.status, row.country, row.source) == ("pending", "NO", "")


@pytest.mark.parametrize(
    ("query", "source"),
    [
        ("?source=tram-7", "tram-7"),
        ("?source=Tram", ""),
        ("?source=" + "a" * 33, ""),
        ("?source=a%0Ab", ""),
        ("?source=%FF", ""),
        ("?utm_source=" + "x" * 5000, ""),
    ],
)
def test_only_a_short_plain_source_is_kept(ona, loaded, query, source):
    assert ona.post(query).status_code == 303
    with loaded.reading() as session:
        assert session.query(SignatureRow).one().source == source


def test_nobody_learns_from_the_answer_who_signed_before(ona):
    first = ona.post()
    ona.confirm()
    known = ona.post()
    unknown = ona.post(email="somebody.else@example.org")
    for answer in (known, unknown):
        assert (answer.status_code, answer.data) == (first.status_code, first.data)
        assert _stable(answer) == _stable(first)


def _stable(answer):
    return {name: value for name, value in answer.headers.items() if name not in ("X-Request-ID", "Date")}


def test_an_empty_form_names_every_required_field_and_stores_nothing(client, loaded):
    """B001."""
    before = rows(loaded)
    required = visit(client, STATE).form("sign").required
    page = refused(client.post(STATE, data=b"", content_type="application/x-www-form-urlencoded"))
    assert set(page.problems) == required
    assert rows(loaded) == before


def test_what_was_typed_comes_back_with_what_is_wrong(ona, loaded):
    before = rows(loaded)
    offices = {name: None for name in ona.form().choices if name.startswith("office-")}
    typed = {
        "name": '<b>"',
        "email": "ona@",
        "country": "XX",
        "city": "Kirkenes",
        "paragraph": "a\nb <i> & c",
        "shown": "country",
        "answers": "campaign",
        "letter_language": "en",
    }
    page = refused(ona.post(**typed, **offices, **{"consent-letter": None}))
    assert list(page.problems)[:3] == ["name", "email", "country"]
    assert next(iter(offices)) in page.problems
    assert page.problems["consent-letter"] == "Tick this box so that we may send your letter"
    form = page.form("sign")
    kept = {name: form.fields[name].replace("\r\n", "\n") for name in typed if name != "country"}
    assert kept == {name: value for name, value in typed.items() if name != "country"}
    assert not any(name in form.fields for name in offices)
    assert page.by_id("name").get("aria-invalid") == "true"
    assert page.by_id("name").get("aria-describedby") == "name-hint name-error"
    assert rows(loaded) == before


BAD = [
    ("name", "\u3000 \u200b", "E-NAME-EMPTY"),
    ("name", "=1+1", "E-NAME-START"),
    ("name", "http://evil.example/win", "E-NAME-URL"),
    ("name", "Ann =?utf-8?b?DQpCY2M6?=", "E-NAME-ENCODED"),
    ("name", "A\r\nBcc: victim@example.net", "E-NAME-CHARS"),
    ("name", "ann@example.org", "E-NAME-EMAIL"),
    ("name", "x" * 101, "E-NAME-LONG"),
    ("name", "A" + "\u0301" * 9, "E-NAME-MARKS"),
    ("email", "a@x.org,b@x.org", "E-EMAIL-ONE"),
    ("email", "jörg@example.org", "E-EMAIL-ASCII"),
    ("email", "<script>@example.org", "E-EMAIL"),
    ("country", "gb", "E-COUNTRY"),
    ("country", "EU", "E-COUNTRY"),
    ("city", "a\u202eb", "E-TEXT-CHARS"),
    ("paragraph", "x" * 2001, "E-TEXT-LONG"),
    ("paragraph", "see https://evil.example", "E-TEXT-LINK"),
    ("letter_language", "xx", "E-LANGUAGE"),
    ("shown", "everything", "E-SHOWN"),
    ("consent-letter", "yes", "E-CONSENT-OLD"),
    ("consent-letter", None, "E-CONSENT"),
    ("office-nobody", "on", "E-TARGET"),
]


@pytest.mark.parametrize(("field", "value", "code"), BAD, ids=[f"{code} {n}" for n, (_, _, code) in enumerate(BAD)])
def test_bad_input_comes_back_and_leaves_nothing(ona, loaded, field, value, code):
    before = rows(loaded)
    page = refused(ona.post(**{field: value}))
    (anchor,) = page.problems
    assert field in (anchor, "office-nobody")
    words = loaded.words.raw("en", f"problem.{code.lower()}")
    assert page.problems[anchor].startswith(words.partition("%(")[0])
    assert rows(loaded) == before


def test_what_a_stranger_adds_to_the_form_is_ignored(ona):
    """B084."""
    assert ona.post(letter_html="<p>x", subject="y", **{"__proto__[x]": "1"}).status_code == 303


def test_a_misspelt_provider_is_asked_about_once(ona):
    page = refused(ona.post(email="ona@gmial.com"))
    assert page.problems["email"].startswith("Check the end of the address: did you mean gmail.com?")
    form = page.form("sign")
    assert form.fields["email_seen"] == "ona@gmial.com"
    again = ona.client.post(STATE, data=form.fields)
    assert again.status_code == 303


def test_a_short_name_is_asked_for_only_where_it_was_chosen(ona):
    assert "short_name" in refused(ona.post(shown="short")).problems
    ona.sign(shown="short", short_name="O. N.")


def test_a_person_with_an_uncommon_name_is_taken_as_they_are(ona):
    for name in ("U", "Null", "None", "O'Brien-D’Angelo", "Nguyễn Thị Minh", "李", "می‌خواه"):
        assert name in Page(ona.post(name=name, do="preview"), typed=name).text
        assert ona.post(name=name).status_code == 303


def test_an_unknown_state_or_campaign_is_no_page(client):
    for path in (
        "/en/keep-the-ban/norway/",
        "/en/keep-the-ban/LT/",
        "/en/other/lithuania/",
        "/xx/keep-the-ban/latvia/",
    ):
        visit(client, path, 404)


def test_an_address_without_its_last_slash_leads_on_within_the_site(client):
    answer = client.get(STATE.removesuffix("/"), headers={"Host": "localhost:8000"})
    assert (answer.status_code, answer.headers["Location"]) == (308, STATE)


def test_the_count_of_the_state_stands_on_its_page(ona):
    ona.confirm()
    assert re.search(r"\b1 letter", visit(ona.client, STATE).text)


def test_the_language_of_the_page_is_the_language_of_the_mail(loaded, client):
    person = Person(loaded, client, path="/fi/keep-the-ban/estonia/", email="kari@example.org")
    person.sign()
    assert person.mail().language == "fi"
    assert person.link().startswith("/fi/confirm/")
