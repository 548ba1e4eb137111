"""An organiser's day with several campaigns: dates, a pause, a copy, a campaign taken down."""

import datetime as dt
import re

import people
import pytest
import second
from organisers import Organiser
from page import Page
from sites import build

from campaign.services.note import newest

SETTINGS = "/organise/campaigns/settings/"
PLAN = {"opens_on": "", "closes_on": "2027-06-30", "goals": "10 100", "counts": "exact", "from": "", "to": ""}


@pytest.fixture
def organiser(loaded):
    """Somebody who sees to campaigns."""
    return Organiser(loaded).accept("campaigner")


@pytest.fixture
def visitor(loaded):
    """A browser of somebody else."""
    return build(loaded).test_client()


def form(visitor, path):
    """What the form of a page sends as it stands, with a person's fields filled in."""
    html = visitor.get(path).get_data(as_text=True)
    hidden = dict(re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', html))
    ticked = re.findall(r'name="(office-[^"]+|consent-letter)"\s+type="checkbox"\s+value="([^"]*)"', html)
    return hidden | dict(ticked) | {"name": "Ona Nordmann", "email": "ona@example.org", "country": "NO"}


def test_a_campaign_is_paused_at_once_and_goes_on(loaded, organiser, visitor):
    assert organiser.press(SETTINGS + "pause/").status_code == 422  # a reason belongs to it
    done = organiser.press(SETTINGS + "pause/", reason="an address is in doubt")
    assert done.status_code == 303
    page = organiser.page(done.headers["Location"])
    assert "The campaign is paused." in page.html
    assert "takes no signatures and sends no letters" in page.html
    for path in ("/en/keep-the-ban/", "/en/keep-the-ban/lithuania/", "/et/keep-the-ban/lithuania/"):
        shown = visitor.get(path)
        assert shown.status_code == 200
        assert 'id="sign"' not in shown.get_data(as_text=True)
    assert "This campaign is paused." in Page(visitor.get("/en/keep-the-ban/lithuania/")).html
    assert organiser.press(SETTINGS, do="resume", reason="it is right").status_code == 303
    assert 'id="sign"' in visitor.get("/en/keep-the-ban/lithuania/").get_data(as_text=True)
    whats = [one.what for one in newest(loaded)]
    assert whats[:2] == ["campaign.resume", "campaign.pause"]


def test_whoever_signs_in_the_moment_of_a_pause_keeps_what_they_typed(organiser, visitor):
    path = "/en/keep-the-ban/lithuania/"
    typed = form(visitor, path)
    organiser.press(SETTINGS + "pause/", reason="now")
    answer = visitor.post(path, data=typed)
    assert answer.status_code == 503
    page = Page(answer, status=503)
    assert "nothing was signed" in page.html
    assert "ona@example.org" in page.html


def test_pausing_asks_for_no_password_and_everything_else_does(loaded, organiser):
    organiser.parts.clock.move(dt.timedelta(minutes=20))
    assert organiser.press(SETTINGS + "pause/", reason="now").headers["Location"].startswith(SETTINGS)
    assert "/again/?next=campaigns" in organiser.press(SETTINGS, do="resume", reason="now").headers["Location"]
    assert "/again/?next=campaigns" in organiser.page(SETTINGS).html


def test_dates_marks_and_counts_are_set(loaded, organiser, visitor):
    people.confirmed(loaded)
    done = organiser.press(SETTINGS, do="plan", reason="extended", **PLAN | {"counts": "rounded"})
    assert done.headers["Location"] == SETTINGS + "?said=planned"
    assert "The changes stand." in organiser.page(done.headers["Location"]).html
    cause = loaded.editions.current("keep-the-ban").cause
    assert (str(cause.closes_on), cause.goals, cause.counts) == ("2027-06-30", (10, 100), "rounded")
    counts = visitor.get("/api/v1/campaigns/keep-the-ban/counts").get_json()
    assert counts["confirmed"] == 0
    assert counts["states"]["LT"] == {"confirmed": 0, "letters_sent": 0}
    assert "<strong>0</strong>" in visitor.get("/en/keep-the-ban/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"closes_on": "2020-01-01"}, "past already"),
        ({"opens_on": "2028-01-01"}, "before the first"),
        ({"goals": "100 10"}, "numbers that rise"),
        ({"day-mon": "on", "from": "9", "to": "10:00"}, "a time such as"),
        ({"reason": ""}, ""),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(organiser, typed, said):
    answer = organiser.press(SETTINGS, do="plan", **{"reason": "a test"} | PLAN | typed)
    page = Page(answer, status=422)
    assert said in page.html
    for value in typed.values():
        assert f'value="{value}"' in page.html or value == ""


def test_a_copy_has_everything_but_signatures_and_is_paused(loaded, organiser, visitor):
    people.confirmed(loaded)
    typed = {"slug": "keep-two", "name": "Keep the second", "reason": "for the autumn"}
    done = organiser.press(SETTINGS + "clone/", **typed)
    assert done.headers["Location"] == SETTINGS + "?campaign=keep-two&said=cloned"
    page = organiser.page(done.headers["Location"])
    assert "Keep the second" in page.html
    assert "is paused" in page.html
    assert "Keep the second" in Page(visitor.get("/en/keep-two/")).html
    assert visitor.get("/api/v1/campaigns/keep-two/counts").get_json()["confirmed"] == 0
    assert visitor.get("/api/v1/campaigns/keep-the-ban/counts").get_json()["confirmed"] == 1
    again = organiser.press(SETTINGS + "clone/", **typed)
    assert "a campaign has this one" in Page(again, status=422).html
    reserved = organiser.press(SETTINGS + "clone/", **typed | {"slug": "privacy"})
    assert "kept for an address" in Page(reserved, status=422).html


def test_a_campaign_is_taken_down_and_put_up_again(loaded, organiser, visitor):
    second.loaded_too(loaded)
    second.confirmed(loaded)
    link = people.token(people.mails(loaded)[-1], "unsubscribe")
    done = organiser.press(SETTINGS, campaign="small", do="retire", reason="over")
    assert "?campaign=small" in done.headers["Location"]
    assert visitor.get("/en/small/").status_code == 404
    assert visitor.get("/api/v1/campaigns/small/counts").status_code == 404
    assert visitor.get(f"/en/unsubscribe/{link}/").status_code == 200
    assert "taken down" in organiser.page("/organise/campaigns/").html
    organiser.press(SETTINGS, campaign="small", do="restore", reason="again")
    assert visitor.get("/en/small/").status_code == 200


def test_confirming_too_late_says_so_and_offers_to_delete(loaded, organiser, visitor):
    people.sign(loaded)
    people.work(loaded)
    path = f"/en/confirm/{people.token(people.mails(loaded)[-1])}/"
    today = loaded.clock.now().date().isoformat()
    organiser.press(SETTINGS, do="plan", reason="over", **PLAN | {"closes_on": today})
    loaded.clock.move(dt.timedelta(days=2))
    page = Page(visitor.get(path))
    assert "can no longer be sent" in page.html
    ticked = dict(re.findall(r'name="(signature-[^"]+)"\s+type="checkbox"\s+value="([^"]*)"', page.html))
    assert ticked == {}
    late = visitor.post(path, data={"signature-0": "0"})
    assert late.status_code == 409
    assert visitor.post(path, data={"do": "delete"}).status_code == 303
