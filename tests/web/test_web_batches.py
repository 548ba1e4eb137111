"""Batches as organisers have them: looked at, run, stopped, put back; and counts that agree at every step."""

import datetime as dt
import json
import re

import people
import pytest
from floods import flood
from organisers import PASSWORD, Organiser
from page import Page
from sites import build
from sqlalchemy import text

from campaign.queries import tally as tallies
from campaign.services.advance import advance
from campaign.services.count import public, stats

BATCH = re.compile(r"/organise/batches/([0-9a-f]{32})/")


@pytest.fixture
def ona(loaded) -> Organiser:
    """A campaigner, who may moderate."""
    return Organiser(loaded).accept("campaigner")


def everything(parts):
    """Every figure that anybody can see, and how letters stand."""
    edition = parts.editions.current(people.CAMPAIGN)
    with parts.reading() as session:
        assert tallies.drift(session) == 0
        by = {name: sorted(map(str, tallies.counts_by(session, edition.campaign_id, (name,)))) for name in tallies.BY}
        letters = sorted(
            tuple(row) for row in session.execute(text("SELECT id, status, address, way, digest_id FROM delivery"))
        )
    told = stats(parts, edition)
    told.pop("as_of")
    return {"stats": told, "public": public(parts, edition).states, "by": by, "letters": letters}


def through(parts):
    """The worker does all pieces; how many."""
    pieces = 0
    while advance(parts):
        pieces += 1
    return pieces


def made(ona, **said):
    """The path of a batch that was just written down."""
    answer = ona.press("/organise/batches/", name="A flood", reason="all made up", **said)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return f"/organise/batches/{BATCH.search(answer.headers['Location'])[1]}/"


def test_a_flood_is_looked_at_taken_out_and_put_back_to_the_last_letter(loaded, ona):
    people.confirmed(loaded, email="ona@example.com")
    people.work(loaded)
    flood(loaded, 12)
    before = everything(loaded)
    path = made(ona, domain="flood.example")
    draft = ona.page(path)
    assert "It would take out 12 signatures" in draft.text
    assert "flood.example" in draft.text
    assert everything(loaded) == before
    assert ona.press(path + "run/").status_code == 303
    assert "0 of 12" in ona.page(path).text
    through(loaded)
    assert "12 signatures are out of the count" in ona.page(path).text
    taken = everything(loaded)
    assert taken["public"]["LT"] == 1
    assert before["stats"]["states"]["LT"]["letters_waiting"] > 0
    assert taken["stats"]["states"]["LT"]["letters_waiting"] == 0
    assert ona.press(path + "undo/").status_code == 303
    through(loaded)
    assert "12 signatures are back" in ona.page(path).text
    assert everything(loaded) == before
    said = Organiser(loaded, "priv@example.org").accept("privacy").page("/organise/audit/").text
    for what in ("batch.create", "batch.run", "batch.done", "batch.undo", "batch.undone"):
        assert what in said


def test_whoever_comes_second_is_told_who_was_first(loaded, ona):
    flood(loaded, 12)
    path = made(ona, domain="flood.example")
    other = Organiser(loaded, "per@example.org").accept("owner")
    assert ona.press(path + "run/").status_code == 303
    beaten = other.press(path + "run/")
    assert beaten.status_code == 409
    assert "already started by ona@example.org" in beaten.get_data(as_text=True)
    through(loaded)
    assert everything(loaded)["public"]["LT"] == 0


def test_a_batch_that_is_stopped_keeps_what_it_took_and_can_be_undone(loaded, ona):
    flood(loaded, 110, letters=False)
    before = everything(loaded)
    path = made(ona, domain="flood.example")
    ona.press(path + "run/")
    assert advance(loaded)
    assert "100 of 110" in ona.page(path).text
    assert ona.press(path + "cancel/").status_code == 303
    assert not advance(loaded)
    assert "100 signatures are out" in ona.page(path).text
    assert everything(loaded)["public"]["LT"] == 10
    ona.press(path + "undo/")
    through(loaded)
    assert everything(loaded) == before


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "country"),
        ({"state": "LT"}, "country"),
        ({"country": "XX"}, "country"),
        ({"domain": "*.example.org"}, "domain"),
        ({"domain": "not a domain"}, "domain"),
        ({"since": "yesterday"}, "since"),
        ({"since": "2026-11-24T10:00", "until": "2026-11-24T09:00"}, "until"),
        ({"mark": "odd"}, "mark"),
        ({"source": "Ä"}, "source"),
    ],
)
def test_conditions_that_cannot_be_are_named_and_nothing_is_kept(loaded, ona, said, field):
    answer = ona.press("/organise/batches/", name="A", reason="B", **said)
    assert list(Page(answer, 422).problems) == [field]
    with loaded.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM batch")) == 0


def test_running_and_undoing_want_a_password_just_typed_and_stopping_does_not(loaded, ona):
    flood(loaded, 12, letters=False)
    path = made(ona, domain="flood.example")
    loaded.clock.move(dt.timedelta(minutes=15))
    locked = ona.press(path + "run/")
    assert locked.headers["Location"].startswith("/organise/again/?next=batches")
    assert "Enter your password" in ona.page(path).text
    again = ona.press("/organise/again/", password=PASSWORD, next="batches")
    assert again.headers["Location"] == "/organise/batches/"
    assert ona.press(path + "run/").headers["Location"].startswith(path)


def test_a_domain_of_ones_own_finds_nobody_neither_by_a_look_nor_by_running_and_undoing(loaded, ona):
    """A36: a mail domain that few have is as good as a name."""
    flood(loaded, 1, domain="nordmann.example", letters=False)
    there, nowhere = (made(ona, domain=name) for name in ("nordmann.example", "nobody.example"))
    seen = [ona.client.get(path).get_data(as_text=True) for path in (there, nowhere)]
    assert all("fewer than ten" in page for page in seen)
    assert not any("<code>" in page for page in seen)
    assert [ona.press(path + "run/").status_code for path in (there, nowhere)] == [422, 422]
    assert through(loaded) == 0
    with loaded.reading() as session:
        assert session.scalar(text("SELECT sum(total) FROM batch")) == 0


def test_a_batch_of_another_campaign_or_none_is_not_found(ona):
    assert ona.client.get(f"/organise/batches/{'0' * 32}/").status_code == 404
    assert ona.press(f"/organise/batches/{'0' * 32}/run/").status_code == 404


def test_the_public_counts_follow(loaded, ona):
    flood(loaded, 12, letters=False)
    path = made(ona, domain="flood.example")
    ona.press(path + "run/")
    through(loaded)
    client = build(loaded).test_client()
    told = json.loads(client.get("/api/v1/campaigns/keep-the-ban/counts").get_data(as_text=True))
    assert told["confirmed"] == 0
