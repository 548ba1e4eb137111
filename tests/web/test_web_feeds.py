"""The feed of what happened, the list of pages, and what the head of a page says to machines."""

import json
from xml.etree import ElementTree as ET

import pytest
from page import Page

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGES = ("en", "nb", "lt", "lv", "pl", "et", "fi", "sv")
BASE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_tells_what_happened_the_latest_first_each_with_a_name_of_its_own(client, language):
    answer = client.get(f"/{language}/keep-the-ban/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)  # noqa: S314  our own
    entries = feed.findall(f"{ATOM}entry")
    names = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(entries) > 10
    assert len(set(names)) == len(names)
    days = [one.findtext(f"{ATOM}updated") for one in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]
    assert [one for one in entries if not one.findtext(f"{ATOM}summary") or not one.findtext(f"{ATOM}title")] == []
    assert b"&lt;span" not in answer.data
    for one in entries[::7]:
        page, _, place = one.find(f"{ATOM}link[@rel='alternate']").get("href").removeprefix(BASE).partition("#")
        assert f'id="{place}"' in client.get(page).get_data(as_text=True)


def test_every_page_of_the_list_is_there_and_names_the_same_languages(client):
    found = ET.fromstring(client.get("/sitemap.xml").data)  # noqa: S314  our own
    addresses = [one.findtext(f"{SITE}loc") for one in found]
    assert len(addresses) == len(set(addresses)) > 80
    for address in addresses[::9]:
        answer = client.get(address.removeprefix(BASE))
        assert answer.status_code == 200, address
        page = Page(answer)
        assert [one.get("href") for one in page.all("link") if one.get("rel") == "canonical"] == [address]
    for one in found:
        named = [link.get("hreflang") for link in one.findall("{http://www.w3.org/1999/xhtml}link")]
        assert named == [*LANGUAGES, "x-default"]
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/fi/keep-the-ban/", "/lt/keep-the-ban/estonia/", "/sv/keep-the-ban/faq/"])
def test_a_page_says_to_machines_what_it_says_to_people(client, path):
    page = Page(client.get(path))
    told = {one.get("property"): one.get("content") for one in page.all("meta") if one.get("property")}
    assert told["og:url"] == BASE + path
    assert client.get(told["og:image"].removeprefix(BASE)).mimetype == "image/png"
    data = json.loads(next(one.text for one in page.all("script") if one.get("type") == "application/ld+json"))
    assert data["name"] == told["og:title"]
    assert data["url"] == BASE + path
    assert data["inLanguage"] == path[1:3]
    assert data["isPartOf"]["inLanguage"] == list(LANGUAGES)
    assert told["og:locale"].startswith(path[1:3] + "_")
    assert told["og:image:alt"] == told["og:title"]
