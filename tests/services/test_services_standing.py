"""A state's standing changes: letters not yet signed follow at once, those signed before stay what they were."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import people
import pytest
from databases import BUNDLED
from page import visit
from sites import build
from sqlalchemy import text

from campaign.domain.signing import Signing, clean
from campaign.errors import TextChangedError
from campaign.parts import Parts
from campaign.services import confirm as confirming
from campaign.services.load import load
from campaign.services.preview import preview
from campaign.services.sign import sign

PATH = "/en/keep-the-ban/lithuania/"
ASKS, THANKS = "I write to you about a decision", "I write to thank you."
RETURN = """events:
  - id: apmbc_returned
    treaty: apmbc
    kind: returned
    on: "{day}"
    source:
      - https://treaties.un.org/
    checked: 2026-11-24

"""


def returned(folder: Path, day: dt.date) -> Path:
    """A copy of the bundled campaign in which Lithuania returned on a day."""
    copied = shutil.copytree(BUNDLED, folder / "returned")
    file = copied / "states" / "lithuania.yaml"
    told = file.read_text(encoding="utf-8")
    assert told.count("events:\n") == 1
    file.write_text(told.replace("events:\n", RETURN.format(day=day)), encoding="utf-8")
    return copied


@pytest.fixture(params=["by the folder", "by the clock"])
def change(request, loaded, tmp_path) -> Callable[[], object]:
    """Makes Lithuania's standing another one: its return is written down today, or was, and its day comes."""
    today = loaded.clock.now().date()
    if request.param == "by the folder":
        return lambda: load(loaded, returned(tmp_path, today))
    load(loaded, returned(tmp_path, today + dt.timedelta(days=1)))
    return lambda: loaded.clock.move(dt.timedelta(days=1))


def signing_of(parts: Parts, **changed: object) -> Signing:
    state = parts.editions.current(people.CAMPAIGN).state("lithuania")
    return clean(people.typed(parts, **changed), state)


def texts(parts: Parts, signing: Signing) -> dict[str, tuple[str, str]]:
    """Subject and body of all letters of a form, by mailbox, or by office where it waits for one."""
    edition = parts.editions.current(people.CAMPAIGN)
    found = preview(parts, edition, edition.state("lithuania"), signing).letters
    return {one.address or one.offices[0]: (one.sent.subject, one.sent.text) for one in found}


def assert_left(parts: Parts, expected: dict[str, tuple[str, str]]) -> None:
    """Every mailbox got its letter, byte for byte, and nothing else left."""
    left = {one.to_address: (one.subject, one.text) for one in people.letters(parts)}
    assert left == {address: said for address, said in expected.items() if "@" in address}
    assert left


def test_the_page_its_form_and_its_letter_follow(loaded, change):
    client = build(loaded).test_client(use_cookies=False)
    before = visit(client, PATH)
    assert (ASKS in before.text, THANKS in before.text) == (True, False)
    change()
    after = visit(client, PATH)
    assert (ASKS in after.text, THANKS in after.text) == (False, True)
    assert after.form("sign").fields["text_version"] != before.form("sign").fields["text_version"]
    form = after.form("sign")
    given = {"name": "Ona Nordmann", "email": "ona@example.org", "country": "NO"}
    filled = form.filled(**given, consent_letter=form.choices["consent-letter"][0])
    old = filled | {"text_version": before.form("sign").fields["text_version"]}
    assert client.post(PATH, data=old).status_code == 409
    assert client.post(PATH, data=filled).status_code == 303


def test_a_form_read_before_signs_nothing_and_one_read_after_signs_the_new_letter(loaded, change):
    old = signing_of(loaded, letter_language="en")
    change()
    edition = loaded.editions.current(people.CAMPAIGN)
    with pytest.raises(TextChangedError):
        preview(loaded, edition, edition.state("lithuania"), old)
    with pytest.raises(TextChangedError):
        sign(loaded, edition, edition.state("lithuania"), old)
    with loaded.reading() as session:
        assert session.execute(text("SELECT count(*) FROM signature")).scalar_one() == 0
    expected = texts(loaded, signing_of(loaded, letter_language="en"))
    people.confirmed(loaded, letter_language="en")
    people.work(loaded)
    assert_left(loaded, expected)
    assert all(THANKS in body for _, body in expected.values())


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_letter_signed_before_is_shown_and_leaves_byte_for_byte_as_it_was_signed(loaded, change, language):
    expected = texts(loaded, signing_of(loaded, letter_language=language))
    people.sign(loaded, letter_language=language)
    people.work(loaded)
    mail = people.mails(loaded)[-1]
    [before] = confirming.opened(loaded, people.token(mail), "en").pending
    change()
    [after] = confirming.opened(loaded, people.token(mail), "en").pending
    same = ("digest", "sent", "reading", "offices")
    assert [getattr(after, one) for one in same] == [getattr(before, one) for one in same]
    assert (after.sent.subject, after.sent.text) in expected.values()
    assert texts(loaded, signing_of(loaded, letter_language=language)) != expected
    assert confirming.confirm(loaded, people.token(mail), {before.signature_id: before.digest}) == 1
    people.work(loaded)
    assert_left(loaded, expected)


def test_a_letter_that_waits_for_its_turn_leaves_as_it_was_signed(loaded, change):
    """Confirmed before, on its way afterwards: what was pressed for is what the office gets."""
    expected = texts(loaded, signing_of(loaded))
    people.sign(loaded)
    people.work(loaded)
    assert people.press(loaded, people.mails(loaded)[-1]) == 1
    change()
    people.work(loaded)
    assert_left(loaded, expected)


def test_who_signed_before_and_signs_again_signs_the_new_letter(loaded, change):
    people.sign(loaded, letter_language="en")
    change()
    loaded.clock.move(dt.timedelta(hours=1))
    people.confirmed(loaded, letter_language="en")
    people.work(loaded)
    letters = people.letters(loaded)
    assert letters
    assert all(THANKS in one.text for one in letters)


def test_another_states_letters_stay_what_they_are(loaded, change):
    edition = loaded.editions.current(people.CAMPAIGN)
    today = loaded.clock.now().date()
    before = {one.state.slug: one.text_version(today) for one in edition.states}
    change()
    edition = loaded.editions.current(people.CAMPAIGN)
    today = loaded.clock.now().date()
    after = {one.state.slug: one.text_version(today) for one in edition.states}
    assert {slug for slug in after if after[slug] != before[slug]} == {"lithuania"}
