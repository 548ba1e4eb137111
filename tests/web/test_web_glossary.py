"""The words of treaties: explained on a page, and both conventions wherever one is named."""

import afterwards
import people
import pytest
from bundles import small
from conftest import client_of
from page import Page, visit
from person import link_in

from campaign.outside.words import LANGUAGES
from campaign.services.load import load
from campaign.web.paths import Paths

CAMPAIGN = "keep-the-ban"
NAMING = ("evidence", "faq", "interventions", "timeline")


def places(language: str) -> set[str]:
    """Where the two conventions are explained."""
    glossary = Paths(language, CAMPAIGN).page("glossary")
    return {f"{glossary}#part-1", f"{glossary}#part-2"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_conventions_are_explained_wherever_one_is_named(client, language):
    paths = Paths(language, CAMPAIGN)
    for path in (paths.campaign(), paths.state("lithuania"), paths.state("poland"), *map(paths.page, NAMING)):
        assert places(language) <= set(visit(client, path).links), path


def test_both_conventions_are_explained_beside_every_letter(ona):
    assert places("en") <= set(Page(ona.post(name=""), 422).links)
    assert places("en") <= set(Page(ona.post(do="preview")).links)
    ona.sign()
    assert places("en") <= set(visit(ona.client, ona.link()).links)


def test_both_conventions_are_explained_beside_a_second_letter(ona, loaded):
    afterwards.second_letters(loaded, "lt", "en")
    ona.confirm()
    people.work(loaded)
    afterwards.later(loaded)
    asked = link_in(afterwards.questions(loaded)[-1], "answers")
    page = visit(ona.client, asked)
    assert not places("en") & set(page.links)
    ona.client.post(asked, data=dict.fromkeys(page.form("answers").choices, "no"))
    assert places("en") <= set(visit(ona.client, asked).links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_stand_in_one_order_so_that_links_to_them_hold(client, language):
    glossary = Paths(language, CAMPAIGN).page("glossary")
    words = [one.get("id") for one in visit(client, glossary).all("h2")]
    assert words == [f"part-{number}" for number in range(1, 17)]
    assert glossary in visit(client, Paths(language, CAMPAIGN).page("privacy")).html


def test_a_campaign_without_a_page_of_words_links_to_none(parts, tmp_path):
    load(parts, small(tmp_path).root)
    client = client_of(parts)
    assert "/glossary/" not in visit(client, "/en/small/evidence/").html
    visit(client, "/en/small/glossary/", 404)
