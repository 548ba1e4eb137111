"""An office whose mailbox took no mail twice is suspended: its letters wait until a person verified its address."""

import dataclasses
import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import came_back
import people
import pytest
from sqlalchemy import text

from campaign.errors import UnavailableError
from campaign.models.delivery import DeliveryRow
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.services import claim as claiming
from campaign.services import halt
from campaign.services.bounce import take_back
from campaign.services.count import stats
from campaign.services.verify import set_email, verify

OFFICE = "prime-minister"


def rows(parts, question, **values):
    with parts.reading() as session:
        return [tuple(row) for row in session.execute(text(question), values)]


def figures(parts, code="LT"):
    return stats(parts, parts.editions.current(people.CAMPAIGN))["states"][code]


def official(parts, state="lithuania", office=OFFICE):
    return parts.editions.current(people.CAMPAIGN).state(state).official(office)


def is_suspended(parts, office=OFFICE):
    found = rows(parts, "SELECT suspended_at FROM official WHERE office = :office AND suspended_at IS NOT NULL",
                 office=office)  # fmt: skip
    return bool(found)


def bounces(parts):
    return rows(parts, "SELECT max(hard_bounces) FROM official")[0][0]


def waiting(parts, *names, state="lithuania", offices=(OFFICE,)):
    """People sign and press; their letters wait, for the worker is not asked again."""
    for name in names:
        people.sign(parts, state, email=f"{name}@example.org", offices=offices)
    people.work(parts)
    for name in names:
        people.press(parts, people.mails(parts, f"{name}@example.org")[-1])


def sent(parts, *names, **given):
    """The letters of some people, gone."""
    before = len(people.letters(parts))
    waiting(parts, *names, **given)
    people.work(parts)
    return people.letters(parts)[before:]


def refused(parts, reason="550 RCPT", outcome=Outcome.REFUSED):
    """The next letter that waits, refused."""
    return claiming.settle(parts, claiming.claim(parts, DeliveryRow), Handover(outcome, reason))


def came(parts, *letters):
    return [take_back(parts, came_back.postfix(one.envelope_from)) for one in letters]


def test_two_that_came_back_suspend_an_office_and_its_letters_wait(loaded, capsys):
    letters = sent(loaded, "a", "b", "c")
    revision = loaded.editions.current(people.CAMPAIGN).revision
    waiting(loaded, "d")
    assert came(loaded, letters[0]) == ["done"]
    assert official(loaded).email
    assert (bounces(loaded), is_suspended(loaded)) == (1, False)
    assert came(loaded, letters[1]) == ["done"]
    assert is_suspended(loaded)
    assert official(loaded).email == ""
    assert loaded.editions.current(people.CAMPAIGN).revision > revision
    assert (figures(loaded)["letters_held"], figures(loaded)["letters_waiting"]) == (1, 0)
    assert rows(loaded, "SELECT address, reason FROM delivery WHERE status = 'held'") == [("", "suspended")]
    [(who, which, reason)] = rows(
        loaded, "SELECT who, which, reason FROM audit WHERE what = :what", what="official.suspended"
    )
    assert (who, reason) == ("campaign", "5.1.1")
    assert which.startswith("official ")
    said = "".join(capsys.readouterr())
    assert "office.suspended" in said
    assert OFFICE in said
    assert letters[0].to_address not in said
    assert sent(loaded, "e") == []
    assert figures(loaded)["letters_held"] == 2


def test_verifying_lets_them_go_and_counts_anew(loaded):
    letters = sent(loaded, "a", "b")
    waiting(loaded, "c")
    came(loaded, *letters)
    done = verify(loaded, people.CAMPAIGN, "LT", OFFICE)
    assert (done.email, done.released) == (letters[0].to_address, 1)
    assert (bounces(loaded), is_suspended(loaded)) == (0, False)
    people.work(loaded)
    assert len(people.letters(loaded)) == 3
    assert rows(loaded, "SELECT reason FROM delivery WHERE status = 'queued'") == []
    came(loaded, people.letters(loaded)[-1])
    assert (bounces(loaded), is_suspended(loaded)) == (1, False)


def test_another_address_must_be_verified_before_letters_go_there(loaded):
    letters = sent(loaded, "a", "b")
    waiting(loaded, "c")
    came(loaded, *letters)
    set_email(loaded, people.CAMPAIGN, "LT", OFFICE, "new@example.lt", "https://example.lt/contact")
    people.work(loaded)
    assert len(people.letters(loaded)) == 2
    verify(loaded, people.CAMPAIGN, "LT", OFFICE)
    people.work(loaded)
    assert people.letters(loaded)[-1].to_address == "new@example.lt"


def test_one_letter_counts_once_and_a_letter_that_is_taken_takes_nothing_back(loaded):
    first, _, third = sent(loaded, "a", "b", "c")
    assert came(loaded, first, first) == ["done", "ignored"]
    assert bounces(loaded) == 1
    sent(loaded, "d")
    assert bounces(loaded) == 1
    came(loaded, third)
    assert is_suspended(loaded)


def test_two_refused_at_the_recipient_suspend(loaded):
    waiting(loaded, "a", "b", "c")
    assert (refused(loaded), bounces(loaded)) == ("refused", 1)
    assert (refused(loaded, "553 RCPT"), bounces(loaded)) == ("refused", 2)
    assert is_suspended(loaded)
    assert figures(loaded) == figures(loaded) | {"letters_refused": 2, "letters_held": 1, "letters_waiting": 0}
    assert claiming.claim(loaded, DeliveryRow) is None


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [(Outcome.REFUSED, "554 BODY"), (Outcome.REFUSED, "554 DATA"), (Outcome.TEMPORARY, "450 RCPT"),
     (Outcome.UNREACHABLE, "530 RCPT"), (Outcome.BLOCKED, "header To")],
)  # fmt: skip
def test_a_no_that_is_not_about_the_mailbox_counts_nothing(loaded, outcome, reason):
    waiting(loaded, "a")
    refused(loaded, reason, outcome)
    assert bounces(loaded) == 0


def test_one_that_came_back_and_one_refused_are_two(loaded):
    came(loaded, *sent(loaded, "a"))
    waiting(loaded, "b")
    refused(loaded)
    assert is_suspended(loaded)


def test_offices_that_share_a_mailbox_are_suspended_and_let_go_together(loaded):
    state = loaded.editions.current(people.CAMPAIGN).state("latvia")
    by_address = {}
    for one in state.officials:
        by_address.setdefault(one.email, []).append(one.office)
    [pair] = [offices for address, offices in by_address.items() if address and len(offices) == 2]
    letters = sent(loaded, "a", "b", state="latvia", offices=tuple(pair))
    assert len(letters) == 2
    waiting(loaded, "c", state="latvia", offices=tuple(pair))
    came(loaded, *letters)
    assert [official(loaded, "latvia", office).email for office in pair] == ["", ""]
    assert verify(loaded, people.CAMPAIGN, "LV", pair[1]).released == 1
    assert [official(loaded, "latvia", office).email for office in pair] == [letters[0].to_address] * 2
    people.work(loaded)
    assert len(people.letters(loaded)) == 3


def test_a_letter_that_came_back_from_an_address_no_longer_used_counts_for_nobody(loaded):
    letters = sent(loaded, "a", "b")
    set_email(loaded, people.CAMPAIGN, "LT", OFFICE, "new@example.lt", "https://example.lt/contact")
    verify(loaded, people.CAMPAIGN, "LT", OFFICE)
    came(loaded, *letters)
    assert (bounces(loaded), is_suspended(loaded)) == (0, False)


def test_a_letter_in_hand_meanwhile_is_held_when_it_comes_back_to_the_queue(loaded):
    letters = sent(loaded, "a", "b")
    waiting(loaded, "c")
    in_hand = claiming.claim(loaded, DeliveryRow)
    came(loaded, *letters)
    assert claiming.settle(loaded, in_hand, Handover(Outcome.TEMPORARY, "450 RCPT")) == "queued"
    loaded.clock.move(dt.timedelta(hours=1))
    people.work(loaded)
    assert len(people.letters(loaded)) == 2
    assert figures(loaded)["letters_held"] == 1


def test_while_all_goes_to_a_tester_nothing_is_counted_against_offices(loaded):
    rehearsed = dataclasses.replace(loaded, settings=dataclasses.replace(loaded.settings, test_to="tester@example.org"))
    came(rehearsed, *sent(rehearsed, "a", "b"))
    assert (bounces(rehearsed), is_suspended(rehearsed)) == (0, False)


def test_many_at_once_are_counted_one_by_one(own_parts):
    letters = sent(own_parts, "a", "b", "c", "d")
    gate = threading.Barrier(len(letters) * 2)

    def one(letter):
        gate.wait()
        try:
            return came(own_parts, letter)[0]
        except UnavailableError:  # the embedded database may be too busy, and says so
            return came(own_parts, letter)[0]

    with ThreadPoolExecutor(len(letters) * 2) as pool:
        words = sorted(pool.map(one, letters * 2))
    assert words == ["done"] * 4 + ["ignored"] * 4
    # Once suspended its address is no longer one that letters go to, so later ones count against nobody.
    assert bounces(own_parts) == 2
    assert rows(own_parts, "SELECT count(*) FROM audit WHERE what = :what", what="official.suspended") == [(1,)]


def test_offices_without_an_address_have_no_mailbox_in_common(loaded):
    for state in ("lithuania", "estonia"):
        assert official(loaded, state, "president").email == ""
        halt.suspend(loaded, people.CAMPAIGN, state, "president", "they called", "ona")
    let_go = halt.let_go(loaded, people.CAMPAIGN, "estonia", "president", "they called again", "ona")
    assert let_go.offices == ("president",)
    asked = "SELECT state.slug FROM official JOIN state ON state.id = state_id WHERE suspended_at IS NOT NULL"
    assert rows(loaded, asked) == [("lithuania",)]
