"""Exports: rows of every kind, counted as said, with nothing of a person where none is asked for."""

import datetime as dt
from dataclasses import replace

import pytest
from people import CAMPAIGN, confirmed, mails, sign, token, work

from campaign.domain.export import Asked
from campaign.errors import InputRefusedError
from campaign.services.export import Period, counts, needs_worker, open_export, wanted_of
from campaign.services.read_on import read_on
from campaign.services.unsubscribe import unsubscribe

REASON = "an access request of today"


def rows(parts, kind, *, reason="", has_small=True, **asked):
    """The rows of an export as dictionaries."""
    edition = parts.editions.current(CAMPAIGN)
    table = open_export(parts, edition, kind, Asked(**asked), has_small=has_small, reason=reason)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def consents(parts, state="lithuania", language="en"):
    """The tick that every signature needs, and the one for news."""
    edition = parts.editions.current(CAMPAIGN).state(state)
    return {one.purpose: one.version for one in edition.consents_in(language)}


def confirmed_in(parts, *states, wants_news=False, **changed):
    """One person signs to several states and confirms all with one press."""
    for state in states[:-1]:
        sign(parts, state, **changed, **({"consents": consents(parts, state)} if wants_news else {}))
    confirmed(parts, states[-1], **changed, **({"consents": consents(parts, states[-1])} if wants_news else {}))


def crowd(parts, size, state="lithuania", **changed):
    """So many people, each confirming one signature."""
    for number in range(size):
        confirmed(parts, state, **({"email": f"one{number}@example.org"} | changed))


def test_one_who_signs_three_states_is_one_person_where_a_cell_spans_them(loaded):
    confirmed_in(loaded, "lithuania", "latvia", "finland")
    confirmed(loaded, "latvia", email="per@example.org")
    assert rows(loaded, "counts", by=("country",), is_unique=True) == [
        {"country": "NO", "confirmed": 4, "unique_people": 2}
    ]
    by_state = rows(loaded, "counts", by=("state",), is_unique=True)
    assert {one["state"]: (one["confirmed"], one["unique_people"]) for one in by_state} == {
        "LT": (1, 1),
        "LV": (2, 2),
        "FI": (1, 1),
    }
    assert rows(loaded, "counts", is_unique=True) == [{"confirmed": 4, "unique_people": 2}]


def test_what_reads_signatures_counts_as_the_tally_does(loaded):
    confirmed(loaded, source="street")
    confirmed(loaded, "latvia", email="per@example.org", country="SE")
    sign(loaded, "poland", email="late@example.org")
    by = ("state", "day", "hour", "country", "language", "source")
    tallied = rows(loaded, "counts", by=by)
    read = rows(loaded, "counts", by=by, is_unique=True)
    assert [{**one, "unique_people": 1} for one in tallied] == read
    assert len(tallied) == 2


def test_a_signature_counts_once_for_each_office_it_was_addressed_to(loaded):
    confirmed(loaded, offices=("president", "speaker"))
    confirmed(loaded, offices=("speaker",), email="per@example.org")
    found = rows(loaded, "counts", by=("state", "office"), is_unique=True)
    assert {one["office"]: (one["confirmed"], one["unique_people"]) for one in found} == {
        "president": (1, 1),
        "speaker": (2, 2),
    }
    assert rows(loaded, "counts", by=("office",), since=dt.date(2030, 1, 1)) == []
    assert rows(loaded, "counts", since=dt.date(2030, 1, 1), is_unique=True) == []


def test_small_figures_are_hidden_where_they_could_point_to_somebody(loaded):
    crowd(loaded, 9, country="SE")
    by = ("office", "country")
    assert {one["confirmed"] for one in rows(loaded, "counts", by=by, has_small=False)} == {None}
    hidden = rows(loaded, "counts", by=by, is_unique=True, has_small=False)
    assert {(one["confirmed"], one["unique_people"]) for one in hidden} == {(None, None)}
    assert rows(loaded, "counts", by=("state",), is_unique=True, has_small=False) == [
        {"state": "LT", "confirmed": 9, "unique_people": 9}
    ]
    confirmed(loaded, email="tenth@example.org", country="SE")
    shown = rows(loaded, "counts", by=("country",), is_unique=True, has_small=False)
    assert shown == [{"country": "SE", "confirmed": 10, "unique_people": 10}]


def test_ten_signatures_of_few_people_stay_hidden_when_people_are_counted(loaded):
    for number in range(4):
        confirmed_in(loaded, "lithuania", "latvia", "finland", email=f"one{number}@example.org")
    asked = {"by": ("country",), "has_small": False}
    assert rows(loaded, "counts", is_unique=True, **asked) == [
        {"country": "NO", "confirmed": None, "unique_people": None}
    ]


def test_a_signature_is_one_row_with_nothing_of_its_person(loaded):
    confirmed(loaded, name="Zyxwv Canary", email="canary@example.org", source="street")
    sign(loaded, "latvia", email="per@example.org")
    found = rows(loaded, "signatures")
    assert {(one["state"], one["status"], one["source"]) for one in found} == {
        ("LT", "confirmed", "street"),
        ("LV", "pending", ""),
    }
    assert "canary" not in str(found).lower()
    assert rows(loaded, "signatures", state="LV")[0]["status"] == "pending"
    assert rows(loaded, "signatures", language="lt") == []
    assert rows(loaded, "signatures", country="SE") == []


def test_people_want_a_reason(loaded):
    confirmed(loaded, name="Zyxwv Canary", paragraph="We have wept.")
    for reason in ("", "  no  ", "x" * 301):
        with pytest.raises(InputRefusedError):
            rows(loaded, "people", reason=reason)
    [row] = rows(loaded, "people", reason=REASON)
    assert (row["name"], row["email"], row["paragraph"]) == ("Zyxwv Canary", "ona@example.org", "We have wept.")


def test_news_are_of_those_who_confirmed_and_agreed_once_for_each_purpose(loaded):
    agreed = consents(loaded)
    confirmed_in(loaded, "lithuania", "latvia", wants_news=True)
    confirmed(loaded, email="quiet@example.org")  # only what every signature needs
    sign(loaded, email="pending@example.org", consents=agreed)
    [row] = rows(loaded, "news", reason=REASON)
    assert list(row) == ["name", "email", "language", "country", "purpose", "consent_version", "given_at"]
    assert (row["name"], row["email"], row["purpose"]) == ("Ona Nordmann", "ona@example.org", "news")
    assert row["consent_version"] in {agreed["news"], consents(loaded, "latvia")["news"]}
    assert rows(loaded, "news", reason=REASON, purpose="news", state="LV") != []
    assert rows(loaded, "news", reason=REASON, country="SE") == []


def test_news_leave_out_who_wants_no_more_mail(loaded):
    confirmed(loaded, consents=consents(loaded))
    work(loaded)
    link = next(one for one in reversed(mails(loaded)) if "/unsubscribe/" in one.text)
    unsubscribe(loaded, token(link, "unsubscribe"))
    assert rows(loaded, "news", reason=REASON) == []


@pytest.mark.parametrize("kind", ["signatures", "news"])
def test_pages_follow_each_other_without_gap_or_double(loaded, kind):
    for number in range(7):
        confirmed(loaded, email=f"one{number}@example.org", consents=consents(loaded))
    edition = loaded.editions.current(CAMPAIGN)
    wanted = replace(wanted_of(edition, Asked(), loaded.clock.now()), page=3)
    found, page = [], read_on(loaded, kind, wanted, "")
    found += page.rows
    while not page.is_last:
        page = read_on(loaded, kind, wanted, page.after)
        found += page.rows
    assert len(found) == len(set(found)) == 7


@pytest.mark.parametrize(
    ("kind", "asked", "field"),
    [
        ("counts", {"by": ("password_hash",)}, "by"),
        ("counts", {"by": ("email",)}, "by"),
        ("signatures", {"by": ("state",)}, "by"),
        ("counts", {"state": "XX"}, "state"),
        ("counts", {"since": dt.date(2026, 2, 1), "until": dt.date(2026, 1, 1)}, "until"),
        ("news", {"purpose": "letter"}, "purpose"),
        ("counts", {"purpose": "news"}, "purpose"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(loaded, kind, asked, field):
    with pytest.raises(InputRefusedError) as refused:
        rows(loaded, kind, reason=REASON, **asked)
    assert [one.field for one in refused.value.problems] == [field]


def test_only_what_reads_many_signatures_needs_the_worker(loaded):
    confirmed(loaded)
    edition = loaded.editions.current(CAMPAIGN)
    assert needs_worker(loaded, edition, Asked(by=("office",)), most=0)
    assert not needs_worker(loaded, edition, Asked(by=("office",)), most=1)
    assert not needs_worker(loaded, edition, Asked(by=("state",)), most=0)


def test_counts_are_asked_for_shortly_too(loaded):
    confirmed(loaded)
    table = counts(loaded, loaded.editions.current(CAMPAIGN), ("state", "state"), Period())
    assert (table.columns, list(table.rows)) == (("state", "confirmed"), [("LT", 1)])
