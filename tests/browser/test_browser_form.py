"""What scripts spare whoever fills the form in: a press too many, a search for one's country, words lost on the way."""

import pytest
from playwright.sync_api import Page
from writer import MINE, PHONE, faults_of, fill_person, letter

pytestmark = pytest.mark.browser

ROOM = "output[data-most]"
SHARING = "navigator.share = (told) => { window.passedOn = told; return Promise.resolve(); };"


@pytest.fixture
def phone(browser):
    """A phone that can pass things on, of somebody who reads English and lives in Norway."""
    with browser.new_context(viewport=PHONE, locale="en-NO") as context:
        faults = []
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.add_init_script(SHARING)
        yield page
        assert faults == []


def test_a_press_too_many_is_swallowed_and_another_button_is_not(phone, offering):
    phone.goto(letter(offering))
    phone.evaluate(
        """() => {
          window.pressed = [];
          window.addEventListener("submit", (event) => {
            window.pressed.push([event.submitter.value, event.defaultPrevented]);
            event.preventDefault();
          });
        }"""
    )
    sign, look = (phone.locator(f"#sign > .actions button{one}") for one in (":not([name])", "[value=preview]"))
    for button in (sign, sign, look):
        button.click()
    assert phone.evaluate("window.pressed") == [["", False], ["", True], ["preview", False]]
    assert sign.is_enabled()


def test_another_language_takes_along_what_was_typed(phone, offering):
    phone.goto(letter(offering))
    choose(phone, "nb")
    assert phone.url == letter(offering, "nb")
    fill_person(phone)
    phone.locator("#paragraph").fill(MINE)
    choose(phone, "sv")
    assert phone.url == letter(offering, "sv")
    assert phone.locator("#name").input_value() == "Ona Nordmann"
    assert phone.locator("#paragraph").input_value() == MINE
    choose(phone, "en")
    assert phone.locator("#country").input_value() == "NO"


def choose(page: Page, language: str) -> None:
    page.locator("header summary").click()
    page.locator(f"header a[hreflang={language}]").click()


def test_ones_country_comes_first_and_is_not_chosen_for_anybody(phone, offering):
    phone.goto(letter(offering))
    listed = phone.locator("#country option").evaluate_all("all => all.map(one => one.value)")
    assert listed[:3] == ["", "NO", "AF"]
    assert len(set(listed)) == len(listed)
    assert phone.locator("#country").input_value() == ""


def test_room_is_told_near_its_end_as_people_count(phone, offering):
    phone.goto(letter(offering))
    words, room = phone.locator("#paragraph"), phone.locator(ROOM)
    words.fill("x" * 1500)
    assert not room.is_visible()
    words.fill("x" * 1998 + "👩‍👩‍👧")
    assert room.inner_text() == "Room for 1 more character"
    words.fill("x" * 3100)
    assert room.inner_text() == "1,100 characters too many"


@pytest.mark.parametrize("path", ["/en/keep-the-ban/", "/fi/keep-the-ban/finland/"])
def test_a_page_is_passed_on_by_the_devices_own_list(phone, offering, path):
    phone.goto(offering + path)
    fold = phone.locator("details:has(.share)")
    assert fold.count() == 1
    fold.locator("summary").click()
    fold.locator("[data-address] button").click()
    told = phone.evaluate("window.passedOn")
    assert told["url"] == offering + path
    assert told["text"].startswith(phone.locator("h1").inner_text())
    assert fold.locator("textarea").input_value() == f"{told['text']} {told['url']}"
    assert faults_of(phone) == []


def test_a_state_on_paper_is_its_standing_its_dates_with_addresses_and_both_letters(phone, offering):
    phone.goto(letter(offering, "fi", "estonia"))
    phone.emulate_media(media="print")
    for seen in ("h1", ".standing >> nth=0", ".timeline .source a >> nth=0", ".sheet >> nth=0", ".sheet >> nth=1"):
        assert phone.locator(seen).is_visible(), seen
    for unseen in ("form", "aside", ".share", ".foot", ".sign-bar"):
        assert not any(one.is_visible() for one in phone.locator(unseen).all()), unseen
    told = "getComputedStyle(document.querySelector('.timeline .source a'), '::after').content"
    assert "https://" in phone.evaluate(told)
