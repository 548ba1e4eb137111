"""The page of style in a browser: axe finds nothing in any way of seeing, and swatches have the colours they name."""

import threading

import pytest
from databases import real_parts, settings_for
from organisers import Organiser
from sites import build
from test_browser_access import AXE, NARROW, OPTIONS, WIDE
from werkzeug.serving import make_server

from campaign.web.organise import tokens

pytestmark = pytest.mark.browser

WAYS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
# The colour of every swatch as it is painted, and what the page says the custom property is in light and in dark.
SWATCHES = """all => all.map(one => [
  getComputedStyle(one.querySelector(".swatch rect")).fill,
  ...[...one.querySelectorAll(".chip rect")].slice(0, 2).map(chip => getComputedStyle(chip).fill),
])"""


@pytest.fixture(scope="module")
def site(databases, tmp_path_factory):
    """The site, served by a thread, and a viewer's cookie."""
    address = databases.copy("sqlite", "loaded")
    with real_parts(settings_for(address, tmp_path_factory.mktemp("home"))) as parts:
        Organiser(parts, "first@example.org").accept("owner")
        viewer = Organiser(parts).accept("viewer")
        server = make_server("127.0.0.1", 0, build(parts), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", viewer.client.get_cookie("campaign-organiser")
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser, site):
    """The page, opened; whatever it says on its console as an error, or throws, fails the test."""
    base, cookie = site
    said = []
    with browser.new_context(viewport={"width": WIDE, "height": 900}, reduced_motion="reduce") as context:
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        assert page.goto(f"{base}/organise/style/").status == 200
        yield page
        assert said == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_axe_finds_nothing_on_the_page_of_style_in_any_way_of_seeing(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("main details").evaluate_all("(all, open) => all.forEach(one => one.open = open)", width == NARROW)
    page.evaluate(AXE)
    is_wider = page.evaluate("document.documentElement.scrollWidth") > width
    found = [f"wider than {width}"] if is_wider else []
    for name, way in WAYS.items():
        page.emulate_media(reduced_motion="reduce", **way)
        wrong = page.evaluate("options => axe.run(options).then(answer => answer.violations)", OPTIONS)
        found += [f"{name}: {one['id']} at {[node['target'] for node in one['nodes'][:5]]}" for one in wrong]
    assert found == []


def test_a_swatch_has_the_colour_that_stands_below_it_and_so_has_the_page(page):
    for scheme, column in (("light", 1), ("dark", 2)):
        page.emulate_media(color_scheme=scheme)
        painted = page.locator(".swatches > li").evaluate_all(SWATCHES)
        assert len(painted) > 15
        assert [one for one in painted if one[0] != one[column]] == []
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert painted[0][0] == ground


def test_what_is_printed_takes_nothing_of_the_dark(page):
    page.emulate_media(media="print", color_scheme="dark")
    told = "name => getComputedStyle(document.documentElement).getPropertyValue(name)"
    dark = {one.name for one in tokens.tokens() if page.evaluate(told, f"--{one.name}") == one.ways.get("dark")}
    assert dark - {"shadow"} == set()


def test_the_page_opens_at_its_top(page):
    assert page.evaluate("[scrollY, document.activeElement.tagName]") == [0, "BODY"]
