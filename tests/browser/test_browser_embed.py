"""A page of another site, with a strict policy of its own, holds a letter and its form; somebody signs in it."""

import gzip

import holders
import programs
import pytest
from axe_playwright_python.sync_playwright import Axe
from databases import real_parts, settings_for
from playwright.sync_api import Frame, Page, expect
from writer import OPTIONS, PHONE

from campaign.web.organise.embeds import snippet

pytestmark = pytest.mark.browser

WIDE = {"width": 1100, "height": 900}
FIXED = 800  # pixels, as the lines say it
HEIGHTS = "() => document.documentElement.getBoundingClientRect().height"


@pytest.fixture(scope="module")
def world(databases, tmp_path_factory):
    """A site, a page elsewhere that it lets hold its form, and the same page under a name that it does not know."""
    home = tmp_path_factory.mktemp("home")
    address = databases.copy("sqlite", "loaded")
    with (
        programs.served(env=programs.environment(address, home)) as site,
        real_parts(settings_for(address, home)) as parts,
    ):
        lines = snippet(site, parts.editions.current("keep-the-ban"), "lithuania", "en")
        with holders.hosted(lines, site) as unknown:
            known = unknown.replace("127.0.0.1", "localhost")
            holders.allow(parts, known)
            yield site, known, unknown


def held(page: Page) -> Frame:
    """What stands in the frame of a page."""
    return page.locator("iframe").element_handle().content_frame()


def height(page: Page) -> float:
    """How high a page shows its frame, in pixels."""
    return page.locator("iframe").bounding_box()["height"]


def is_grown(page: Page) -> None:
    """See that the frame becomes as high as what it shows, but for its border of two pixels above and below."""
    wanted = held(page).evaluate(HEIGHTS)
    expect(page.locator("iframe")).to_have_js_property("clientHeight", -int(-wanted // 1))


def faults(frame: Frame) -> list[str]:
    """What axe finds on a page in a frame."""
    frame.evaluate(Axe().axe_script)
    found = frame.evaluate("options => axe.run(options).then(answer => answer.violations)", OPTIONS)
    return [f"{one['id']} at {[node['target'] for node in one['nodes']]}" for one in found]


def fill(frame: Frame) -> None:
    frame.locator("#name").fill("Ona Nordmann")
    frame.locator("#email").fill("ona@example.org")
    frame.locator("#country").select_option("NO")
    frame.locator("#sign input[type=checkbox][required]").check()


def test_a_page_of_an_allowed_site_grows_with_the_form_and_somebody_signs_in_it(browser, world):
    site, known, _ = world
    with browser.new_context(viewport=PHONE, reduced_motion="reduce") as context:
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(known, wait_until="networkidle")
        for width in (WIDE, PHONE):
            page.set_viewport_size(width)
            is_grown(page)
            assert height(page) > FIXED
            assert faults(held(page)) == []
        held(page).locator("#sign button:not([name])").first.click()
        held(page).wait_for_function("() => document.activeElement.id === 'problems'")
        expect(page.locator("iframe")).to_be_in_viewport()
        assert page.locator("iframe").bounding_box()["y"] >= -1
        is_grown(page)
        fill(held(page))
        held(page).locator("button[value=preview]").click()
        held(page).wait_for_selector(".office-only")
        is_grown(page)
        with page.expect_download() as paper:
            held(page).locator("button[value=pdf]").click()
        assert paper.value.suggested_filename.endswith(".pdf")
        with context.expect_page() as other:
            held(page).locator("footer a").last.click()
        assert other.value.url == f"{site}/en/privacy/"
        held(page).locator("#sign button:not([name])").first.click()
        held(page).wait_for_url("**/embed/sent/")
        is_grown(page)
        assert faults(held(page)) == []
        assert page.url == f"{known}/"
        assert [one for one in said if "422" not in one and "Blocked autofocusing" not in one] == []


def test_without_scripts_the_frame_keeps_its_height_and_scrolls(browser, world):
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(world[1], wait_until="networkidle")
        assert FIXED <= height(page) <= FIXED + 4
        fill(held(page))
        held(page).locator("#sign button:not([name])").first.click()
        held(page).wait_for_url("**/embed/sent/")
        assert page.url == f"{world[1]}/"


def test_a_page_of_any_other_site_shows_nothing_and_no_page_from_a_mail_is_ever_held(browser, world):
    site, known, unknown = world
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        page.goto(unknown, wait_until="networkidle")
        assert held(page).url.startswith("chrome-error:")
        page.goto(known, wait_until="networkidle")
        for path in ("/en/confirm/abc/", "/en/keep-the-ban/code/", "/en/keep-the-ban/lithuania/"):
            with page.expect_event("requestfailed") as refused:
                page.locator("iframe").evaluate("(one, address) => { one.src = address; }", f"{site}{path}")
            assert (refused.value.url, refused.value.failure) == (f"{site}{path}", "net::ERR_BLOCKED_BY_RESPONSE")


def test_a_first_visit_to_a_frame_stays_light(browser, world):
    """A hundred KiB with everything it asks for, in at most twelve requests; texts as a server in front packs them."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        answers = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  playwright marks what it is given
        page.goto(world[1], wait_until="networkidle")
        ours = [one for one in answers if one.url.startswith(world[0])]
        sizes = {one.url: len(one.body()) if ".woff2" in one.url else len(gzip.compress(one.body())) for one in ours}
        assert sum(sizes.values()) < 100 * 1024, sizes
        assert len(ours) <= 12, sizes
