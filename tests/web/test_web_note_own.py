"""Letters that people send themselves: noted in a press, counted apart, and nothing of the person kept."""

import dataclasses
import datetime as dt

import pytest
from conftest import client_of
from page import Page, visit
from person import STATE, refused, rows

from campaign.domain import schedule
from campaign.outside.words import LANGUAGES
from campaign.queries import apart
from campaign.services.count import own_sent, stats
from campaign.services.forget import forget

LOGGED = STATE + "logged/"
WAYS = (("sent-mail", "mail"), ("sent-paper", "paper"))


def told(parts):
    """What is counted of a campaign."""
    with parts.reading() as session:
        return apart.own_letters(session, parts.editions.current("keep-the-ban").campaign_id)


def noted(parts):
    """The rows that were written, as tuples of words."""
    return rows(parts)["own_letter"]


def say(person, do="sent-mail", **changed):
    answer = person.post(do=do, **changed)
    assert (answer.status_code, answer.headers["Location"]) == (303, LOGGED)


def test_the_preview_offers_to_tell_after_the_three_buttons(ona):
    page = Page(ona.post(do="preview"))
    buttons = page.form("sign").buttons
    assert [(name, value) for name, value, _ in buttons] == [
        ("", ""),
        ("do", "edit"),
        ("do", "pdf"),
        ("do", "sent-mail"),
        ("do", "sent-paper"),
    ]
    fields = page.form("sign").fields | {"do": "sent-paper"}
    assert ona.client.post(STATE, data=fields).headers["Location"] == LOGGED
    assert told(ona.parts) == {("LT", "paper"): 1}


@pytest.mark.parametrize(("do", "way"), WAYS)
def test_what_is_noted_is_state_language_offices_way_and_day(ona, loaded, do, way):
    before = rows(loaded)
    loaded.clock.move(dt.timedelta(hours=3, minutes=7))
    say(ona, do, letter_language="en", office_president=None, paragraph="My words", city="Kirkenes")
    (row,) = noted(loaded)
    for private in ("Ona", "ona@", "My words", "Kirkenes", "NO", "president'"):
        assert private not in row
    for said in (f"'{way}'", "'en'", "prime-minister", "2026, 11, 24, 0, 0"):
        assert said in row
    assert {**rows(loaded), "own_letter": []} == before
    assert told(loaded) == {("LT", way): 1}
    assert stats(loaded, loaded.editions.current("keep-the-ban"))["confirmed"] == 0


def test_a_name_or_an_address_need_not_be_right(ona, loaded):
    say(ona, name="", email="no address", country="", **{"consent-letter": None})
    assert told(loaded) == {("LT", "mail"): 1}


def test_an_office_or_a_language_that_nobody_offered_is_refused(ona, loaded):
    before = rows(loaded)
    for changed in ({"office-emperor": "on"}, {"letter_language": "xx"}):
        data = ona.filled() | changed | {"do": "sent-mail"}
        assert refused(ona.client.post(STATE, data=data)).problems
    nobody = {name: value for name, value in ona.filled().items() if not name.startswith("office-")}
    assert refused(ona.client.post(STATE, data=nobody | {"do": "sent-mail"})).problems
    assert rows(loaded) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_that_follows_is_the_same_for_everyone(client, language):
    path = f"/{language}/keep-the-ban/latvia/logged/"
    page = visit(client, path)
    assert f"/{language}/keep-the-ban/lithuania/" in page.links
    assert f"/{language}/keep-the-ban/latvia/" not in page.links
    assert page.html == visit(client, path).html
    visit(client, f"/{language}/keep-the-ban/nowhere/logged/", 404)


def test_what_one_network_tells_beyond_ten_a_day_does_not_count_and_hears_the_same(ona, loaded):
    for _ in range(schedule.OWN_LETTERS + 3):
        say(ona)
    assert told(loaded) == {("LT", "mail"): schedule.OWN_LETTERS}
    assert len(noted(loaded)) == schedule.OWN_LETTERS + 3
    loaded.clock.move(dt.timedelta(days=1))
    say(ona)
    assert told(loaded) == {("LT", "mail"): schedule.OWN_LETTERS + 1}


def test_without_rate_limits_nothing_of_a_network_is_kept_and_all_count(loaded, ona):
    free = dataclasses.replace(loaded, settings=dataclasses.replace(loaded.settings, has_rate_limits=False))
    ona.client = client_of(free)
    for _ in range(schedule.OWN_LETTERS + 2):
        say(ona)
    assert told(loaded) == {("LT", "mail"): schedule.OWN_LETTERS + 2}
    assert forget(loaded) == 0


def test_a_networks_fingerprint_is_gone_after_two_days_and_the_count_stays(ona, loaded):
    say(ona)
    loaded.clock.move(dt.timedelta(hours=20))
    assert forget(loaded) == 0
    loaded.clock.move(dt.timedelta(hours=28))
    assert forget(loaded) == 1
    assert forget(loaded) == 0
    assert told(loaded) == {("LT", "mail"): 1}


def test_the_states_page_tells_of_them_from_ten_up(ona, loaded):
    sentence = "10 more letters were sent by people themselves, as they tell us."
    for number in range(10):
        assert own_sent(loaded, loaded.editions.current("keep-the-ban")) == {}
        say(ona, WAYS[number % 2][0])
    loaded.clock.move(dt.timedelta(minutes=1))
    assert sentence in visit(ona.client, STATE).text
    assert "themselves, as they tell us" not in visit(ona.client, "/en/keep-the-ban/latvia/").text


class _Fixed:
    """Always the same edition."""

    def __init__(self, edition):
        self.edition = edition

    def current(self, slug):
        assert slug == self.edition.cause.slug
        return self.edition


def test_a_closed_campaign_notes_nothing(ona, loaded):
    data = ona.filled() | {"do": "sent-mail"}
    edition = loaded.editions.current("keep-the-ban")
    closed = dataclasses.replace(edition.cause, closes_on=dt.date(2026, 11, 23))
    parts = dataclasses.replace(loaded)
    object.__setattr__(parts, "editions", _Fixed(dataclasses.replace(edition, cause=closed)))
    assert client_of(parts).post(STATE, data=data).status_code == 409
    assert noted(loaded) == []
