"""Somebody who writes a letter in a browser: what they type and choose, and what of it the device keeps."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
MINE = "My grandfather lost a leg on the road behind our house."
KEY = "draft/keep-the-ban/lithuania"
PERSON = {"#name": "Ona Nordmann", "#email": "ona@example.org", "#city": "Kirkenes", "#short_name": "O. N."}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"preload": False, "resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
FOUND, KEPT, METER = "[data-draft=found]", "[data-draft=kept]", "output[data-length]"


def letter(base: str, language: str = "en", state: str = "lithuania") -> str:
    return f"{base}/{language}/keep-the-ban/{state}/"


def begin(page: Page, base: str) -> None:
    """Write what a letter may be begun with: words, a subject, two points in an order, an office less, a language."""
    page.goto(letter(base))
    page.locator("#paragraph").fill(MINE)
    page.locator("[name=subject_choice][value='2']").check()
    page.locator("#sign summary").first.click()
    for point, place in (("roads", "4"), ("years", "1")):
        page.locator(f"#point-{point}").check()
        page.locator(f"#place-{point}").select_option(place)
    page.locator("[name^=office-]").first.uncheck()
    page.locator("#letter_language").select_option("en")


def told(page: Page) -> dict[str, object]:
    """What stands in the form of all that may be kept."""
    return page.locator("#sign").evaluate(
        """form => Object.fromEntries([...form.elements]
             .filter(one => /^(paragraph|subject_choice|letter_language|(point|place|office)-.+)$/.test(one.name))
             .filter(one => one.type !== "radio" || one.checked)
             .map(one => [one.name, one.type === "checkbox" ? one.checked : one.value]))"""
    )


def stored(page: Page) -> dict[str, str]:
    return page.evaluate("({...localStorage})")


def fill_person(page: Page) -> None:
    for field, value in PERSON.items():
        page.locator(field).fill(value)
    page.locator("#country").select_option("NO")
    page.locator("#shown-short").check()
    page.locator("#answers-campaign").check()
    page.locator("#sign input[type=checkbox][required]").check()


def sign(page: Page) -> None:
    page.locator("#sign > .actions button:not([name])").click()
    assert page.url.endswith("/sent/")


def faults_of(page: Page) -> list[str]:
    page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(answer => answer.violations)", OPTIONS)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    return [f"{one['id']} at {[node['target'] for node in one['nodes']]}" for one in found]
