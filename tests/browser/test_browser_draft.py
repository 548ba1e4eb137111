"""A letter that was begun is kept on the device alone, offered again, and never with who began it."""

import json

import pytest
from writer import FOUND, KEPT, KEY, METER, MINE, PERSON, begin, faults_of, fill_person, letter, sign, stored, told

pytestmark = pytest.mark.browser


def test_a_letter_that_was_begun_is_offered_again_in_another_language_and_taken_up_whole(writing, offering):
    begin(writing, offering)
    wanted = told(writing)
    writing.goto(letter(offering, "en"))
    writing.locator("header summary").click()
    writing.locator("header a[hreflang=nb]").click()
    assert writing.url == letter(offering, "nb")
    found = writing.locator(FOUND)
    assert writing.locator(f"{FOUND} [data-draft=on]").inner_text() == writing.evaluate(
        "new Date().toLocaleDateString('nb', {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'})"
    )
    assert writing.locator("#paragraph").input_value() == ""
    assert faults_of(writing) == []
    writing.locator("[data-draft=take]").click()
    assert told(writing) == wanted
    assert not found.is_visible()
    assert writing.locator("#point-roads").is_visible()
    assert writing.evaluate("document.activeElement.id") == "paragraph"
    assert writing.locator(KEPT).is_visible()
    assert writing.locator(METER).is_visible()
    assert faults_of(writing) == []


def test_another_state_and_a_form_that_is_filled_offer_nothing(writing, offering):
    begin(writing, offering)
    writing.goto(letter(offering, state="latvia"))
    assert not writing.locator(FOUND).is_visible()
    writing.goto(letter(offering))
    writing.locator("[data-draft=take]").click()
    writing.locator("#sign > .actions button:not([name])").click()
    assert writing.locator("[role=alert]").count() == 1
    assert not writing.locator(FOUND).is_visible()
    assert writing.locator(KEPT).is_visible()


def test_who_somebody_is_is_never_kept_and_after_signing_nothing_is(writing, offering):
    begin(writing, offering)
    wanted = told(writing)
    fill_person(writing)
    writing.locator("#paragraph").press("End")
    writing.locator("#paragraph").press_sequentially(" ")
    kept = stored(writing)
    assert list(kept) == [KEY]
    draft = json.loads(kept[KEY])
    assert set(draft) == {"on", "said"}
    assert draft["said"] == wanted | {"paragraph": f"{MINE} "}
    assert [said for said in (*PERSON.values(), "NO", "short", "campaign") if f'"{said}"' in kept[KEY]] == []
    assert [said for said in PERSON.values() if said in kept[KEY]] == []
    writing.locator("#sign button[value=preview]").click()
    assert list(stored(writing)) == [KEY]
    writing.locator("main form button[type=submit]:not([name])").first.click()
    assert writing.url.endswith("/sent/")
    assert stored(writing) == {}
    assert writing.evaluate("[sessionStorage.length, document.cookie]") == [0, ""]


def test_name_and_address_alone_are_no_draft(writing, offering):
    writing.goto(letter(offering))
    fill_person(writing)
    assert stored(writing) == {}
    writing.locator("#paragraph").fill("A word")
    assert list(stored(writing)) == [KEY]
    writing.locator("#paragraph").fill("")
    assert stored(writing) == {}
    assert not writing.locator(KEPT).is_visible()
    sign(writing)
    assert stored(writing) == {}


def test_what_was_kept_can_be_deleted_from_the_offer_and_the_form_stays_empty(writing, offering):
    begin(writing, offering)
    writing.goto(letter(offering))
    writing.locator(f"{FOUND} [data-draft=delete]").click()
    assert stored(writing) == {}
    assert writing.locator(FOUND).inner_text() == "Deleted from this device."
    assert writing.locator("#paragraph").input_value() == ""
    writing.reload()
    assert not writing.locator(FOUND).is_visible()


def test_what_is_deleted_while_writing_is_kept_no_more(writing, offering):
    begin(writing, offering)
    writing.locator(f"{KEPT} [data-draft=delete]").click()
    assert stored(writing) == {}
    assert writing.locator("#paragraph").input_value() == MINE
    writing.locator("#paragraph").press_sequentially(" And more.")
    assert stored(writing) == {}
    assert "Nothing more" in writing.locator(KEPT).inner_text()
    assert faults_of(writing) == []


def test_a_draft_is_dropped_after_fourteen_days_on_whatever_form_is_opened(writing, offering):
    begin(writing, offering)
    writing.evaluate(
        """key => { const draft = JSON.parse(localStorage[key]);
                    draft.on = new Date(Date.now() - 15 * 864e5).toISOString().slice(0, 10);
                    localStorage[key] = JSON.stringify(draft);
                    localStorage["draft/x/y"] = "broken"; localStorage.other = "1" }""",
        KEY,
    )
    writing.goto(letter(offering, state="finland"))
    assert stored(writing) == {"other": "1"}
    writing.goto(letter(offering))
    assert not writing.locator(FOUND).is_visible()


def test_where_storage_is_refused_the_form_works_and_nothing_is_said_of_it(writing, offering):
    writing.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})")
    begin(writing, offering)
    assert not writing.locator(KEPT).is_visible()
    assert writing.locator(METER).is_visible()
    fill_person(writing)
    sign(writing)
