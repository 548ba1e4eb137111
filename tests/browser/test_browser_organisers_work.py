"""The day of a campaigner and of an editor, in a browser, on the program as it is run."""

import floods
import held
import pytest
import seats
import visitor
from people import CAMPAIGN
from sqlalchemy import select

from campaign.models.delivery import DeliveryRow
from campaign.services import watch
from campaign.services.count import public

pytestmark = pytest.mark.browser

PARAGRAPH = "I grew up near a minefield. Ask me: +370 612 34567."


@pytest.fixture(scope="module")
def office(databases, tmp_path_factory):
    def fill(parts):
        held.held(parts, paragraph=PARAGRAPH, offices=("president",))
        floods.flood(parts, 60, letters=False)
        watch.look(parts)

    with seats.opened(databases.copy("sqlite", "loaded"), tmp_path_factory.mktemp("home"), fill) as office:
        yield office


def confirmed(office, state="LT"):
    """How many signatures everybody sees."""
    return public(office.parts, office.parts.editions.current(CAMPAIGN)).states[state]


def test_a_campaigner_clears_a_flood_and_two_see_to_it_that_a_letter_leaves(browser, office):
    with (
        seats.taken(browser, office.invite("ona@example.org", "campaigner")) as page,
        seats.taken(browser, office.invite("egle@example.org", "campaigner")) as other,
    ):
        clear_the_flood(page, office)
        set_and_verify(page, other)
        seats.follow(page, "Signatures")
        page.get_by_label("Let it leave as it is").press("Space")
        seats.press(page, "Let what is ticked leave")
        assert "What you ticked is on its way." in page.get_by_role("status").inner_text()
        visitor.until(lambda: statuses(office) == ["accepted"], seconds=40)


def clear_the_flood(page, office):
    """From an alarm to a batch that is looked at, run by the worker, and undone."""
    before = confirmed(office)
    seats.follow(page, "Alarms")
    assert "flood.example" in page.locator("main").inner_text()
    seats.follow(page, "Make a batch of these")
    page.get_by_label("Name").fill("A flood")
    page.get_by_label("Reason").fill("sixty in a minute")
    seats.press(page, "Look what it would take out")
    assert "It would take out 60 signatures" in page.locator("main").inner_text()
    assert confirmed(office) == before
    seats.press(page, "Take 60 signatures out of the count")
    seats.comes(page, "60 signatures are out of the count.")
    assert confirmed(office) == before - 60
    seats.press(page, "Put 60 signatures back")
    seats.comes(page, "60 signatures are back in the count.")
    assert confirmed(office) == before
    seats.follow(page, "Figures")
    seats.follow(page, "Alarms")
    seats.press(page, "I have seen it")
    assert "ona@example.org" in page.locator("main").inner_text()


def set_and_verify(page, other):
    """Set an office's address; only somebody else verifies it."""
    for one in (page, other):
        seats.follow(one, "Words and offices")
        seats.follow(one, "Offices")
        seats.follow(one, "President of the Republic of Lithuania")
    page.locator("#address [name=email]").fill("kanceliarija@president.lt")
    page.get_by_label("Page it was read on").fill("https://www.president.lt/contact")
    seats.go(page)
    assert "The address stands." in page.get_by_role("status").inner_text()
    assert page.get_by_role("button", name="It is the office's own").count() == 0
    other.reload()
    seats.press(other, "It is the office's own")
    assert "The address is verified." in other.get_by_role("status").inner_text()


def statuses(office):
    """Where every letter is."""
    with office.parts.reading() as session:
        return list(session.scalars(select(DeliveryRow.status)))


def test_an_editor_changes_a_letter_sees_what_follows_and_takes_the_older_version_again(browser, office):
    public_page = f"{office.base}/lv/keep-the-ban/latvia/"
    with seats.taken(browser, office.invite("liga@example.org", "editor")) as page:
        seats.follow(page, "Words and offices")
        seats.go(page, page.locator("a[href*='which=latvia'][href*='language=lv']").first)
        subject = page.get_by_label("Subject", exact=True)
        old = subject.input_value()
        subject.press("End")
        page.keyboard.type(" – lasiet to")
        seats.press(page, "Show what will follow")
        assert page.locator("main ins").count() >= 1
        assert "lasiet to" not in visitor.get(public_page).text
        save(page, "a native reader asked for it")
        visitor.until(lambda: "lasiet to" in visitor.get(public_page).text)
        seats.go(page, page.locator("main a[href*='/history/']").first)
        seats.go(page, page.locator("a.button[href*='side=before']").first)
        assert page.get_by_label("Subject", exact=True).input_value() == old
        seats.press(page, "Show what will follow")
        save(page, "the older words were better")
        visitor.until(lambda: "lasiet to" not in visitor.get(public_page).text)


def save(page, reason):
    """Say why, and save."""
    page.get_by_label("Why").fill(reason)
    password = page.locator("#save [type=password]")
    if password.count():
        password.fill(seats.PASSWORD)
    seats.press(page, "Save and publish")
    assert "Saved." in page.get_by_role("status").inner_text()
