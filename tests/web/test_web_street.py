"""On the street, as organisers do it: a link for a tablet, made and ended; paper counted apart, and taken back."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from organisers import Organiser
from page import Page, text_of, visit
from sites import build
from sqlalchemy import select

from campaign.models.audit import AuditRow
from campaign.services import count, enter_paper, lend
from campaign.services.enter_paper import Counted
from campaign.services.note import COMMAND_LINE

STREET = "/organise/street/"


def edition_of(parts):
    return parts.editions.current("keep-the-ban")


def said(parts) -> list[str]:
    with parts.reading() as session:
        return [one for one in session.scalars(select(AuditRow.what)) if one.startswith(("device.", "paper."))]


def test_a_campaigner_lends_a_tablet_the_form_sees_the_link_once_and_ends_it(loaded):
    rasa = Organiser(loaded, "rasa@example.org").accept("campaigner")
    answer = rasa.press(f"{STREET}devices/", name="Town Hall square", days="2")
    assert answer.headers["Cache-Control"] == "no-store"
    page = Page(answer)
    link = text_of(page.by_id("link"))
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/[a-z]{2}/kiosk/[A-Za-z0-9_-]{72}/", link)
    assert "<svg" in page.html
    path = link.removeprefix(loaded.settings.base_url)
    visitor = build(loaded).test_client(use_cookies=False)
    assert visitor.get(path).status_code == 200
    listed = rasa.page(STREET)
    assert link not in listed.html
    assert "Town Hall square rasa@example.org" in listed.text
    (one,) = lend.listed(loaded, edition_of(loaded))
    assert one.expires_at - loaded.clock.now() == dt.timedelta(days=2)
    ended = rasa.press(f"{STREET}devices/end/", device=one.id)
    assert "has ended" in rasa.page(ended.headers["Location"]).text
    assert visitor.get(path).status_code == 410
    assert said(loaded) == ["device.create", "device.end"]


@pytest.mark.parametrize("database", ["sqlite"])
def test_what_cannot_be_is_refused_beside_its_field(loaded):
    rasa = Organiser(loaded).accept("campaigner")
    for fields, wrong in (({"name": " ", "days": "1"}, {"name"}), ({"name": "x", "days": "31"}, {"days"})):
        assert set(Page(rasa.press(f"{STREET}devices/", **fields), 422).problems) == wrong
    today = loaded.clock.now().date()
    good = {"state": "LT", "day": today.isoformat(), "count": "37", "place": "Vilnius"}
    for changed in (
        {"state": "DE"},
        {"day": (today + dt.timedelta(days=1)).isoformat()},
        {"day": (today - dt.timedelta(days=800)).isoformat()},
        {"day": "yesterday"},
        {"count": "0"},
        {"count": "100001"},
        {"count": "1.5"},
        {"place": "x" * 81},
    ):
        page = Page(rasa.press(f"{STREET}paper/", **(good | changed)), 422)
        assert set(page.problems) == set(changed)
    assert rasa.press(f"{STREET}paper/undo/", sheet="nothing").status_code == 404
    assert rasa.press(f"{STREET}devices/end/", device="nothing").status_code == 404
    assert said(loaded) == []


def test_signatures_on_paper_are_shown_apart_from_ten_up_and_taken_back_in_sight(loaded):
    rasa = Organiser(loaded, "rasa@example.org").accept("campaigner")
    visitor = build(loaded).test_client(use_cookies=False)
    before = visitor.get("/api/v1/campaigns/keep-the-ban/counts").json
    day = loaded.clock.now().date().isoformat()
    for many in ("9", "28"):
        done = rasa.press(f"{STREET}paper/", state="LT", day=day, count=many, place="Vilnius")
        assert "is entered" in rasa.page(done.headers["Location"]).text
        loaded.clock.move(dt.timedelta(minutes=2))
    assert "37 on paper" in visit(visitor, "/en/keep-the-ban/").text
    assert "37 on paper" in visit(visitor, "/en/keep-the-ban/lithuania/").text
    assert "on paper" not in visit(visitor, "/en/keep-the-ban/latvia/").text
    assert "37 signatures on paper" in rasa.page("/organise/").text
    assert "on paper" not in rasa.page("/organise/?state=LV").text
    after = visitor.get("/api/v1/campaigns/keep-the-ban/counts").json
    assert after | {"as_of": ""} == before | {"as_of": ""}
    (large,) = [one for one in enter_paper.listed(loaded, edition_of(loaded)) if one.count == 28]
    gone = rasa.press(f"{STREET}paper/undo/", sheet=large.id)
    listed = rasa.page(gone.headers["Location"])
    assert [text_of(one) for one in listed.all("del")] == ["28"]
    assert "taken back by rasa@example.org" in listed.text
    assert count.on_paper(loaded, edition_of(loaded)) == count.OnPaper(None, {})
    loaded.clock.move(dt.timedelta(minutes=2))
    assert "on paper" not in visit(visitor, "/en/keep-the-ban/").text
    assert said(loaded) == ["paper.enter", "paper.enter", "paper.undo"]


def test_a_campaign_with_rounded_counts_rounds_paper_too(loaded):
    edition = edition_of(loaded)
    today = loaded.clock.now().date()
    enter_paper.enter_paper(loaded, edition, COMMAND_LINE, Counted("lithuania", today, 37))
    rounded = replace(edition, cause=replace(edition.cause, counts="rounded"))
    assert count.on_paper(loaded, rounded) == count.OnPaper(30, {"LT": 30})
