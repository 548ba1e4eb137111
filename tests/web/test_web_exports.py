"""Exports as organisers have them: asked for, followed, taken and removed, on a page that works without scripts."""

import base64
import csv
import datetime as dt
import hashlib
import io

import pytest
from organisers import Organiser
from page import Page
from people import confirmed

from campaign.services.clear import expire
from campaign.services.fill import fill

PATH = "/organise/exports/"
REASON = "an access request of today"


@pytest.fixture
def owner(loaded) -> Organiser:
    """Somebody who may take everything, their password just typed."""
    return Organiser(loaded).accept("owner")


def forms(page: Page, beginning: str) -> list[str]:
    """Where the forms lead whose id begins so."""
    return [one.get("action") for one in page.all("form") if (one.get("id") or "").startswith(beginning)]


def test_people_are_asked_for_followed_taken_and_removed(loaded, owner):
    confirmed(loaded, name="Zyxwv Canary")
    form = owner.page(f"{PATH}?kind=people").by_id("order")
    assert form.get("action") == f"{PATH}people/"
    done = owner.press(f"{PATH}people/", kind="people", format="csv", state="LT", reason=REASON)
    assert (done.status_code, done.headers["Location"]) == (303, f"{PATH}?said=ordered&kind=people")
    waiting = owner.page(done.headers["Location"])
    assert "Waits for its turn" in waiting.html
    assert "Refresh" not in waiting.answer.headers
    assert owner.page(f"{PATH}?watch=on").answer.headers["Refresh"] == "5"
    fill(loaded)
    assert "<progress" in owner.page(f"{PATH}?watch=on").html
    while fill(loaded):
        pass
    page = owner.page(f"{PATH}?watch=on")
    assert "Refresh" not in page.answer.headers
    [take], [remove] = forms(page, "take-"), forms(page, "remove-")
    file = owner.press(take)
    rows = list(csv.DictReader(io.StringIO(file.get_data(as_text=True))))
    assert [one["name"] for one in rows] == ["Zyxwv Canary"]
    _check_headers(file)
    assert owner.press(remove).status_code == 303
    assert owner.press(take).status_code == 404
    assert "Removed" in owner.page(f"{PATH}?said=removed").html


def _check_headers(file):
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert file.headers["Content-Disposition"] == "attachment; filename=keep-the-ban-people.csv"
    assert (int(file.headers["Content-Length"]), file.headers["Campaign-Rows"]) == (len(file.data), "1")
    digest = base64.b64encode(hashlib.sha256(file.data).digest()).decode()
    assert file.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    assert file.headers["Cache-Control"] == "no-store"


def test_people_want_the_password_again_after_a_while(loaded, owner):
    owner.press(f"{PATH}people/", kind="news", format="csv", reason=REASON)
    while fill(loaded):
        pass
    loaded.clock.move(dt.timedelta(minutes=16))
    page = owner.page(f"{PATH}?kind=people")
    assert forms(page, "order") == forms(page, "take-") == []
    assert 'href="/organise/again/?next=exports"' in page.html
    again = owner.press(f"{PATH}people/", kind="people", format="csv", reason=REASON)
    assert again.headers["Location"] == "/organise/again/?next=exports"
    counts = owner.press(PATH, kind="counts", format="csv", **{"state-by": "on"})
    assert counts.status_code == 303  # counts do not


def test_a_viewer_is_offered_counts_alone(loaded):
    viewer = Organiser(loaded).accept("viewer")
    page = viewer.page(f"{PATH}?kind=people")
    assert "Signatures" not in [one.text for one in page.all("a")]
    assert page.by_id("order").get("action") == PATH
    assert viewer.press(PATH, kind="signatures", format="csv").status_code == 403
    assert viewer.press(f"{PATH}people/", kind="people", format="csv", reason=REASON).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "people"},
        {"kind": "everything"},
        {"format": "../../x"},
        {"since": "9999-99-99"},
        {"since": "2026-11-25", "until": "2026-11-01"},
        {"until": "9999-12-31"},
        {"state": "XX"},
        {"email-by": "on"},
        {"password_hash-by": "on"},
    ],
    ids=str,
)
def test_what_cannot_be_is_named_beside_its_field_and_nothing_is_asked_for(owner, wrong):
    answer = owner.press(PATH, **({"kind": "counts", "format": "csv", "state-by": "on"} | wrong))
    assert Page(answer, 422).by_id("order") is not None
    assert forms(owner.page(PATH), "remove-") == []


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "why not"}, {"recipient": "age1x"}, {"purpose": "x"}])
def test_people_are_not_asked_for_without_a_reason_or_by_a_wrong_key(owner, wrong):
    answer = owner.press(f"{PATH}people/", **({"kind": "news", "format": "csv", "reason": REASON} | wrong))
    page = Page(answer, 422)
    [field] = wrong
    assert page.by_id(field).get("aria-invalid") == "true"


def test_enough_is_said_in_a_sentence(loaded, owner):
    owner.press(PATH, kind="counts", format="csv")
    page = Page(owner.press(PATH, kind="counts", format="csv"), 422)
    assert "still being written" in page.html


def test_what_failed_and_what_expired_is_told(loaded, owner):
    owner.press(PATH, kind="counts", format="xlsx", **{"office-by": "on", "unique": "on"})
    while fill(loaded):
        pass
    assert "Kept until" in owner.page(PATH).html
    loaded.clock.move(dt.timedelta(hours=25))
    owner.log_in()
    expire(loaded)
    assert "Removed" in owner.page(PATH).html


def test_counts_by_office_and_unique_people_are_taken_at_once_where_they_are_few(loaded):
    viewer = Organiser(loaded).accept("viewer")
    confirmed(loaded, offices=("president", "speaker"))
    answer = viewer.client.get("/organise/counts/csv?office-by=on&unique=on")
    assert list(csv.reader(io.StringIO(answer.get_data(as_text=True)))) == [
        ["office", "confirmed", "unique_people"],
        ["president", "1", "1"],
        ["speaker", "1", "1"],
    ]
    fine = viewer.client.get("/organise/counts/csv?office-by=on&country-by=on&unique=on")
    assert list(csv.reader(io.StringIO(fine.get_data(as_text=True))))[1] == ["NO", "president", "", ""]
    assert viewer.client.get("/organise/counts/csv?email-by=on").status_code == 422
