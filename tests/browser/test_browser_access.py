"""Everyone can read and use the pages: axe finds nothing, no page scrolls sideways, the keyboard reaches everything."""

import itertools

import programs
import pytest
import visitor
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ALL = ("en", "nb", "lt", "lv", "pl", "et", "fi", "sv")
STATES = ("lithuania", "latvia", "poland", "estonia", "finland")
# One page of each kind: three more are read in the same frame as privacy.
READ = ("evidence", "interventions", "timeline", "privacy")
NARROW, WIDE = 320, 1280
# Two languages, so that each page is seen narrow and wide, light and dark.
VIEWS = {"en": ((NARROW, "light"), (WIDE, "dark")), "fi": ((NARROW, "dark"), (WIDE, "light"))}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
OPTIONS = {"preload": False, "resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}


@pytest.fixture(scope="module")
def base(databases, tmp_path_factory):
    address = databases.copy("sqlite", "loaded")
    with programs.served(env=programs.environment(address, tmp_path_factory.mktemp("home"))) as base:
        yield base


@pytest.fixture
def page(browser):
    """A page as most have it; its colours do not fade, so that none is measured half-way."""
    with browser.new_context(viewport={"width": NARROW, "height": 740}, reduced_motion="reduce") as context:
        yield context.new_page()


def look(page: Page, language: str) -> list[str]:
    """What axe finds on the page as it stands, in the views of a language, with every fold open where it is narrow."""
    found = []
    page.evaluate(AXE)
    for width, scheme in VIEWS[language]:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.locator("main details").evaluate_all("(all, open) => all.forEach(one => one.open = open)", width == NARROW)
        found += sideways(page)
        for wrong in page.evaluate("options => axe.run(options).then(answer => answer.violations)", OPTIONS):
            places = [node["target"] for node in wrong["nodes"]]
            found.append(f"{page.url} {width} {scheme}: {wrong['id']} at {places}")
    return found


def sideways(page: Page) -> list[str]:
    width = page.viewport_size["width"]
    is_wider = page.evaluate("document.documentElement.scrollWidth") > width
    return [f"{page.url} is wider than {width}"] if is_wider else []


def fill(page: Page, base: str, language: str, state: str, email: str) -> None:
    page.goto(f"{base}/{language}/keep-the-ban/{state}/")
    page.locator("#name").fill("Ona Nordmann-Žukauskaitė")
    page.locator("#email").fill(email)
    page.locator("#country").select_option("NO")
    page.locator("#paragraph").fill("I grew up near a minefield.\nIt was cleared when I was nine.")
    page.locator("#sign input[type=checkbox][required]").check()


def press(page: Page, value: str = "") -> None:
    wanted = f"[value={value}]" if value else ":not([name])"
    page.locator(f"main form button[type=submit]{wanted}").first.click()


@pytest.mark.parametrize("language", VIEWS)
def test_axe_finds_nothing_on_what_is_read(page, base, language):
    found = []
    for path in ("", *(f"{name}/" for name in (*READ, "poland", "poland/logged", "nowhere"))):
        page.goto(f"{base}/{language}/keep-the-ban/{path}")
        found += look(page, language)
    page.goto(f"{base}/{language}/confirm/broken/")
    assert found + look(page, language) == []


@pytest.mark.parametrize("language", VIEWS)
def test_axe_finds_nothing_from_the_form_to_the_signature_taken_back(page, base, language):
    email = f"ona-{language}@example.org"
    fill(page, base, language, "latvia", "ona@gmial.com")
    page.locator("#name").fill("<b>Ona</b>")
    press(page)
    assert page.locator("[role=alert] a").count() == 2
    found = look(page, language)
    fill(page, base, language, "lithuania", email)
    press(page, "preview")
    found += look(page, language)
    press(page)
    assert page.url.endswith("/sent/")
    found += look(page, language)
    page.locator("#email").fill(email)
    page.locator("#mail_code").fill("222 222")
    press(page)
    assert page.locator("[role=alert] a").count() == 1
    found += look(page, language)
    visitor.until(lambda: has_mail(page, base, email), seconds=60, every=1)
    found += look(page, language)
    page.locator("main li", has_text=email).first.locator("a").first.click()
    found += look(page, language)
    stop = page.locator("main a[href*='/unsubscribe/']").first.get_attribute("href")
    page.goto(page.locator("main a[href*='/confirm/']").first.get_attribute("href"))
    found += look(page, language)
    press(page)
    found += look(page, language)
    page.locator("main a[href*='/withdraw/']").first.click()
    found += look(page, language)
    press(page)
    found += look(page, language)
    page.goto(stop)
    found += look(page, language)
    press(page)
    assert found + look(page, language) == []


def has_mail(page: Page, base: str, email: str) -> bool:
    page.goto(f"{base}/mailbox/")
    return page.locator("main li", has_text=email).count() > 0


def test_nothing_scrolls_sideways_at_320_pixels(page, base):
    found = []
    for language, path in itertools.product(ALL, ("", *(f"{state}/" for state in STATES))):
        page.goto(f"{base}/{language}/keep-the-ban/{path}")
        page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")
        found += sideways(page)
    assert found == []


# What has the focus: which control it is, whether a ring of two pixels or more is drawn, and whether it is in view:
# its beginning, since a tall field is scrolled to its first line, and a link may go on in the next one.
FOCUSED = """controls => {
  const one = document.activeElement, box = one.getClientRects()[0], style = getComputedStyle(one);
  const end = box.top + Math.min(box.height, 44);
  const over = document.elementFromPoint(box.x + box.width / 2, (box.top + end) / 2);
  return {
    is_in_form: one.closest("#sign") !== null,
    position: [...document.querySelectorAll(controls)].indexOf(one),
    is_ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    is_seen: box.top >= 0 && end <= innerHeight && (one === over || one.contains(over)),
  }
}"""
# A group of radio buttons is one stop, at the one that is chosen.
CONTROLS = ", ".join(
    f"#sign {one}"
    for one in (
        "input:not([type=hidden]):not([type=radio]):not([type=button])",
        "input[type=radio]:checked",
        ".field > select",
        ".point:has(> :checked) select",
        ".below p:not([hidden]) input[type=button]",
        "textarea",
        "a[href]",
        "summary",
        "details[open] button",
        "> .actions button",
    )
)


@pytest.mark.parametrize("width", [360, WIDE])
def test_tab_reaches_every_control_of_the_form_in_order_and_shows_where_it_is(page, base, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{base}/fi/keep-the-ban/lithuania/")
    page.locator("#sign details").evaluate_all("all => all.forEach(one => one.open = true)")
    for point in page.locator("#sign .point > input").all()[:2]:
        point.check()
    how_many = page.locator(CONTROLS).count()
    page.locator("#name").focus()
    page.keyboard.press("Shift+Tab")
    stops = []
    while len(stops) <= how_many:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED, CONTROLS)
        if not stop["is_in_form"]:
            break
        stops.append(stop)
    assert [stop["position"] for stop in stops] == list(range(how_many))
    assert [number for number, stop in enumerate(stops) if not stop["is_ringed"] or not stop["is_seen"]] == []
