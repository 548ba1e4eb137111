"""Signing: one mailbox, one open confirmation, one signature a state."""

import datetime as dt

import people
import pytest
from sqlalchemy import text

from campaign.domain.signing import clean
from campaign.errors import InputRefusedError, TextChangedError
from campaign.services.count import stats
from campaign.services.sign import sign


def figures(parts, code="LT"):
    return stats(parts, parts.editions.current(people.CAMPAIGN))["states"][code]


def rows(parts, table):
    with parts.reading() as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608  our own names


def test_a_signature_is_pending_and_its_mailbox_is_asked(loaded):
    people.sign(loaded)
    assert figures(loaded)["pending"] == 1
    assert figures(loaded)["confirmed"] == 0
    people.work(loaded)
    [mail] = people.mails(loaded)
    assert mail.to_address == "ona@example.org"
    assert "/en/confirm/" in mail.text


def test_the_mail_holds_nothing_that_was_typed(loaded):
    """A stranger can type any name and any words: our mail carries neither (A03)."""
    people.sign(loaded, name="Win a prize today", paragraph="Click here and win a prize today.")
    people.work(loaded)
    [mail] = people.mails(loaded)
    assert "prize" not in mail.text + mail.html + mail.subject + mail.from_name


def test_sending_twice_by_impatience_is_one_signature_and_one_mail(loaded):
    people.sign(loaded)
    people.sign(loaded)
    people.work(loaded)
    people.sign(loaded)
    loaded.clock.move(dt.timedelta(seconds=30))
    people.work(loaded)
    assert figures(loaded)["pending"] == 1
    assert len(people.mails(loaded)) == 1


def test_aliases_of_one_mailbox_are_one_supporter(loaded):
    people.sign(loaded, email="first@gmail.com")
    people.work(loaded)
    people.press(loaded, people.mails(loaded)[0])
    people.sign(loaded, email="F.irst+x@googlemail.com")
    loaded.clock.move(dt.timedelta(minutes=20))
    people.work(loaded)
    assert figures(loaded)["confirmed"] == 1
    assert figures(loaded)["pending"] == 0
    assert [one.to_address for one in people.mails(loaded)] == ["first@gmail.com"] * 3  # asked, receipt, signed already


def test_who_signed_already_gets_a_mail_that_says_so_once_a_day(loaded):
    people.confirmed(loaded)
    before = len(people.mails(loaded))
    people.sign(loaded, name="Somebody Else")
    people.sign(loaded, name="Somebody Else")
    loaded.clock.move(dt.timedelta(minutes=1))
    people.work(loaded)
    assert len(people.mails(loaded)) == before + 2  # the receipt, and the one that says so
    assert figures(loaded)["confirmed"] == 1


def test_several_states_in_one_sitting_share_a_mail(loaded):
    for state in ("lithuania", "latvia", "poland"):
        people.sign(loaded, state)
    people.work(loaded)
    [mail] = people.mails(loaded)
    assert people.press(loaded, mail) == 3


def test_a_later_signature_sends_a_mail_whose_link_replaces_the_old(loaded):
    people.sign(loaded, "lithuania")
    people.work(loaded)
    loaded.clock.move(dt.timedelta(minutes=30))
    people.sign(loaded, "latvia")
    people.work(loaded)
    first, second = people.mails(loaded)
    from campaign.services.confirm import opened  # noqa: PLC0415

    assert opened(loaded, people.token(first), "en").freshness == "replaced"
    assert len(opened(loaded, people.token(second), "en").pending) == 2


def test_what_is_typed_last_is_what_is_pressed_for(loaded):
    people.sign(loaded, name="Ona Nordman")
    people.sign(loaded, name="Ona Nordmann")
    people.work(loaded)
    people.press(loaded, people.mails(loaded)[0])
    people.work(loaded)
    assert {one.from_name for one in people.letters(loaded)} == {"Ona Nordmann"}


def test_a_mailbox_that_never_pressed_gets_five_mails_a_day_and_ten_ever(loaded):
    for day in range(4):
        for attempt in range(8):
            people.sign(loaded, name=f"Ona {day} {attempt} Nordmann")
            loaded.clock.move(dt.timedelta(minutes=15))
            people.work(loaded)
        loaded.clock.move(dt.timedelta(days=1))
        if day == 0:
            assert len(people.mails(loaded)) == 5
    assert len(people.mails(loaded)) == 10


@pytest.mark.parametrize("email", ["abuse@example.org", "5551234567@txt.att.net", "LRVkanceliarija@lrv.lt"])
def test_nobodys_mailbox_gets_no_mail_and_the_answer_is_the_same(loaded, email):
    people.sign(loaded, email=email)
    assert people.work(loaded) == 0
    assert figures(loaded)["pending"] == 0


def test_a_form_with_a_letter_that_changed_is_not_taken(loaded):
    edition = loaded.editions.current(people.CAMPAIGN)
    state = edition.state("lithuania")
    signing = clean(people.typed(loaded, text_version="0" * 32), state)
    with pytest.raises(TextChangedError):
        sign(loaded, edition, state, signing)
    assert rows(loaded, "signature") == rows(loaded, "supporter") == rows(loaded, "mail") == 0


def test_every_problem_is_told_at_once_and_nothing_is_stored(loaded):
    state = loaded.editions.current(people.CAMPAIGN).state("lithuania")
    raw = people.typed(loaded, name=" ", email="a@", country="XX", offices=(), consents={}, shown="?")
    with pytest.raises(InputRefusedError) as refused:
        clean(raw, state)
    assert [one.code for one in refused.value.problems] == [
        "E-NAME-EMPTY",
        "E-EMAIL",
        "E-COUNTRY",
        "E-OFFICES-EMPTY",
        "E-SHOWN",
        "E-CONSENT",
    ]
    assert rows(loaded, "signature") == 0


def test_personal_columns_are_sealed(loaded):
    people.sign(
        loaded, name="Zyxwv Canary", city="Canaryville", paragraph="A canary sings.", email="canary@example.org"
    )
    with loaded.reading() as session:
        for table in ("signature", "supporter", "mail", "mailbox"):
            for row in session.execute(text(f"SELECT * FROM {table}")):  # noqa: S608  our own names
                assert "canary" not in repr(tuple(row)).lower()


def test_many_from_one_network_are_marked_and_count_all_the_same(loaded):
    for number in range(12):
        people.sign(loaded, email=f"pupil{number}@example.org", network="192.0.2.7")
    with loaded.reading() as session:
        marks = [row[0] for row in session.execute(text("SELECT marks FROM signature ORDER BY created_at, id"))]
    assert sum("many_from_network" in str(one) for one in marks) == 2
    assert figures(loaded)["pending"] == 12


def test_too_old_pending_signatures_are_forgotten_with_their_address(loaded):
    from campaign.services.forget import forget  # noqa: PLC0415

    people.sign(loaded)
    people.work(loaded)
    loaded.clock.move(dt.timedelta(days=15))
    while forget(loaded):
        pass
    assert [rows(loaded, table) for table in ("signature", "supporter", "mail", "consent")] == [0, 0, 0, 0]
