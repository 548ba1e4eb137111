"""An organiser's day with the directory of offices: addresses, four eyes, letters held and let go, words."""

import datetime as dt
import html as markup
import re

import came_back
import people
import pytest
from organisers import Organiser
from page import Page

from campaign.services.bounce import take_back
from campaign.services.note import newest
from campaign.services.reckon import by_office

LIST = "/organise/offices/"
OFFICE = "/organise/offices/lithuania/president/"
PAGE = "https://www.president.lt/contact"
ADDRESS = "office@president.lt"


@pytest.fixture
def ona(loaded):
    """An organiser who sees to offices."""
    return Organiser(loaded, "ona@example.org").accept("campaigner")


def statuses(parts, office="president", code="LT"):
    return by_office(parts, parts.editions.current(people.CAMPAIGN))["states"][code][office]


def set_address(organiser, email=ADDRESS, office=OFFICE):
    return organiser.press(office, do="set", email=email, source=PAGE)


def test_the_list_shows_every_office_and_filters_are_in_the_address(ona):
    page = ona.page(LIST)
    for name in ("Lithuania", "Finland", "urm@urm.lt", "an official page", "none known"):
        assert name in page.html
    none = ona.page(LIST + "?filter=none")
    assert "urm@urm.lt" not in none.html
    assert "none known" in none.html
    assert "No office is like that." in ona.page(LIST + "?filter=suspended").html
    ona.parts.clock.move(dt.timedelta(days=200))
    ona.log_in()
    assert "over 90 days ago" in ona.page(LIST + "?filter=old").html


def test_who_sets_an_address_verifies_it_only_where_nobody_else_can(loaded, ona):
    people.confirmed(loaded, offices=("president",))
    assert statuses(loaded)["held"] == 1
    known = loaded.editions.current(people.CAMPAIGN).state("lithuania").official("prime-minister").official.email
    near = f"office@{known.rpartition('@')[2]}"
    assert set_address(ona, near).headers["Location"] == OFFICE + "?said=set"
    assert "Verify its address" in ona.page(OFFICE).html
    egle = Organiser(loaded, "egle@example.org").accept("owner")
    assert "somebody else verifies it" in ona.page(OFFICE).html
    assert ona.press(OFFICE, do="verify", seen=near).status_code == 422
    assert statuses(loaded)["held"] == 1
    stale = egle.press(OFFICE, do="verify", seen="another@lrv.lt")
    assert "another one by now" in Page(stale, status=422).html
    done = egle.press(OFFICE, do="verify", seen=near)
    assert done.headers["Location"] == OFFICE + "?said=verified&letters=1"
    assert "1 letter was moved." in egle.page(done.headers["Location"]).html
    people.work(loaded)
    assert [one.to_address for one in people.letters(loaded)] == [near]
    shown = ona.page(OFFICE).html
    assert "egle@example.org" in shown
    assert (newest(loaded)[0].who, newest(loaded)[0].what) == ("egle@example.org", "official.verify")


@pytest.mark.parametrize(
    ("email", "doubt"),
    [
        ("president.lt@gmail.com", "Anybody can have an address"),
        ("office@prezidentas.example", "not one of the state"),
        ("office@1rv.lt", "looks like another one"),
        ("office@xn--prezidents-5xe.lt", "looks like another one"),
    ],
)
def test_what_speaks_against_an_address_is_told_and_wants_another_person(loaded, ona, email, doubt):
    set_address(ona, email)
    page = ona.page(OFFICE)
    assert doubt in page.html
    assert "somebody else verifies it" in page.html
    assert ona.press(OFFICE, do="verify", seen=email).status_code == 422
    egle = Organiser(loaded, "egle@example.org").accept("campaigner")
    assert egle.press(OFFICE, do="verify", seen=email).status_code == 303


@pytest.mark.parametrize(
    ("email", "source", "said"),
    [
        ("nobody", PAGE, "address"),
        ("a@b.lt, c@d.lt", PAGE, "address"),
        (ADDRESS, "president.lt", "whole address of a page"),
        (ADDRESS, "ftp://president.lt/", "whole address of a page"),
    ],
)
def test_what_cannot_be_an_address_comes_back_beside_its_field(ona, email, source, said):
    page = Page(ona.press(OFFICE, do="set", email=email, source=source), status=422)
    assert said in page.html
    assert email in markup.unescape(page.html)


def test_an_office_is_held_at_once_and_let_go(loaded, ona):
    path = "/organise/offices/lithuania/prime-minister/"
    people.confirmed(loaded, offices=("prime-minister",))
    loaded.clock.move(dt.timedelta(minutes=20))
    assert ona.press(path + "suspend/").status_code == 422
    done = ona.press(path + "suspend/", reason="they called")
    assert "letters=1" in done.headers["Location"]
    assert "Suspended since" in ona.page(path).html
    people.work(loaded)
    assert people.letters(loaded) == []
    assert "/again/" in ona.press(path, do="lift", reason="it is right").headers["Location"]
    ona.press("/organise/again/", password="a heron walks on the wet roof", next="offices")
    assert ona.press(path, do="lift", reason="it is right").status_code == 303
    people.work(loaded)
    assert len(people.letters(loaded)) == 1
    assert newest(loaded)[0].what == "official.lifted"


def test_what_came_back_is_listed_with_its_code_and_verifying_lets_letters_go(loaded, ona):
    path = "/organise/offices/lithuania/prime-minister/"
    assert "Nothing has come back" in ona.page(path).html
    for name in ("a", "b"):
        people.confirmed(loaded, email=f"{name}@example.org", offices=("prime-minister",))
    people.work(loaded)
    for letter in people.letters(loaded):
        assert take_back(loaded, came_back.postfix(letter.envelope_from)) == "done"
    page = ona.page(path)
    assert page.html.count("5.1.1") >= 2
    assert "Suspended since" in page.html
    assert "official.suspended" in page.html
    assert ona.press(path, do="verify", seen=people.letters(loaded)[0].to_address).status_code == 303
    assert "Suspended since" not in ona.page(path).html


def test_silence_is_written_down_with_its_reason(loaded, ona):
    assert ona.press(OFFICE, do="takes", takes="silence").status_code == 422
    assert ona.press(OFFICE, do="takes", takes="silence", reason="their mail").status_code == 303
    assert loaded.editions.current(people.CAMPAIGN).state("lithuania").official("president").is_silent
    assert "Suspended or silent" in ona.page(LIST + "?filter=suspended").html


def seen(organiser, path):
    return re.search(r'name="seen" value="([^"]+)"', organiser.page(path).html)[1]


def test_words_of_an_office_are_changed_in_a_language(loaded, ona):
    path = OFFICE + "words/"
    version = seen(ona, path + "?language=en")
    typed = {
        "do": "words",
        "language": "en",
        "seen": version,
        "title": "President of the Republic",
        "reason": "as they write",
    }
    done = ona.press(path, **typed)
    assert done.headers["Location"] == OFFICE + "?said=changed"
    state = loaded.editions.current(people.CAMPAIGN).state("lithuania")
    assert state.official("president").official.title["en"] == "President of the Republic"
    assert state.letter("en", loaded.clock.now().date()).title("president") == "President of the Republic"
    stale = ona.press(path, **typed | {"title": "Another"})
    assert "Somebody else changed this office" in Page(stale, status=409).html


def test_what_an_office_asks_for_is_changed_within_bounds(loaded, ona):
    path = OFFICE + "words/"
    typed = {"do": "facts", "seen": seen(ona, path), "reason": "their page", "answer_days": "20",
             "day-mon": "on", "from": "09:00", "to": "17:00"}  # fmt: skip
    kept = re.findall(
        r'<(?:input|textarea)[^>]*name="(postal|postal_source|wants_source)"[^>]*value="([^"]*)"', ona.page(path).html
    )
    wrong = Page(ona.press(path, **dict(kept) | typed | {"answer_days": "0", "to": "08:00"}), status=422)
    assert "days from 1 to 365" in wrong.html
    assert "later on the same day" in wrong.html
    assert ona.press(path, **dict(kept) | typed).status_code == 303
    official = loaded.editions.current(people.CAMPAIGN).state("lithuania").official("president").official
    assert (official.answer_days, official.sending_window.from_) == (20, "09:00")


def test_an_office_is_taken_out_and_added_again(loaded, ona):
    assert ona.press(LIST, do="retire", office="lithuania/president", reason="they asked").status_code == 303
    assert loaded.editions.current(people.CAMPAIGN).state("lithuania").official("president") is None
    assert ona.client.get(OFFICE).status_code == 404
    done = ona.press(LIST, do="add", office="lithuania/president", reason="back")
    assert done.headers["Location"] == OFFICE + "?said=added"
    assert "The office is here" in ona.page(done.headers["Location"]).html
    assert ona.press(LIST, do="add", office="lithuania/president", reason="again").status_code == 404
