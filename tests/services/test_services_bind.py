"""The book of letters: all of them, each as it would leave, and marked where no native has read it."""

import html5lib
import pytest
from databases import BUNDLED, NOW, SECRET, real_parts, settings_for
from page import text_of

from campaign.cli.letters import LABELS
from campaign.services.bind import HOSTILE, bind

HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    """The book of the bundled campaign, made without any database."""
    home = tmp_path_factory.mktemp("home")
    with real_parts(settings_for(f"sqlite:///{home / 'never.sqlite3'}", home, SECRET_KEY=SECRET)) as parts:
        book = bind(parts, BUNDLED, LABELS)
    assert list(home.iterdir()) == []
    return book


@pytest.fixture(scope="module")
def page(bound):
    """The book as a browser reads it; it must be valid."""
    return html5lib.HTMLParser(strict=True).parse(bound.html)


def articles(page):
    return list(page.iter(f"{HTML}article"))


def test_every_state_writes_to_every_office_in_every_language(bound, page, loaded):
    edition = loaded.editions.current("keep-the-ban")
    found = {}
    for section in page.iter(f"{HTML}section"):
        heading = section.get("aria-labelledby")
        if "-" in heading:
            found[heading] = [
                (one.get("lang"), text_of(one.find(f"{HTML}h4"))) for one in section.findall(f"{HTML}article")
            ]
    offices = {}
    for state in edition.states:
        for language in edition.cause.languages:
            letter, english = state.letter(language, NOW.date()), state.letter("en", NOW.date())
            said = [(letter.title(one.office), english.title(one.office)) for one in state.officials]
            titles = [there if language == "en" else f"{there} · {here}" for here, there in said]
            titles.append(f"{titles[0]}, {LABELS['hostile']}")
            offices[f"{state.state.slug}-{language}"] = [(language, title) for title in titles]
    assert found == offices
    assert bound.letters == len(articles(page)) == sum(map(len, offices.values()))


def test_a_version_is_named_as_the_one_that_is_signed(page, loaded):
    edition = loaded.editions.current("keep-the-ban")
    versions = {one.version for state in edition.states for one in state.letters}
    assert {one.text for one in page.iter(f"{HTML}code")} == versions


def test_languages_that_offices_get_come_first_and_finland_has_swedish_among_them(page):
    headings = [text_of(one) for one in page.iter(f"{HTML}h3")]
    finland = [one for one in headings if one.startswith("Finland")]
    sent = [one for one in finland if LABELS["sent"] in one]
    assert sent == finland[:3]
    assert [one.partition(": ")[2].partition(",")[0] for one in sent] == ["In Finnish", "In Swedish", "In English"]


def test_a_hostile_name_is_shown_letter_by_letter(page):
    hostile = [one for one in articles(page) if LABELS["hostile"] in text_of(one)]
    assert len(hostile) == 40
    for one in hostile:
        assert "".join(one.itertext()).count(HOSTILE) == 2
    assert list(page.iter(f"{HTML}b")) == []


def test_the_contents_lead_to_every_version_and_texts_no_native_has_read_are_marked(bound, page):
    links = [one.get("href")[1:] for one in page.iter(f"{HTML}a")]
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert sorted(ids) == sorted({*links, "contents"})
    marks = [text_of(one) for one in page.iter(f"{HTML}p") if one.get("class") == "unread"]
    assert len(marks) == bound.unread
    assert any("letters/lithuania/lt.md" in one and "offices.yaml: lt" in one for one in marks)


def test_what_may_be_chosen_and_the_second_letter_are_in_the_book(page, loaded):
    text = text_of(page)
    edition = loaded.editions.current("keep-the-ban")
    for state in edition.states:
        letter = state.letter("en", NOW.date())
        for point in letter.points:
            assert point.title in text
        assert all(subject in text for subject in letter.subjects[1:])
    assert text.count(LABELS["chase"]) >= len(edition.states)
