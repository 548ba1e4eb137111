"""The campaign's page and the pages to read, in every language."""

import itertools

import pytest
from page import Page

from campaign.outside.words import LANGUAGES
from campaign.web.paths import Paths
from campaign.web.public import reading
from campaign.web.public.campaign import latest, milestones, opening
from campaign.web.public.pages import votes

CAMPAIGN = "keep-the-ban"
RANKS = ("h1", "h2", "h3", "h4", "h5", "h6")
READ = ("evidence", "faq", "glossary", "method", "interventions", "timeline", "privacy", "accessibility")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_campaign_names_its_states_and_leads_to_each(client, language):
    page = Page(client.get(Paths(language, CAMPAIGN).campaign()))
    on_the_map = [one.get("href") for one in page.root.iter("{http://www.w3.org/2000/svg}a")]
    for state in ("lithuania", "latvia", "poland", "estonia", "finland"):
        assert page.links.count(Paths(language, CAMPAIGN).state(state)) == 1
        assert on_the_map.count(Paths(language, CAMPAIGN).state(state)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", READ)
def test_every_page_to_read_can_be_read(client, language, name):
    page = Page(client.get(Paths(language, CAMPAIGN).page(name)))
    assert page.all("html")[0].get("lang") == language


@pytest.mark.parametrize("name", ["", *(f"{name}/" for name in READ[:6])])
def test_there_is_no_page_of_a_campaign_that_is_not_there(client, name):
    Page(client.get(f"/en/no-such-campaign/{name}"), 404)


def test_the_bare_address_leads_to_the_language_asked_for(client):
    answer = client.get("/", headers={"Accept-Language": "lv"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/lv/keep-the-ban/")
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_page_names_itself_in_every_language(client):
    page = Page(client.get("/nb/keep-the-ban/faq/"))
    named = {
        one.get("hreflang"): one.get("href")
        for one in page.all("link")
        if one.get("rel") == "alternate" and one.get("hreflang")
    }
    assert set(named) == {*LANGUAGES, "x-default"}
    assert named["fi"].endswith("/fi/keep-the-ban/faq/")
    assert named["x-default"] == named["en"]


def test_a_place_on_a_page_is_the_same_in_every_language(loaded):
    cause = loaded.editions.current(CAMPAIGN).cause
    for name in READ:
        pages = {language: reading.read(cause, name, language) for language in LANGUAGES}
        assert {len(page.sections) for page in pages.values()} == {len(pages["en"].sections)}, name
        assert {page.language for page in pages.values()} == set(LANGUAGES)


@pytest.mark.parametrize("path", ["evidence/", "faq/", "interventions/", "timeline/", "", "finland/"])
def test_headings_step_down_one_rank_at_a_time_and_parts_of_a_page_are_named(client, path):
    page = Page(client.get(f"/lv/keep-the-ban/{path}"))
    ranks = [int(one.tag[-1]) for one in page.root.iter() if isinstance(one.tag, str) and one.tag[-2:] in RANKS]
    assert ranks[0] == 1
    assert [pair for pair in itertools.pairwise(ranks) if pair[1] > pair[0] + 1] == []
    assert [len(page.all(name)) for name in ("header", "main", "footer")] == [1, 1, 1]
    named = [one.get("aria-label") or one.get("aria-labelledby") for one in (*page.all("nav"), *page.all("section"))]
    assert None not in named


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "27\xa0December 2025"), ("lt", "2025\xa0m. gruodžio 27\xa0d."), ("lv", "2025.\xa0gada 27.\xa0decembris")],
)
def test_no_line_ends_between_a_day_and_its_month(client, language, day):
    assert day in client.get(f"/{language}/keep-the-ban/").get_data(as_text=True)


def test_the_foot_leads_to_what_counts_and_to_the_feed(client):
    (foot,) = Page(client.get("/et/keep-the-ban/")).all("footer")
    leads = {one.get("href") for one in foot.iter() if one.get("href")}
    assert {"/et/keep-the-ban/method/", "/et/keep-the-ban/feed.atom"} <= leads


def test_the_source_a_visitor_comes_from_changes_nothing_on_a_page(client):
    assert client.get("/en/keep-the-ban/").data == client.get("/en/keep-the-ban/?source=tram").data


def test_every_vote_and_every_figure_stands_on_the_evidence_with_its_source(client, loaded):
    edition = loaded.editions.current(CAMPAIGN)
    page = Page(client.get("/en/keep-the-ban/evidence/"))
    for told in (*(event for _, event in votes(edition)), *edition.cause.facts):
        assert set(told.source) <= set(page.links)


def test_everyone_who_spoke_up_is_named_with_a_source(client, loaded):
    page = Page(client.get("/en/keep-the-ban/interventions/"))
    for one in loaded.editions.current(CAMPAIGN).cause.interventions:
        assert one.who["en"] in page.text
        assert set(one.source) <= set(page.links)


def test_every_date_of_every_state_stands_on_the_timeline_with_its_source(client, loaded):
    page = Page(client.get("/en/keep-the-ban/timeline/"))
    for one in loaded.editions.current(CAMPAIGN).states:
        for event in one.state.events:
            assert set(event.source) <= set(page.links)


def test_states_that_did_the_same_on_one_day_share_a_date(loaded):
    found = milestones(one.state for one in loaded.editions.current(CAMPAIGN).states)
    assert [one.event.on for one in found] == sorted(one.event.on for one in found)
    assert len({(one.event.on, one.event.kind) for one in found}) == len(found)
    out = {one.event.on: {state.code for state in one.states} for one in found if one.event.kind == "in_force"}
    assert out == {"2025-12-27": {"LT", "LV", "EE"}, "2026-01-10": {"FI"}, "2026-02-20": {"PL"}}


def test_the_last_who_spoke_up_come_first(loaded):
    found = [one.on for one in latest(loaded.editions.current(CAMPAIGN).cause.interventions)]
    assert found == sorted(found, reverse=True)
    assert len(found) == 4


def test_a_card_begins_as_a_letter_of_its_state_does(loaded):
    found = {one.state.code: opening(one) for one in loaded.editions.current(CAMPAIGN).states}
    assert found["FI"] == "Arvoisa ulkoministeri,"
    assert all(len(one) <= 30 for one in found.values())
