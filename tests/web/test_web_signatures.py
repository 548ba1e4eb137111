"""Signatures looked for by what is known of them, and what is kept of somebody who asks."""

import held
import people
import pytest
from organisers import Organiser
from page import Page
from person import rows
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from campaign.models.audit import AuditRow
from campaign.models.supporter import SignatureRow
from campaign.queries import search as searches

PATH = "/organise/signatures/"
PEOPLE = "/organise/people/"


@pytest.fixture
def organiser(loaded) -> Organiser:
    """Somebody who may look for signatures."""
    return Organiser(loaded).accept("campaigner")


def _ids(page: Page) -> list[str]:
    return [one.removeprefix(PATH).strip("/") for one in page.links if one.startswith(PATH) and "?" not in one]


def _all(parts) -> dict[str, str]:
    """Every signature's id by its state's and its status' first letters and its number in them."""
    with parts.reading() as session:
        asked = select(SignatureRow.country, SignatureRow.status, SignatureRow.id)
        return {f"{country} {status}": found for country, status, found in session.execute(asked)}


def test_signatures_are_found_by_what_is_known_of_them(organiser, loaded):
    people.confirmed(loaded, source="stall", country="SE", postal_address="Gatan 1\n111 22 Stockholm")
    waiting = held.held(loaded, "latvia", email="kari@example.org", country="FI", language="fi")
    people.sign(loaded, "poland", email="eva@example.org", country="DE")
    ids = _all(loaded)
    assert len(ids) == 3
    everything = organiser.page(PATH)
    assert set(_ids(everything)) == set(ids.values())
    for asked, expected in {
        "state=LT": "SE confirmed",
        "status=pending": "DE pending",
        "country=fi": "FI confirmed",
        "language=fi": "FI confirmed",
        "source=stall": "SE confirmed",
        "review=held": "FI confirmed",
        f"id={waiting}": "FI confirmed",
        "status=confirmed&state=LV": "FI confirmed",
    }.items():
        assert _ids(organiser.page(f"{PATH}?{asked}")) == [ids[expected]], asked
    for asked in ("mark=mixed_script", "since=2100-01-01", "until=2000-01-01", f"id={'0' * 32}"):
        assert _ids(organiser.page(f"{PATH}?{asked}")) == []
    assert "@" not in everything.text
    assert "Nordmann" not in everything.html


def test_what_cannot_be_is_refused_beside_its_field(organiser):
    """B112, A36: a pattern or an address finds nobody."""
    for name, typed in {
        "state": "XX",
        "status": "gone",
        "country": "%25",
        "language": "%5C",
        "source": "a" * 5000,
        "mark": "%22",
        "review": "_%25",
        "since": "9999-99-99",
        "until": "yesterday",
        "id": "ona@example.org",
    }.items():
        page = Page(organiser.client.get(f"{PATH}?{name}={typed}"), 422)
        assert list(page.problems) == [name]
    last = Page(organiser.client.get(f"{PATH}?until=9999-12-31"), 422)
    assert list(last.problems) == ["until"]
    turned = Page(organiser.client.get(f"{PATH}?since=2026-02-01&until=2026-01-01"), 422)
    assert list(turned.problems) == ["until"]


def test_older_ones_follow_page_by_page(organiser, loaded):
    campaign_id = loaded.editions.current(people.CAMPAIGN).campaign_id
    for number in range(5):
        people.sign(loaded, email=f"a{number}@example.org")
    with loaded.reading() as session:
        asked = searches.Search()
        whole = [one.id for one in searches.found(session, campaign_id, asked, "", 9)]
        assert len(set(whole)) == 5
        first = [one.id for one in searches.found(session, campaign_id, asked, "", 2)]
        then = [one.id for one in searches.found(session, campaign_id, asked, first[-1], 9)]
    assert first + then == whole


def test_a_search_that_takes_too_long_is_stopped(own_parts):
    """B112: the database itself is told when to stop."""
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    with own_parts.reading() as session, pytest.raises(OperationalError), searches.limited(session, 0.1):
        session.execute(text(endless))
    with own_parts.reading() as session:
        assert session.scalar(text("SELECT 1")) == 1


def test_one_signature_shows_its_letters_fate_and_nobody(organiser, loaded):
    people.confirmed(loaded)
    people.work(loaded)
    [signature_id] = _all(loaded).values()
    before = rows(loaded)
    page = organiser.page(f"{PATH}{signature_id}/")
    assert rows(loaded) == before
    assert "Has left" in page.text
    assert "Held" in page.text
    assert "Nordmann" not in page.html
    assert "ona@" not in page.text
    assert organiser.client.get(f"{PATH}{'0' * 32}/").status_code == 404


def test_who_asks_is_shown_all_that_is_kept_of_them_with_a_reason_in_the_trail(loaded):
    privacy = Organiser(loaded).accept("privacy")
    people.confirmed(loaded, paragraph="I grew up near a minefield.", city="Oslo", email="kari@example.org")
    people.sign(loaded, "latvia", email="kari@example.org")
    page = Page(privacy.press(PEOPLE, email=" Kari@Example.org", reason="asked by mail on Monday"))
    for said in ("Ona Nordmann", "Oslo", "Storgata 1", "I grew up near a minefield.", "kari@example.org", "receipt"):
        assert said in page.text
    assert len([one for one in page.all("h2") if one.get("id", "").startswith("kept-")]) == 2
    with loaded.reading() as session:
        line = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert (line.what, line.which, line.reason) == ("people.look-up", "1 supporters", "asked by mail on Monday")


def test_an_address_that_is_not_known_and_a_look_without_a_reason_show_nothing(loaded):
    privacy = Organiser(loaded).accept("privacy")
    assert "Nothing is kept" in Page(privacy.press(PEOPLE, email="a@example.org", reason="asked")).text
    people.confirmed(loaded)
    page = Page(privacy.press(PEOPLE, email="ona@example.org", reason=" "), 422)
    assert list(page.problems) == ["reason"]
    assert "Nordmann" not in page.html
    assert list(Page(privacy.press(PEOPLE, email="ona", reason="asked"), 422).problems) == ["email"]
