"""The whole way in a real browser: five states in one sitting, five languages, a phone's width, no scripts."""

import programs
import pytest
import visitor
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

SITTING = (("en", "lithuania"), ("lv", "latvia"), ("pl", "poland"), ("et", "estonia"), ("fi", "finland"))
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def base(databases, tmp_path_factory):
    """The program as a newcomer runs it: embedded database and worker, mails kept in the home."""
    address = databases.copy("sqlite", "loaded")
    with programs.served(env=programs.environment(address, tmp_path_factory.mktemp("home"))) as base:
        yield base


def person(browser: Browser, *, width: dict[str, int], has_scripts: bool) -> BrowserContext:
    """A visitor who never leaves this machine, whatever a page asks for."""
    context = browser.new_context(viewport=width, java_script_enabled=has_scripts, locale="en-GB")
    context.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
    return context


def sign(page: Page, base: str, language: str, state: str, email: str) -> None:
    page.goto(f"{base}/{language}/keep-the-ban/{state}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.locator("#sign [autocomplete=name]").fill("Ona Nordmann-Žukauskaitė")
    page.locator("#sign [autocomplete=email]").fill(email)
    page.locator("#sign [autocomplete=country]").select_option("NO")
    page.locator("#sign textarea[name=paragraph]").fill("I grew up near a minefield. 🌱")
    page.locator("#sign input[type=checkbox][required]").check()
    page.locator("#sign button[type=submit]:not([name])").first.click()
    assert page.url.endswith(f"/{language}/keep-the-ban/{state}/sent/")


def newest_link(page: Page, base: str, email: str, purpose: str = "confirm") -> str:
    """Open the newest mail to a mailbox that holds a link, as one does at /mailbox/, and give the link."""
    page.goto(f"{base}/mailbox/")
    row = page.locator("main li, main tr", has_text=email).first
    row.locator("a").first.click()
    return page.locator(f"main a[href*='/{purpose}/']").first.get_attribute("href")


@pytest.mark.parametrize(("width", "has_scripts"), [(PHONE, False), (DESK, True)], ids=["phone, no scripts", "desk"])
def test_five_states_in_one_sitting_and_five_languages(browser, base, width, has_scripts):
    email = f"ona{width['width']}@example.org"
    before = counts(base)
    with person(browser, width=width, has_scripts=has_scripts) as context:
        page = context.new_page()
        faults = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        for language, state in SITTING:
            sign(page, base, language, state, email)
        assert counts(base) == before
        visitor.until(lambda: five_wait(page, base, email), seconds=60, every=1)
        link = newest_link(page, base, email)
        page.goto(link)
        assert counts(base) == before
        assert page.locator("#confirm input[type=checkbox]:checked").count() == 5
        page.locator("#confirm button[type=submit]").first.click()
        assert page.url == link
        body = page.locator("main").inner_text()
        assert "Nordmann" not in body
        assert email not in body
        assert counts(base) == {code: count + 1 for code, count in before.items()}
        visitor.until(lambda: letters(base) > 0, seconds=30)
        take_back(page, before, base)
        assert faults == []


def take_back(page: Page, before: dict[str, int], base: str) -> None:
    """Follow the link on the page after the press, and take every signature back."""
    page.locator("main a[href*='/withdraw/']").first.click()
    page.locator("#withdraw button[type=submit]").first.click()
    assert counts(base) == before


def five_wait(page: Page, base: str, email: str) -> bool:
    page.goto(newest_link(page, base, email))
    return page.locator("#confirm input[type=checkbox]:checked").count() == 5


def counts(base: str) -> dict[str, int]:
    return {code: one["confirmed"] for code, one in document(base)["states"].items()}


def letters(base: str) -> int:
    return sum(one["letters_sent"] for one in document(base)["states"].values())


def document(base: str) -> dict:
    import json  # noqa: PLC0415

    return json.loads(visitor.get(f"{base}/api/v1/campaigns/keep-the-ban/counts").text)


def test_what_is_typed_wrong_comes_back_with_a_summary_that_leads_to_each_field(browser, base):
    with person(browser, width=PHONE, has_scripts=False) as context:
        page = context.new_page()
        page.goto(f"{base}/lt/keep-the-ban/latvia/")
        page.locator("#sign [autocomplete=name]").fill("<script>alert(1)</script>")
        page.locator("#sign [autocomplete=email]").fill("ona@gmial.com")
        page.locator("#sign textarea[name=paragraph]").fill("My own words stay.")
        page.locator("#sign").evaluate("form => form.noValidate = true")
        page.locator("#sign button[type=submit]:not([name])").first.click()
        summary = page.locator("[role=alert]")
        assert summary.locator("a").count() == 4
        assert page.locator("textarea[name=paragraph]").input_value() == "My own words stay."
        for link in summary.locator("a").all():
            target = link.get_attribute("href").removeprefix("#")
            assert page.locator(f"[id='{target}']").count() == 1
        assert page.locator("[aria-invalid=true]").count() >= 3


def test_the_preview_shows_what_leaves_and_keeps_nothing(browser, base):
    before = counts(base)
    with person(browser, width=DESK, has_scripts=False) as context:
        page = context.new_page()
        page.goto(f"{base}/en/keep-the-ban/finland/")
        page.locator("#sign [autocomplete=name]").fill("Ona Nordmann")
        page.locator("#sign [autocomplete=email]").fill("preview@example.org")
        page.locator("#sign [autocomplete=country]").select_option("NO")
        page.locator("#sign textarea[name=paragraph]").fill("Words of my own.")
        page.locator("#sign select[name=letter_language]").select_option("sv")
        page.locator("#sign input[type=checkbox][required]").check()
        page.locator("#sign button[name=do][value=preview]").first.click()
        sheet = page.locator("article [lang=sv], article[lang=sv]").first
        assert "Words of my own." in page.locator("main").inner_text()
        assert sheet.count() == 1
        page.locator("button[name=do][value=edit]").first.click()
        assert page.locator("#sign textarea[name=paragraph]").input_value() == "Words of my own."
    assert counts(base) == before
