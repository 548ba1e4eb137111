"""A folder that is right becomes a cause; one that is not, a list of mistakes and nothing else."""

import datetime as dt

import pytest
from bundles import SMALL_CAUSE, small

from campaign.domain.cause import (
    Consent,
    Event,
    Fact,
    Intervention,
    OfficeKind,
    Official,
    Salutation,
    Vote,
)
from campaign.errors import BundleError
from campaign.outside.bundle.reader import read
from campaign.outside.files import resource

TODAY = dt.date(2026, 11, 24)
KEEP_THE_BAN = resource("config") / "campaigns" / "keep-the-ban"


@pytest.fixture(scope="module")
def cause():
    return read(SMALL_CAUSE)


@pytest.fixture(scope="module")
def keep_the_ban():
    return read(KEEP_THE_BAN)


def test_the_campaigns_own_fields_are_read(cause):
    assert (cause.slug, cause.languages, cause.counts, cause.goals) == ("small", ("en", "lv", "nb"), "exact", (10, 100))
    assert cause.name == {"en": "A small cause", "lv": "Maza lieta", "nb": "En liten sak"}
    assert (cause.opens_on, cause.closes_on) == (dt.date(2026, 1, 1), None)
    assert cause.consents[1] == Consent(
        purpose="news",
        is_required=False,
        text={"en": "Write to me about this.", "lv": "Rakstiet man par to.", "nb": "Skriv til meg om dette."},
    )


def test_facts_are_numbers_and_dates(cause):
    assert cause.facts == (
        Fact(
            id="casualties",
            value=6279,
            what={"en": "People harmed in a year", "lv": "Cietušie gadā"},
            source=("https://monitor.example.org/report",),
            checked=TODAY,
        ),
        Fact(
            id="published_on",
            value=dt.date(2025, 12, 1),
            what={"en": "The report came out", "lv": "Ziņojums iznāca"},
            source=("known, not read on a page",),
            checked=TODAY,
            is_unchecked=True,
        ),
    )


def test_interventions_and_kinds_of_office_are_read(cause):
    assert cause.interventions == (
        Intervention(
            on="2024",
            who={"en": "Somebody", "lv": "Kāds"},
            what={"en": "Spoke up.", "lv": "Iebilda."},
            source=("https://news.example.org/spoke-up",),
            checked=TODAY,
        ),
    )
    assert cause.office_kinds[0] == OfficeKind(
        office="president",
        title={"en": "President", "lv": "Prezidents", "nb": "President"},
        salutation={
            "en": Salutation(neutral="Dear President,"),
            "lv": Salutation(neutral="Godātais Prezidenta kungs!", feminine="Godātā Prezidentes kundze!"),
            "nb": Salutation(neutral="Til presidenten"),
        },
    )


def test_a_state_is_read_with_its_timeline_and_offices(cause):
    (state,) = cause.states
    assert (state.slug, state.code, state.timezone, state.languages) == ("latvia", "LV", "Europe/Riga", ("lv",))
    assert state.lede["en"] == (
        'Latvia voted on {{ vote_on | on_date }}. {% if standing == "out" %}It is out.{% else %}It is bound.{% endif %}'
    )
    assert state.events[1] == Event(
        id="vote",
        treaty="apmbc",
        kind="parliament",
        on="2025-04-16",
        vote=Vote(in_favour=66, against=14, abstained=0),
        note={"en": "In the third reading.", "lv": "Trešajā lasījumā.", "nb": "I tredje lesning."},
        source=("https://news.example.org/vote",),
        checked=TODAY,
    )
    assert state.officials[1] == Official(
        office="speaker",
        title={"lv": "Saeimas priekšsēdētājs", "en": "Speaker of the Saeima"},
        salutation={"lv": Salutation(neutral="Godātais priekšsēdētāj!")},
        checked=TODAY,
    )
    assert state.officials[0].postal == ("Pils laukums 3", "Rīga")


def test_letters_come_in_the_campaigns_languages_without_their_front_matter(cause):
    letters = cause.states[0].letters
    assert [one.language for one in letters] == ["en", "lv", "nb"]
    assert (letters[1].subject, letters[1].has_native_reader, letters[1].checked) == ("Latvijas vieta", False, TODAY)
    assert letters[1].body.startswith("{{ addressees }}\n\n{{ salutation }}\n\n")
    assert letters[1].body.endswith("\n\n{{ signature }}")


def test_pages_come_with_their_names_languages_and_titles(cause):
    found = [(page.name, page.language, page.title) for page in cause.pages]
    assert found == [
        (name, "en", f"About {name}") for name in ("evidence", "faq", "timeline", "privacy", "accessibility")
    ]


def test_every_text_that_no_native_has_read_is_listed(cause):
    assert cause.unread == (
        "campaign.yaml: lv",
        "facts.yaml: en",
        "letters/latvia/lv.md",
        "pages/en/faq.md",
        "states/latvia.yaml: lv",
        "states/latvia.yaml: nb",
    )


def test_reading_twice_gives_the_same(cause):
    assert read(SMALL_CAUSE) == cause


def test_mistakes_of_all_files_are_told_at_once_in_the_order_of_files_and_lines(tmp_path):
    bundle = small(tmp_path)
    bundle.change("states/latvia.yaml", "code: LV", "code: XX")
    bundle.change("states/latvia.yaml", "treaty: apmbc", "treaty: ottawa")
    bundle.change("letters/latvia/lv.md", "{{ paragraph }}\n\n", "")
    bundle.change("facts.yaml", "https://monitor.example.org/report", "a report")
    bundle.change("campaign.yaml", "  lv: Maza lieta\n", "")
    with pytest.raises(BundleError) as caught:
        read(bundle.root)
    assert str(caught.value).split("\n") == [
        "campaign.yaml:8: `name` lacks lv; write it",
        "facts.yaml:9: “a report” is not the whole address of a page; give it, or say `is_unchecked: true`",
        "letters/latvia/lv.md:6: a letter needs one paragraph that is exactly {{ paragraph }}",
        "states/latvia.yaml:3: “XX” is not the code of a country, two capitals such as LV",
        "states/latvia.yaml:18: `treaty` must be one of apmbc, ccm",
    ]


def test_the_bundled_campaign_has_no_mistake_and_every_letter_in_every_language(keep_the_ban):
    assert [one.slug for one in keep_the_ban.states] == ["lithuania", "latvia", "poland", "estonia", "finland"]
    for state in keep_the_ban.states:
        assert tuple(one.language for one in state.letters) == keep_the_ban.languages


def test_the_bundled_campaign_offers_a_few_points_a_second_letter_and_further_subjects(keep_the_ban):
    for state in keep_the_ban.states:
        offered = [one.id for one in keep_the_ban.points if not one.states or state.slug in one.states]
        assert 6 <= len(offered) <= 8
    assert keep_the_ban.chases[0].language == "en"
    assert {len(one.subjects) for state in keep_the_ban.states for one in state.letters} <= {0, 2}


def test_the_bundled_campaign_says_which_texts_no_native_has_read(keep_the_ban):
    unread = {
        f"letters/{state.slug}/{one.language}.md"
        for state in keep_the_ban.states
        for one in state.letters
        if not one.has_native_reader
    }
    assert unread <= set(keep_the_ban.unread)
