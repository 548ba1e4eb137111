"""What organisers see first: figures, small ones hidden, offices and alarms, and files to take away."""

import csv
import io

import pytest
from organisers import Organiser
from people import CAMPAIGN, confirmed, work
from sites import build

from campaign.services.pretend import pretend
from campaign.web.organise import chosen


@pytest.fixture
def viewer(loaded) -> Organiser:
    """Somebody who may see counts, and nothing else."""
    return Organiser(loaded).accept("viewer")


def test_figures_of_a_campaign_without_signatures(viewer):
    page = viewer.page("/organise/")
    assert "Nothing yet" in page.html


def test_figures_and_offices_tell_of_signatures_and_letters(loaded, viewer):
    confirmed(loaded)
    work(loaded)
    page = viewer.page("/organise/")
    assert "Confirmed today" in page.html
    assert "fewer than 10" in page.html  # Norway, English, no source
    assert "Lithuania: Prime Minister of Lithuania" in page.html
    assert "waits for a verified address" in page.html
    nothing = viewer.page("/organise/?state=FI")
    assert "Finland" in nothing.html


@pytest.mark.parametrize(
    "query",
    ["?since=9999-99-99", "?since=2026-11-25&until=2026-11-01", "?state=XX", "?until=9999-12-31", "?since=0001-01-01"],
)
def test_a_filter_that_cannot_be_is_named(viewer, query):
    assert viewer.client.get(f"/organise/{query}").status_code == 422
    assert viewer.client.get(f"/organise/counts/csv{query}").status_code == 422


def test_whatever_an_address_carries_is_carried_along(loaded):
    with build(loaded).test_request_context("/organise/counts/csv?path=x"):
        assert chosen.at("/organise/exports/", path="x", said="large") == "/organise/exports/?path=x&said=large"


def test_counts_are_taken_away_without_small_figures(loaded, viewer):
    confirmed(loaded)
    exact = viewer.client.get("/organise/counts/csv?state-by=on")
    assert list(csv.reader(io.StringIO(exact.get_data(as_text=True)))) == [["state", "confirmed"], ["LT", "1"]]
    fine = viewer.client.get("/organise/counts/csv?state-by=on&country-by=on")
    assert list(csv.reader(io.StringIO(fine.get_data(as_text=True))))[1] == ["LT", "NO", ""]
    days = viewer.client.get("/organise/counts/csv?day-by=on")
    assert list(csv.reader(io.StringIO(days.get_data(as_text=True))))[1][1] == "1"
    for form in ("xlsx", "json"):
        answer = viewer.client.get(f"/organise/counts/{form}?day-by=on&hour-by=on")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
    assert viewer.client.get("/organise/counts/parquet").status_code == 404


def test_figures_of_a_country_language_or_source_hide_small_ones_wherever_they_stand(loaded, viewer):
    confirmed(loaded)
    for query in ("?country=NO", "?language=en", "?source=.", "?country=NO&language=en&source=."):
        page = viewer.page(f"/organise/{query}").html
        assert page.count("fewer than 10") > 5, query
        assert "Letters that left (" not in page
        taken = viewer.client.get(f"/organise/counts/csv{query}&state-by=on").get_data(as_text=True)
        assert list(csv.reader(io.StringIO(taken)))[1:] == [["LT", ""]], query
    assert "Lithuania" in viewer.page("/organise/?country=XX").html


def test_counts_are_taken_away_of_a_country_a_language_and_a_source(loaded, viewer):
    pretend(loaded, loaded.editions.current(CAMPAIGN), 200, print)
    every = viewer.client.get("/organise/counts/json?state-by=on").get_json()
    some = viewer.client.get("/organise/counts/json?state-by=on&language=nb").get_json()
    whole, part = (sum(row["confirmed"] or 0 for row in rows) for rows in (every, some))
    assert 0 < part < whole == 200


def test_every_part_of_the_first_page_is_there(loaded, viewer):
    pretend(loaded, loaded.editions.current(CAMPAIGN), 200, print)
    page = viewer.page("/organise/").html
    for words in (
        "Confirmed today", "In seven days", "All time", "Not yet confirmed", "Letters that left",
        "Confirmed signatures by day", "Confirmed signatures by hour, last seven days", "Days and hours are UTC.",
        "Pages opened", "What came of each source", "By state", "By the supporter", "Letters by office",
        "The oldest waits for", "Came back", "No answer", "In all so far",
    ):  # fmt: skip
        assert words in page, words
