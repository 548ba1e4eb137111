"""A tablet at a stall in a real browser: left alone it goes back and forgets; without a line it sends nothing."""

import contextlib

import programs
import pytest
from axe_playwright_python.sync_playwright import Axe
from databases import real_parts, settings_for
from playwright.sync_api import Error, Page, expect

from campaign.services import lend
from campaign.services.note import COMMAND_LINE

pytestmark = pytest.mark.browser

TABLET = {"width": 820, "height": 1180}
AXE = Axe().axe_script
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
ONA, EMAIL = "Ona Nordmann", "ona@example.org"


@pytest.fixture(scope="module")
def start(databases, tmp_path_factory):
    """The address of a tablet's first page on a served site."""
    home = tmp_path_factory.mktemp("home")
    address = databases.copy("sqlite", "loaded")
    with real_parts(settings_for(address, home)) as parts:
        link = lend.lend(parts, parts.editions.current("keep-the-ban"), COMMAND_LINE, "Town Hall square", 2)
        path = "/en/" + link.removeprefix(parts.settings.base_url).lstrip("/").partition("/")[2]
    with programs.served(env=programs.environment(address, home)) as base:
        yield base + path


def looked_at(page: Page) -> None:
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options).then(answer => answer.violations)", OPTIONS)
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def fill(page: Page, name: str, email: str) -> None:
    page.locator("#name").fill(name)
    page.locator("#email").fill(email)
    page.locator("#country").select_option("NO")
    page.locator("#consent-letter").check()


def test_a_tablet_left_alone_asks_goes_back_and_sends_nothing_without_a_line(browser, start):
    with browser.new_context(viewport=TABLET, reduced_motion="reduce") as context:
        page = context.new_page()
        page.clock.install()
        page.goto(start)
        looked_at(page)
        page.get_by_role("link", name="Lithuania").click()
        expect(page).to_have_url(f"{start}lithuania/")
        looked_at(page)
        fill(page, ONA, EMAIL)
        page.clock.fast_forward(61_000)
        dialog = page.get_by_role("dialog", name="Are you still there?")
        expect(dialog.get_by_role("button")).to_be_focused()
        looked_at(page)
        page.keyboard.press("Enter")
        expect(dialog).to_be_hidden()
        expect(page.locator("#name")).to_have_value(ONA)
        page.clock.fast_forward(61_000)
        expect(dialog).to_be_visible()
        page.clock.fast_forward(21_000)
        expect(page).to_have_url(start)

        page.get_by_role("link", name="Lithuania").click()
        expect(page).to_have_url(f"{start}lithuania/")
        fill(page, ONA, EMAIL)
        page.route("**/healthz", lambda route: route.abort())
        page.clock.fast_forward(21_000)
        note = page.get_by_role("status").first
        expect(note).to_contain_text("The line is gone")
        looked_at(page)
        page.locator("#sign").get_by_role("button", name="Sign").first.click()
        expect(page).to_have_url(f"{start}lithuania/")
        page.clock.fast_forward(61_000)
        expect(dialog).to_be_visible()
        page.clock.fast_forward(21_000)
        expect(page.locator("#main")).to_be_empty()
        assert ONA not in page.content()
        page.unroute("**/healthz")
        page.clock.fast_forward(21_000)
        expect(page).to_have_url(start)


def test_two_people_sign_one_after_the_other_and_back_shows_nothing_of_the_first(browser, start):
    with browser.new_context(viewport=TABLET, reduced_motion="reduce") as context:
        page = context.new_page()
        seen = []
        page.on("request", lambda request: seen.append(request.url))
        page.goto(start)
        page.get_by_role("link", name="Lithuania").click()
        expect(page).to_have_url(f"{start}lithuania/")
        fill(page, ONA, "ona.example.org")
        page.locator("#sign").get_by_role("button", name="Sign").first.click()
        expect(page.locator("#problems")).to_be_visible()
        expect(page.locator("#name")).to_have_value(ONA)
        looked_at(page)
        fill(page, ONA, EMAIL)
        page.locator("#sign").get_by_role("button", name="Sign").first.click()
        expect(page).to_have_url(f"{start}lithuania/sent/")
        looked_at(page)
        page.locator("#main").get_by_role("link", name="Back to the start").click()
        expect(page).to_have_url(start)
        for _ in range(4):
            with contextlib.suppress(Error):  # of a form that was sent the browser shows a page of its own
                page.go_back()
            page.wait_for_timeout(300)
            assert ONA not in page.content()
            assert page.locator("input[type=email]").count() == 0
            with contextlib.suppress(Error):
                page.reload()
            page.wait_for_timeout(300)
            assert ONA not in page.content()
        page.goto(start)
        page.get_by_role("link", name="Latvia").click()
        expect(page.locator("#name")).to_have_value("")
        fill(page, "Rasa", "rasa@example.org")
        page.locator("#sign").get_by_role("button", name="Sign").first.click()
        expect(page).to_have_url(f"{start}latvia/sent/")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        host = start.split("/")[2]
        assert {one.split("/")[2] for one in seen} == {host}
