"""Block and allow lists, from an organiser's page to what a visitor sees, which is always the same."""

import statistics
import time

import people
import pytest
from organisers import Organiser
from page import Page
from person import Person
from sites import build
from sqlalchemy import text

from campaign.services import enlist

WHO = "command line"


@pytest.fixture
def ona(loaded) -> Organiser:
    return Organiser(loaded).accept("campaigner")


def listed(parts, action, kind, value, **more):
    wanted = enlist.Wanted(action=action, kind=kind, value=value, reason="tried", **more)
    return enlist.enlist(parts, parts.editions.current(people.CAMPAIGN), WHO, wanted)


def rows(parts, question):
    with parts.reading() as session:
        return [tuple(row) for row in session.execute(text(question))]


def everything(parts):
    return [
        rows(parts, f"SELECT count(*) FROM {table}")  # noqa: S608  names of ours
        for table in ("supporter", "signature", "mailbox", "mail", "consent", "own_letter")
    ]


def test_an_organiser_adds_an_entry_and_ends_it(loaded, ona):
    page = ona.page("/organise/lists/")
    assert page.form("rule").fields["action"] == "block"
    done = ona.press("/organise/lists/", action="block", kind="domain", value="*.Flood.example", reason="a flood")
    assert done.headers["Location"] == "/organise/lists/?said=added"
    shown = ona.page("/organise/lists/")
    assert "*.flood.example" in shown.text
    assert "ona@example.org" in shown.text
    [(rule,)] = rows(loaded, "SELECT id FROM rule")
    assert ona.press("/organise/lists/end/", rule=str(rule)).status_code == 303
    assert ona.press("/organise/lists/end/", rule=str(rule)).status_code == 404
    assert ona.press("/organise/lists/end/", rule="x").status_code == 404
    assert "Entries that ended" in ona.page("/organise/lists/").text
    assert [what for (what,) in rows(loaded, "SELECT what FROM audit ORDER BY id")][-2:] == [
        "rule.block.domain",
        "rule.end",
    ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"value": "*.org"}, "value"),
        ({"kind": "network", "value": "0.0.0.0/0"}, "value"),
        ({"kind": "address", "value": "nobody"}, "value"),
        ({"reason": " "}, "reason"),
        ({"value": "gmail.com"}, "sure"),
    ],
)
def test_an_entry_that_cannot_be_is_named_and_nothing_is_kept(loaded, ona, said, field):
    given = {"action": "block", "kind": "domain", "value": "a.example", "reason": "because"} | said
    assert list(Page(ona.press("/organise/lists/", **given), 422).problems) == [field]
    assert rows(loaded, "SELECT count(*) FROM rule") == [(0,)]
    if field == "sure":
        assert ona.press("/organise/lists/", **given, sure="on").status_code == 303


def test_of_an_address_only_its_fingerprint_is_kept(loaded, ona):
    ona.press("/organise/lists/", action="block", kind="address", value="Bad.Guy@gmail.com", reason="asked to stop")
    [(value,)] = rows(loaded, "SELECT value FROM rule")
    assert value == loaded.keys.mailbox_key("badguy@gmail.com")
    assert "guy" not in ona.page("/organise/lists/").html.lower()
    twice = ona.press("/organise/lists/", action="allow", kind="address", value="badguy@gmail.com", reason="again")
    assert list(Page(twice, 422).problems) == ["value"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("domain", "flood.example"), ("address", "ona@flood.example"), ("network", "127.0.0.0/8")],
)
def test_whoever_is_kept_out_gets_the_same_answer_and_nothing_is_stored_or_sent(loaded, capsys, kind, value):
    listed(loaded, "block", kind, value)
    person = Person(loaded, build(loaded).test_client())
    before = everything(loaded)
    blocked = person.post(email="ona@flood.example")
    assert everything(loaded) == before
    rule = rows(loaded, "SELECT id FROM rule")[0][0]
    enlist.end(loaded, loaded.editions.current(people.CAMPAIGN), WHO, rule)
    free = person.post(email="ona@flood.example")
    assert everything(loaded) != before
    assert (blocked.status_code, blocked.get_data()) == (free.status_code, free.get_data())
    drop = ("X-Request-ID", "Date")
    assert [one for one in blocked.headers if one[0] not in drop] == [one for one in free.headers if one[0] not in drop]
    said = "".join(capsys.readouterr())
    assert "sign.blocked" in said
    assert "flood.example" not in said
    assert "127.0.0" not in said


def test_the_answer_to_who_is_kept_out_takes_about_as_long(loaded):
    listed(loaded, "block", "domain", "flood.example")
    person = Person(loaded, build(loaded).test_client())
    times: dict[str, list[float]] = {"flood.example": [], "free.example": []}
    for number in range(15):
        for domain, took in times.items():
            begun = time.perf_counter()
            person.post(email=f"a{number}@{domain}")
            took.append(time.perf_counter() - begun)
    gap = abs(statistics.median(times["flood.example"]) - statistics.median(times["free.example"]))
    assert gap < 0.5  # on a busy machine: a second look at the mail or the database would show


def test_a_network_that_is_let_in_raises_no_marks_and_is_not_told_apart(loaded):
    for number in range(12):
        people.sign(loaded, email=f"a{number}@school.example", network="192.0.2.7")
    assert rows(loaded, "SELECT count(*) FROM signature WHERE CAST(marks AS TEXT) LIKE '%many_from_network%'") == [(2,)]
    listed(loaded, "allow", "network", "192.0.2.0/24")
    people.sign(loaded, email="b@school.example", network="192.0.2.8")
    last = "SELECT network_key, CAST(marks AS TEXT) FROM signature ORDER BY created_at DESC, network_key DESC"
    assert (None, "[]") in rows(loaded, last)


def test_letters_of_ones_own_from_a_network_that_is_kept_out_are_not_noted(loaded):
    listed(loaded, "block", "network", "127.0.0.1/32")
    person = Person(loaded, build(loaded).test_client())
    answer = person.post(do="sent-mail")
    assert answer.status_code == 303
    assert rows(loaded, "SELECT count(*) FROM own_letter") == [(0,)]


def test_an_entry_for_another_campaign_does_not_hold_here(loaded):
    listed(loaded, "block", "domain", "flood.example", is_everywhere=True)
    people.sign(loaded, email="ona@flood.example")
    assert rows(loaded, "SELECT count(*) FROM signature") == [(0,)]
    assert rows(loaded, "SELECT campaign_id FROM rule") == [(None,)]


def test_long_lists_cost_no_more_than_short_ones(loaded):
    for number in range(300):
        listed(loaded, "block", "domain", f"flood{number}.example")
    begun = time.perf_counter()
    people.sign(loaded, email="ona@example.org", network="192.0.2.7")
    assert time.perf_counter() - begun < 0.5
