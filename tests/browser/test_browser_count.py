"""A count goes on while somebody looks at it: figure, bar, words and time, in the language's own forms."""

import json
import re

import programs
import pytest
from databases import real_parts, settings_for
from playwright.sync_api import Page, Route

from campaign.domain import dates
from campaign.outside.words import Catalogues

pytestmark = pytest.mark.browser

COUNTS = "**/api/v1/campaigns/keep-the-ban/counts"
STATES = ("LT", "LV", "PL", "EE", "FI")
WORDS = Catalogues()


class Told:
    """The counts as a server that is asked again and again tells them; or no server at all."""

    def __init__(self, page: Page) -> None:
        self.asked, self.each, self.is_gone = 0, 0, False
        page.route(COUNTS, self.answer)

    def answer(self, route: Route) -> None:
        """Answer once more."""
        self.asked += 1
        if self.is_gone:
            route.abort()
            return
        states = {code: {"confirmed": self.each, "letters_sent": 0} for code in STATES}
        told = {"as_of": "2026-11-25T09:00:00Z", "confirmed": 5 * self.each, "states": states}
        route.fulfill(json=told, headers={"Date": "Wed, 25 Nov 2026 14:07:00 GMT"})


@pytest.fixture(scope="module")
def base(databases, tmp_path_factory):
    """A site that nobody has signed at yet."""
    home = tmp_path_factory.mktemp("home")
    address = databases.copy("sqlite", "loaded")
    with real_parts(settings_for(address, home)):
        pass
    with programs.served(env=programs.environment(address, home)) as base:
        yield base


@pytest.fixture
def page(browser):
    """A page whose hours pass at the test's word."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.clock.install()
        yield page


def pass_by(page: Page, told: Told, seconds: int) -> int:
    """Let time pass, and say how often the counts were asked for in it."""
    before = told.asked
    page.clock.run_for(seconds * 1000)
    page.wait_for_timeout(50)
    return told.asked - before


@pytest.mark.parametrize("language", ["lt", "lv", "pl"])
def test_figures_follow_in_the_form_that_the_language_has_for_each(page, base, language):
    told = Told(page)
    page.goto(f"{base}/{language}/keep-the-ban/")
    assert told.asked == 0
    for told.each in (1, 2, 20, 400, 1000):
        assert pass_by(page, told, 71) >= 1
        for place, count in ((".goal .figure", 5 * told.each), (".card [data-count=EE]", told.each)):
            figure = dates.number(count, language)
            said = WORDS.plural(language, "goal.confirmed", count, figure=figure).replace("\xa0", " ")
            assert page.locator(place).inner_text().replace("\xa0", " ") == said
        width = float(page.locator(".goal .ink-done").get_attribute("width"))
        mark = int(re.sub(r"\D", "", page.locator("[data-mark]").inner_text()))
        assert mark > 5 * told.each
        assert width == pytest.approx(5000 * told.each / mark, abs=0.1)
    assert re.search(r"14[.:]07", page.locator(".goal .soft").inner_text())
    live = page.locator("[aria-live], [role=status], [role=alert], output")
    assert [one for one in live.all() if one.locator("[data-count]").count()] == []


def test_a_page_that_nobody_looks_at_asks_nothing_and_one_that_gets_no_answer_asks_ever_less(page, base):
    told = Told(page)
    page.goto(f"{base}/en/keep-the-ban/finland/")
    told.each = 7
    assert pass_by(page, told, 71) == 1
    assert page.locator(".goal .figure").inner_text() == "7 letters confirmed"
    look(page, is_hidden=True)
    assert pass_by(page, told, 600) == 0
    look(page, is_hidden=False)
    assert pass_by(page, told, 6) == 1
    told.is_gone = True
    asked = [pass_by(page, told, 600) for _ in range(8)]
    assert asked[0] <= 4
    assert sum(asked) == 5
    assert asked[-1] == 0


def look(page: Page, *, is_hidden: bool) -> None:
    """Turn to another page, or back."""
    page.evaluate(
        f"""Object.defineProperty(document, 'hidden', {{configurable: true, value: {json.dumps(is_hidden)}}});
            document.dispatchEvent(new Event('visibilitychange'));"""
    )
