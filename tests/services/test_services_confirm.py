"""Confirming and withdrawing: one press, one letter a mailbox, and a count that is the sum of its journal."""

import dataclasses
import datetime as dt

import people
import pytest
from sqlalchemy import text

from campaign.errors import TextChangedError, TokenError
from campaign.outside.mail.mailer import Outcome
from campaign.services import confirm as confirming
from campaign.services import unsubscribe as unsubscribing
from campaign.services import withdraw as withdrawing
from campaign.services.count import public, stats
from campaign.services.verify import set_email, verify


def figures(parts, code="LT"):
    return stats(parts, parts.editions.current(people.CAMPAIGN))["states"][code]


def mail_of(parts, state="lithuania", **changed):
    people.sign(parts, state, **changed)
    people.work(parts)
    return people.mails(parts)[-1]


def test_looking_changes_nothing_and_a_press_counts_once(loaded):
    mail = mail_of(loaded)
    token = people.token(mail)
    for _ in range(3):
        confirming.opened(loaded, token, "en")
    assert figures(loaded)["confirmed"] == 0
    assert people.press(loaded, mail) == 1
    assert people.press(loaded, mail) == 0
    assert figures(loaded)["confirmed"] == 1
    assert figures(loaded)["pending"] == 0


def test_each_mailbox_gets_one_letter_and_offices_without_address_wait(loaded):
    """Two offices of the Saeima share a mailbox: one letter names both."""
    people.confirmed(loaded, "latvia")
    people.work(loaded)
    letters = people.letters(loaded)
    addresses = [one.to_address for one in letters]
    assert len(addresses) == len(set(addresses)) > 0
    edition = loaded.editions.current(people.CAMPAIGN).state("latvia")
    held = [one for one in edition.officials if not one.is_mailable]
    assert figures(loaded, "LV")["letters_sent"] == len(addresses)
    assert figures(loaded, "LV")["letters_held"] == len(held)


def test_the_letter_is_the_text_that_was_shown_in_the_offices_language(loaded):
    mail = mail_of(loaded, paragraph="I grew up near a minefield.\nNobody there asks for mines back.")
    [pending] = confirming.opened(loaded, people.token(mail), "en").pending
    people.press(loaded, mail)
    people.work(loaded)
    letter = people.letters(loaded)[0]
    assert letter.language == "lt"
    assert "I grew up near a minefield." in letter.text
    assert letter.subject == pending.sent.subject
    assert letter.reply_to_address == "ona@example.org"
    assert letter.from_address == loaded.settings.mail_from
    assert letter.from_name == "Ona Nordmann"


@pytest.mark.parametrize(("shown", "expected"), [("short", "Ona N"), ("country", "Norvegija")])
def test_the_letter_shows_what_its_signer_chose(loaded, shown, expected):
    people.confirmed(loaded, shown=shown, short_name="Ona N", answers="campaign", paragraph="")
    people.work(loaded)
    for letter in people.letters(loaded):
        everything = letter.text + letter.from_name + letter.reply_to_name + letter.reply_to_address
        assert "Nordmann" not in everything
        assert "ona@example.org" not in everything
        assert expected in letter.text
        assert letter.reply_to_address == loaded.settings.mail_from


def test_only_ticked_letters_are_confirmed(loaded):
    people.sign(loaded, "lithuania")
    mail = mail_of(loaded, "latvia")
    pending = {one.state.state.code: one for one in confirming.opened(loaded, people.token(mail), "en").pending}
    chosen = pending["LV"]
    assert confirming.confirm(loaded, people.token(mail), {chosen.signature_id: chosen.digest}) == 1
    assert figures(loaded, "LV")["confirmed"] == 1
    assert figures(loaded, "LT")["confirmed"] == 0


def test_a_press_is_for_the_letter_that_was_shown(loaded):
    mail = mail_of(loaded)
    [shown] = confirming.opened(loaded, people.token(mail), "en").pending
    with pytest.raises(TextChangedError):
        confirming.confirm(loaded, people.token(mail), {shown.signature_id: "0" * 64})
    assert figures(loaded)["confirmed"] == 0


def test_links_are_for_one_purpose_and_end(loaded):
    mail = mail_of(loaded)
    token = people.token(mail)
    for other in (withdrawing.opened, unsubscribing.opened):
        with pytest.raises(TokenError):
            other(loaded, token)
    for broken in (
        "",
        "abc",
        "A" * 72,
        token[:-1],
        token + "A",
        "\u0661" * 72,
        token[:30] + ("C" if token[30] == "B" else "B") + token[31:],
    ):
        with pytest.raises(TokenError):
            confirming.opened(loaded, broken, "en")
    loaded.clock.move(dt.timedelta(days=15))
    assert confirming.opened(loaded, token, "en").freshness == "expired"
    with pytest.raises(TokenError):
        confirming.confirm(loaded, token, {})


def test_deleting_keeps_nothing_of_what_was_typed(loaded):
    mail = mail_of(loaded)
    confirming.delete(loaded, people.token(mail))
    assert figures(loaded)["pending"] == 0
    with loaded.reading() as session:
        assert session.execute(text("SELECT count(*) FROM signature")).scalar_one() == 0
    assert confirming.opened(loaded, people.token(mail), "en").done == ()


def test_withdrawing_leaves_the_count_and_stops_what_has_not_left(loaded):
    people.confirmed(loaded)
    receipt_due = people.work
    token = people.token(people.mails(loaded)[-1], "withdraw")
    [one] = withdrawing.opened(loaded, token).signatures
    assert withdrawing.withdraw(loaded, token, {one.signature_id}) == 1
    assert withdrawing.withdraw(loaded, token, {one.signature_id}) == 0
    receipt_due(loaded)
    assert people.letters(loaded) == []
    assert figures(loaded) == figures(loaded) | {"confirmed": 0, "withdrawn": 1, "letters_sent": 0, "letters_held": 0}
    with loaded.reading() as session:
        assert session.execute(text("SELECT sum(delta) FROM journal")).scalar_one() == 0


def test_who_withdrew_may_sign_again_and_the_office_gets_no_second_letter(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    before = len(people.letters(loaded))
    assert before > 0
    token = people.token(people.mails(loaded)[-1], "withdraw")
    [one] = withdrawing.opened(loaded, token).signatures
    withdrawing.withdraw(loaded, token, {one.signature_id})
    loaded.clock.move(dt.timedelta(hours=1))
    people.sign(loaded)
    people.work(loaded)
    people.press(loaded, people.mails(loaded)[-1])
    people.work(loaded)
    assert len(people.letters(loaded)) == before
    assert figures(loaded)["confirmed"] == 1


def test_unsubscribing_stops_all_mail_and_no_letter(loaded):
    people.confirmed(loaded)
    token = people.token(people.mails(loaded)[-1], "unsubscribe")
    for _ in range(2):
        unsubscribing.unsubscribe(loaded, token)
    before = len(people.mails(loaded))
    people.sign(loaded, "poland")
    people.work(loaded)
    assert len(people.mails(loaded)) == before
    assert figures(loaded)["confirmed"] == 1
    assert figures(loaded)["letters_sent"] > 0


def test_a_verified_address_lets_held_letters_go_once(loaded):
    people.confirmed(loaded, "poland")
    people.work(loaded)
    held = figures(loaded, "PL")["letters_held"]
    assert held == 7
    set_email(loaded, people.CAMPAIGN, "PL", "president", "office@example.pl", "https://example.pl/contact")
    assert figures(loaded, "PL")["letters_held"] == held
    assert verify(loaded, people.CAMPAIGN, "PL", "president").released == 1
    set_email(loaded, people.CAMPAIGN, "poland", "speaker", "office@example.pl", "https://example.pl/contact")
    assert verify(loaded, people.CAMPAIGN, "poland", "speaker").released == 1
    people.work(loaded)
    assert [one.to_address for one in people.letters(loaded)] == ["office@example.pl"]
    assert figures(loaded, "PL")["letters_held"] == held - 2


def test_an_hour_takes_so_many_letters_to_one_mailbox(loaded):
    limited = dataclasses.replace(loaded, settings=dataclasses.replace(loaded.settings, letters_per_hour=2))
    for number in range(5):
        people.confirmed(limited, email=f"person{number}@example.org", offices=("prime-minister",))
    people.work(limited)
    sent = [len(people.letters(limited))]
    for _ in range(3):
        loaded.clock.move(dt.timedelta(minutes=61))
        people.work(limited)
        sent.append(len(people.letters(limited)))
    assert sent == [2, 4, 5, 5]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.REFUSED, "letters_refused"),
        (Outcome.UNKNOWN, "letters_unknown"),
        (Outcome.BLOCKED, "letters_refused"),
        (Outcome.TEMPORARY, "letters_waiting"),
    ],
)
def test_what_became_of_a_letter_is_written_down(loaded, outcome, status):
    people.confirmed(loaded, offices=("prime-minister",))
    people.work(loaded)
    assert figures(loaded)["letters_sent"] == 1
    people.sign(loaded, email="second@example.org", offices=("prime-minister",))
    people.work(loaded)
    people.press(loaded, people.mails(loaded)[-1])
    loaded.mailer.then(outcome)
    people.work(loaded)
    assert figures(loaded)[status] == 1


def test_public_counts_are_confirmed_signatures_and_sent_letters(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    counts = public(loaded, loaded.editions.current(people.CAMPAIGN))
    assert counts.total == counts.states["LT"] == 1
    assert counts.letters_sent["LT"] == len(people.letters(loaded)) > 0
    assert set(counts.states) == {"LT", "LV", "PL", "EE", "FI"}
