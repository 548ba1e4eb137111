"""Everyone can read and use every page in every state: axe finds nothing, nothing is cut, keys reach everything."""

import contextlib

import legible
import pytest
from axe_playwright_python.sync_playwright import Axe
from databases import real_parts, settings_for
from playwright.sync_api import Page
from staged import staged
from tour import Tour

from campaign.outside.words import LANGUAGES

pytestmark = pytest.mark.browser

WHOLE = "en"  # the language of which every page is looked at; how they are laid out is the same in all
# What axe reads in every language: the choice of a state, the form as it comes and refused, and what follows.
SEEN = (
    "campaign.show",
    "sign.show lithuania",
    "form wrong with nothing",
    "signed lithuania",
    "confirm open",
    "confirm done, letters left",
)
# What else must fit in every language: where words are many, or narrow.
FITTING = (
    *SEEN, "sign.show finland", "form wrong in every field", "preview", "pages.evidence", "pages.timeline", "told.show",
    "embed.show lithuania", "yours.ask",
)  # fmt: skip
# Once more wide and dark.
TWICE = (
    *SEEN, "pages.evidence", "pages.interventions", "pages.timeline", "pages.privacy", "told.show", "preview",
    "answers said", "trim open", "error 404", "embed.count", "yours", "correct preview", "kiosk", "kiosk state",
)  # fmt: skip
# Pages that are another but for a sentence, which every page's own test reads.
SAME = (
    "form again", "form of an older text", "form paused", "form closed", "form wrong where the address may be meant",
    "confirm with nothing", "confirm other words", "signed latvia", "state paused", "campaign paused", "answers other",
    "trim other", "correct other", "yours kept", "yours spoken", "yours corrected", "yours not erased", "error 41",
    "error 405", "error 409", "error 500", "withdraw cut", "unsubscribe cut", "answers cut", "trim cut",
    "confirm late,", "embed.sent", "embed.logged", "sign.show latvia", "sign.show estonia", "correct done",
)  # fmt: skip
# Once more in colours that the reader's system forces.
FORCED = ("campaign.show", "sign.show lithuania", "form wrong with nothing", "confirm done, letters left", "preview")
NARROW, WIDE = 320, 1280
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
OPTIONS = {"preload": False, "resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}


@contextlib.contextmanager
def toured(databases, home, browser, language, *, is_short=True):
    """A page as most have it, and the address of every page of a tour; no colour fades, so that none is half-way."""
    with real_parts(settings_for(databases.copy("sqlite", "loaded"), home)) as parts:
        tour = Tour(parts, language).take(is_short=is_short)
        with (
            staged(tour.client.application, tour.pages) as addresses,
            browser.new_context(viewport={"width": NARROW, "height": 740}, reduced_motion="reduce") as context,
        ):
            context.route("**/kiosk.js", lambda route: route.abort())  # it would lead away while a page is looked at
            yield context.new_page(), addresses


def look(page: Page, width: int = NARROW, **media: str) -> list[str]:
    """What axe finds in one view."""
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(reduced_motion="reduce", **media)
    wrong = page.evaluate("options => axe.run(options).then(answer => answer.violations)", OPTIONS)
    return [f"{width} {media}: {one['id']} at {[node['target'] for node in one['nodes']]}" for one in wrong]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_all_of_it_can_be_read_at_320_pixels_spaced_and_twice_the_size(
    databases, tmp_path, browser, language
):
    found = {}
    is_whole = language == WHOLE
    with toured(databases, tmp_path, browser, language, is_short=not is_whole) as (page, addresses):
        assert {*FITTING, *(TWICE if is_whole else ())} <= addresses.keys()
        wanted = [one for one in addresses if not one.startswith(SAME)] if is_whole else FITTING
        for name in wanted:
            page.goto(addresses[name])
            legible.unfold(page)
            faults = legible.faults(page)
            page.evaluate(AXE if is_whole or name in SEEN else "0")
            faults += look(page, color_scheme="light") if is_whole or name in SEEN else []
            if is_whole and name in TWICE:
                legible.unfold(page, is_open=False)
                faults += look(page, WIDE, color_scheme="dark")
            if is_whole and name in FORCED:
                faults += look(page, color_scheme="dark", forced_colors="active")
            page.emulate_media(color_scheme="light", forced_colors="none")
            if faults:
                found[name] = faults
    assert found == {}


# What has the focus: where it stands among all that can have it, whether a ring of two pixels or more is drawn, and
# whether it is in view: its beginning, since a tall field is scrolled to its first line, and a link may go on in the
# next one. Of a shape on the map only the beginning is asked for: its middle may lie under a neighbour's.
FOCUSED = """controls => {
  const one = document.activeElement, box = one.getClientRects()[0];
  if (one === document.body) return null;
  const isRing = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const end = box.top + Math.min(box.height, 44);
  const over = document.elementFromPoint(box.x + box.width / 2, (box.top + end) / 2);
  return {
    said: one.outerHTML.slice(0, 200),
    position: [...document.querySelectorAll(controls)].indexOf(one),
    is_ringed: isRing(getComputedStyle(one)) || isRing(getComputedStyle(one, "::after")),
    is_seen: box.top >= 0 && end <= innerHeight && (one === over || one.contains(over) || one.closest("svg") !== null),
  };
}"""
# A group of radio buttons is one stop, at the one that is chosen or the first; what is folded away or hidden is none.
CONTROLS = """() => {
  const all = [...document.querySelectorAll("a[href], summary, button, input, select, textarea")];
  const isSeen = one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.type !== "hidden";
  const group = one => all.filter(other => other.name === one.name);
  const isStop = one => one.type !== "radio" || one === (group(one).find(other => other.checked) || group(one)[0]);
  return all.filter(one => isSeen(one) && isStop(one)).map((one, number) => one.dataset.stop = number).length;
}"""


def walk(page: Page) -> list[str]:
    """Press Tab from the top of a page to its end; what is wrong with a stop, or with their order."""
    how_many = page.evaluate(CONTROLS)
    found = []
    for number in range(how_many):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED, "[data-stop]")
        if stop is None or stop["position"] != number:
            return [*found, f"stop {number} of {how_many} is {stop}"]
        if not (stop["is_ringed"] and stop["is_seen"]):
            found.append(f"stop {number}: {stop}")
    return found


@pytest.mark.parametrize(("width", "colours"), [(360, "none"), (WIDE, "active")])
def test_tab_reaches_everything_in_order_and_shows_where_it_is(databases, tmp_path, browser, width, colours):
    found = {}
    with toured(databases, tmp_path, browser, "fi") as (page, addresses):
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(reduced_motion="reduce", forced_colors=colours)
        for name in ("sign.show lithuania", "campaign.show", "pages.faq", "preview", "confirm open"):
            page.goto(addresses[name])
            legible.unfold(page)
            page.locator("#sign .point > input").evaluate_all("all => all.slice(0, 2).forEach(one => one.click())")
            page.evaluate("scrollTo(0, 0)")
            found[name] = walk(page)
        page.goto(addresses["form wrong with nothing"])
        assert page.evaluate("document.activeElement.id") == "problems"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "name"
    assert {name: faults for name, faults in found.items() if faults} == {}
