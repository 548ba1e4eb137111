"""While a campaign is rehearsed, every page of the site says so."""

import dataclasses

import pytest
from databases import settings_for
from page import text_of, visit
from sites import build

BAND = "This site is being tried out."
PAGES = (
    "/en/keep-the-ban/",
    "/en/keep-the-ban/lithuania/",
    "/en/keep-the-ban/lithuania/sent/",
    "/en/keep-the-ban/evidence/",
    "/en/privacy/",
    "/mailbox/",
)


@pytest.fixture
def rehearsing(loaded, tmp_path):
    settings = settings_for(str(loaded.engine.url), tmp_path, TEST_TO="tester@campaign.example")
    return build(dataclasses.replace(loaded, settings=settings)).test_client(use_cookies=False)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_that_it_is_a_rehearsal_only_while_it_is_one(client, rehearsing, path):
    said = [one for one in visit(rehearsing, path).all("p") if BAND in text_of(one)]
    assert len(said) == 1
    assert "tester@campaign.example" not in visit(rehearsing, path).text
    assert BAND not in visit(client, path).text


def test_pages_that_say_what_went_wrong_say_it_too(rehearsing):
    for path, status in (("/en/keep-the-ban/nowhere/", 404), ("/en/confirm/nothing/", 404)):
        answer = rehearsing.get(path)
        assert (answer.status_code, BAND in answer.text) == (status, True)
