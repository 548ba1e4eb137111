"""Which language a page is in, and what templates say in it."""

import pytest
from flask import Flask
from markupsafe import Markup

from campaign.web.filters import contact_link, fill, host, page_language, preferred_language, spoken
from campaign.web.paths import Paths, in_language


def asked(header: str) -> str:
    with Flask(__name__).test_request_context("/", headers={"Accept-Language": header}):
        return preferred_language()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nb-NO,nb;q=0.9,en;q=0.5", "nb"),
        ("no", "nb"),
        ("nn-NO,nn;q=0.9", "nb"),
        ("sv-FI,fi;q=0.9", "sv"),
        ("de,pl;q=0.4,en;q=0.2", "pl"),
        ("pl;q=0.1,en;q=0.9", "en"),
        ("LT", "lt"),
        ("lv;q=0,et", "et"),
        ("de", "en"),
        ("*", "en"),
        ("", "en"),
        ("q=;;,,", "en"),
    ],
)
def test_the_language_a_browser_asks_for_most_among_ours_is_taken(header, language):
    assert asked(header) == language


def test_an_address_says_the_language_of_its_page_whatever_the_browser_asks_for():
    with Flask(__name__).test_request_context("/fi/privacy/", headers={"Accept-Language": "pl"}):
        assert page_language() == "fi"


def test_an_address_without_a_language_takes_the_browser_s():
    with Flask(__name__).test_request_context("/nowhere/", headers={"Accept-Language": "pl"}):
        assert page_language() == "pl"


def test_words_and_values_are_escaped_once_and_markup_is_kept():
    filled = fill("R&D: %(name)s, %(link)s", {"name": "<b>Ona</b>", "link": Markup("<a>x</a>")})
    assert filled == "R&amp;D: &lt;b&gt;Ona&lt;/b&gt;, <a>x</a>"


def test_words_that_are_missing_in_a_language_are_english_and_marked_so():
    with Flask(__name__).test_request_context("/fi/privacy/"):
        assert spoken({"en": "Norway & others"}) == '<span lang="en">Norway &amp; others</span>'
        assert spoken({"en": "Norway", "fi": "Norja"}) == "Norja"


def test_a_source_is_shown_by_its_host():
    assert host("https://www.apminebanconvention.org/en/news") == "apminebanconvention.org"
    assert host("https://genevapm.dfa.gov.ph/x") == "genevapm.dfa.gov.ph"


def test_a_contact_is_a_mail_address_or_a_page():
    assert contact_link("us@example.org") == '<a href="mailto:us@example.org">us@example.org</a>'
    assert contact_link("https://example.org/us") == '<a href="https://example.org/us">example.org</a>'


def test_addresses_of_pages_are_the_ones_promised():
    paths = Paths("lt", "keep-the-ban")
    assert paths.campaign() == "/lt/keep-the-ban/"
    assert paths.state("latvia") == "/lt/keep-the-ban/latvia/"
    assert paths.sent("latvia") == "/lt/keep-the-ban/latvia/sent/"
    assert paths.page("evidence") == "/lt/keep-the-ban/evidence/"
    assert paths.page("privacy") == "/lt/privacy/"


def test_the_same_page_in_another_language_differs_in_its_first_part_only():
    assert in_language("/lt/confirm/abc_-=/", "nb") == "/nb/confirm/abc_-=/"
