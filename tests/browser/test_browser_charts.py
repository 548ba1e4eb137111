"""The organisers' first page draws its tables, with nothing that its policy forbids, and does without scripts."""

import programs
import pyotp
import pytest
from databases import real_parts, settings_for
from organisers import PASSWORD
from people import CAMPAIGN
from playwright.sync_api import Page
from test_browser_access import AXE, OPTIONS

from campaign.services import invite
from campaign.services.note import COMMAND_LINE
from campaign.services.pretend import pretend

pytestmark = pytest.mark.browser

TABLET, DESK = 768, 1280


@pytest.fixture(scope="module")
def site(databases, tmp_path_factory):
    """A served site with made-up people, and the cookies of somebody who may see counts."""
    home = tmp_path_factory.mktemp("home")
    address = databases.copy("sqlite", "loaded")
    with real_parts(settings_for(address, home)) as parts:
        pretend(parts, parts.editions.current(CAMPAIGN), 1500, print)
        link = invite.invite(parts, COMMAND_LINE, "ona@example.org", "viewer")
        path = link.removeprefix(parts.settings.base_url)
    with programs.served(env=programs.environment(address, home)) as base:
        yield base, path


@pytest.fixture(scope="module")
def cookies(site, browser):
    base, path = site
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{base}{path}")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.locator("#code").fill(pyotp.TOTP(page.locator("#totp-secret").inner_text()).now())
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
        return context.storage_state()


@pytest.fixture
def opened(site, browser, cookies):
    """Open the first page at a width, with or without scripts; whatever the console says as an error is kept."""
    contexts = []

    def go(width: int = DESK, *, has_scripts: bool = True) -> tuple[Page, list[str]]:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            storage_state=cookies,
            java_script_enabled=has_scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page, faults = context.new_page(), []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{site[0]}/organise/", wait_until="networkidle")
        return page, faults

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [TABLET, DESK])
def test_charts_are_drawn_above_their_tables_and_axe_finds_nothing(opened, width):
    page, faults = opened(width)
    assert page.locator("figure.chart canvas").count() == 3
    assert page.locator("table:has(#by-day) tbody tr").count() > 60
    assert page.locator("table:has(#by-day)").is_visible() is False  # folded: it is long
    page.locator("details:has(#by-day) > summary").click()
    assert page.locator("table:has(#by-day)").is_visible()
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = page.evaluate("options => axe.run(options).then(answer => answer.violations)", OPTIONS)
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert page.locator("figure.chart canvas").count() == 3
    assert faults == []


def test_the_arrow_keys_read_a_chart_figure_by_figure(opened):
    page, faults = opened()
    chart = page.locator("figure.chart").first
    chart.locator(".canvas").focus()
    page.keyboard.press("Home")
    first = chart.locator(".reading").inner_text()
    assert "Lithuania" in first
    page.keyboard.press("ArrowRight")
    assert chart.locator(".reading").inner_text() != first
    assert chart.locator(".reading").get_attribute("aria-live") == "polite"
    assert faults == []


def test_without_scripts_the_tables_are_there_and_no_empty_chart_is(opened):
    page, _ = opened(has_scripts=False)
    assert [one for one in page.locator("figure.chart").all() if one.is_visible()] == []
    page.locator("details:has(#by-day) > summary").click()
    assert page.locator("table:has(#by-day)").is_visible()
