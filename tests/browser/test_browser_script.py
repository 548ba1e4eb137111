"""What scripts add: copying by one press, and a share of one's own while one types. Without them none of it shows."""

import gzip

import pytest
from playwright.sync_api import Page
from writer import DESK, KEPT, METER, MINE, PHONE, begin, faults_of, fill_person, letter

pytestmark = pytest.mark.browser


def test_writing_asks_the_network_nothing(writing, offering):
    writing.goto(letter(offering), wait_until="networkidle")
    asked = []
    writing.on("request", lambda request: asked.append(request.url))
    writing.locator("#paragraph").press_sequentially(MINE[:20])
    writing.locator("#sign summary").first.click()
    writing.locator("#point-roads").check()
    writing.locator(f"{KEPT} [data-draft=delete]").click()
    assert asked == []


def test_the_share_follows_what_is_typed_and_is_said_aloud_only_at_a_pause(writing, offering):
    writing.goto(letter(offering))
    meter = writing.locator(METER)
    assert not meter.is_visible()
    writing.locator("#paragraph").press_sequentially("A")
    assert meter.get_attribute("aria-live") == "off"
    assert meter.inner_text() == "About 1% of this letter is in your own words"
    writing.locator("#paragraph").fill(MINE * 30)
    most = int(meter.locator("[data-share]").inner_text())
    assert 30 < most < 80
    writing.locator("#sign summary").first.click()
    writing.locator("#point-roads").check()
    assert int(meter.locator("[data-share]").inner_text()) <= most
    writing.wait_for_function("() => document.querySelector('output').getAttribute('aria-live') === 'polite'")
    writing.locator("#paragraph").fill("…")
    assert not meter.is_visible()


def test_the_device_and_the_preview_tell_about_the_same_share(writing, offering):
    writing.goto(letter(offering))
    fill_person(writing)
    writing.locator("#paragraph").fill(f"{MINE} I teach at a school near the border, and we talk of it often.")
    typed = int(writing.locator("output [data-share]").inner_text())
    writing.locator("#sign button[value=preview]").click()
    assert abs(int(writing.locator(".meter strong").inner_text()) - typed) <= 2
    assert faults_of(writing) == []


@pytest.mark.parametrize("has_clipboard", [True, False], ids=["clipboard", "selection"])
def test_a_press_copies_address_subject_and_text(writing, offering, has_clipboard):
    if not has_clipboard:
        writing.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    writing.goto(letter(offering))
    fill_person(writing)
    writing.locator("#sign button[value=preview]").click()
    writing.locator("summary", has_text="yourself").first.click()
    for part in ("to", "subject", "text"):
        area = writing.locator(f"#self-{part}-1")
        button = writing.locator(f"[data-copy=self-{part}-1]")
        button.click()
        writing.locator(f"[data-copy=self-{part}-1] + [role=status]", has_text="Copied").wait_for()
        assert writing.locator("[data-copied]", has_text="Copied").count() == 1
        assert button.evaluate("one => one === document.activeElement")
        assert read_clipboard(writing, offering) == area.input_value() != ""
    assert faults_of(writing) == []


def read_clipboard(page: Page, base: str) -> str:
    other = page.context.new_page()
    other.goto(f"{base}/en/keep-the-ban/privacy/", wait_until="commit")
    other.bring_to_front()
    said = other.evaluate("navigator.clipboard.readText()")
    other.close()
    page.bring_to_front()
    return said


@pytest.mark.parametrize("width", [PHONE, DESK], ids=["phone", "desk"])
def test_without_scripts_nothing_of_it_shows_and_every_choice_can_be_made(browser, offering, width):
    with browser.new_context(viewport=width, java_script_enabled=False) as context:
        page = context.new_page()
        begin(page, offering)
        hidden = page.locator("[data-draft], [data-copy], output")
        assert hidden.count() > 0
        assert [one for one in hidden.all() if one.is_visible()] == []
        fill_person(page)
        page.locator("#sign button[value=preview]").click()
        assert [one for one in page.locator("[data-copy]").all() if one.is_visible()] == []
        said = page.locator("main").inner_text()
        assert said.index("What the years tell us") < said.index("What the roads tell us")
        assert "Subject 3 in en" in said


def test_a_first_visit_to_a_letter_stays_light(browser, offering):
    """A hundred KiB with everything it asks for, texts as a server in front packs them."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        answers = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  playwright marks what it is given
        page.goto(letter(offering), wait_until="networkidle")
        sizes = {
            one.url: len(body) if one.url.endswith(".woff2") else len(gzip.compress(body))
            for one in answers
            if (body := one.body())
        }
        assert sum(sizes.values()) < 100 * 1024, sizes
        assert any(url.endswith("/site.js") for url in sizes)
