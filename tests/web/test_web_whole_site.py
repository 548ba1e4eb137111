"""The whole public site: every page in every language and state is valid, and every link leads somewhere."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from crawl import Crawl, is_well_formed
from databases import real_parts, settings_for
from page import Page
from tour import STATES, Tour

from campaign.outside.words import LANGUAGES

BASE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
# Where one passes a page on, by a link of one's own press.
SHARING = ("https://t.me/share/url?", "https://wa.me/?")
# Sources named as they were read; whether they answer at https too, nobody has looked yet.
NOT_YET_HTTPS = ("www.un.org", "www.the-monitor.org", "stopclustermunitions.org")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_is_valid_in_every_state_and_leads_somewhere(databases, tmp_path, language):
    """Each page is checked as the tour meets it; a public route that the tour does not know is named here."""
    with real_parts(settings_for(databases.copy("sqlite", "loaded"), tmp_path)) as parts:
        tour = Tour(parts, language)
        crawl = Crawl(tour.client, BASE)
        tour.met = lambda name, page: look(crawl, name, page)
        tour.take()
        assert tour.unseen == []
        assert list(crawl.faults()) == []
        for page in tour.pages.values():
            check_data(page)


def look(crawl: Crawl, name: str, page: Page) -> None:
    """See that a page's links lead somewhere while they are good; of a page that is none, only the way back."""
    if page.answer.status_code in (200, 409, 422):
        crawl.show(name, page.answer.request.path, page.html)
    elif page.links:
        assert crawl.client.get(page.links[-1]).status_code in (200, 302), name


def check_data(page: Page) -> None:
    """What a page says to machines can be read, and says what the page is."""
    for one in page.all("script"):
        if one.get("type") == "application/ld+json":
            told = json.loads(one.text or "")
            assert told["@context"] == "https://schema.org"
            assert told["@type"]


@pytest.fixture(scope="module")
def crawl(databases, tmp_path_factory):
    """All that can be reached by links from the first page and the list of pages."""
    address = databases.copy("sqlite", "loaded")
    with real_parts(settings_for(address, tmp_path_factory.mktemp("home"))) as parts:
        client = Tour(parts, "en").client
        listed = ET.fromstring(client.get("/sitemap.xml").data)  # noqa: S314  our own
        addresses = [one.text.removeprefix(BASE) for one in listed.iter() if one.tag.endswith("}loc")]
        crawl = Crawl(client, BASE).follow("/", "/robots.txt", *addresses)
        crawl.cause = parts.editions.current("keep-the-ban")
        yield crawl


def test_every_link_of_the_site_leads_straight_to_something_that_is_there(crawl):
    assert list(crawl.faults()) == []
    assert {f"/{code}/keep-the-ban/{state}/" for code in LANGUAGES for state in STATES} <= crawl.places.keys()


def test_every_address_of_another_site_is_whole_and_stands_in_the_campaigns_texts(crawl):
    said = str(crawl.cause)
    for page, address in sorted(crawl.abroad):
        host = re.sub(r"^\w+://([^/]+).*$", r"\1", address)
        assert is_well_formed(address) or (host in NOT_YET_HTTPS and address.startswith("http://")), (page, address)
        assert address in said or address.startswith(SHARING), (page, address)


def test_what_machines_are_told_of_other_languages_is_told_back(crawl):
    """A page in one language names the same in the others, and each of them names it."""
    pages = {path: place for path, place in crawl.places.items() if place.head and path[3:4] == "/"}
    for path in pages:
        same = [f"/{code}{path[3:]}" for code in LANGUAGES]
        assert set(same) <= pages.keys()
        for other in same:
            assert BASE + path in pages[other].head, (other, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_has_all_that_a_reader_of_feeds_needs(crawl, language):
    """RFC 4287, 4.1.1 and 4.1.2."""
    feed = ET.fromstring(crawl.client.get(f"/{language}/keep-the-ban/feed.atom").data)  # noqa: S314  our own
    assert feed.tag == f"{ATOM}feed"
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(ATOM + name)) == 1, name
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)", one.findtext(f"{ATOM}updated"))
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}author") is not None or feed.find(f"{ATOM}author") is not None
        links = [one.get("href") for one in entry.findall(f"{ATOM}link") if one.get("rel", "alternate") == "alternate"]
        assert links or entry.find(f"{ATOM}content") is not None
    assert [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"] == [
        f"{BASE}/{language}/keep-the-ban/feed.atom"
    ]
