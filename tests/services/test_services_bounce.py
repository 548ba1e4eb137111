"""Mail that comes back: what it says is written down once, and only about messages that are really ours."""

import dataclasses

import came_back
import people
import pytest
from sqlalchemy import text

from campaign.models.delivery import DeliveryRow, DigestRow
from campaign.models.supporter import SupporterRow
from campaign.outside.keys import Keys, new_id
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.services import claim as claiming
from campaign.services.bounce import take_back
from campaign.services.count import public, stats
from campaign.services.deliver import write_down
from campaign.services.outlook import done_letters
from campaign.services.returns import return_address
from campaign.services.unsubscribe import unsubscribe

ONE = {"offices": ("prime-minister",)}


def rows(parts, question, **values):
    with parts.reading() as session:
        return [tuple(row) for row in session.execute(text(question), values)]


def everything(parts):
    """All that a mail which came back could change."""
    tables = ("delivery", "digest", "mail", "official", "mailbox", "signature", "supporter", "audit", "campaign")
    return {table: sorted(map(str, rows(parts, f"SELECT * FROM {table}"))) for table in tables}  # noqa: S608  our own


def figures(parts, code="LT"):
    return stats(parts, parts.editions.current(people.CAMPAIGN))["states"][code]


@pytest.fixture
def letter(loaded):
    """A letter that the relay took, as the message it was."""
    people.confirmed(loaded, **ONE)
    people.work(loaded)
    [sent] = people.letters(loaded)
    return sent


@pytest.fixture
def asked(loaded):
    """A confirmation mail that the relay took, as the message it was."""
    people.sign(loaded)
    people.work(loaded)
    [sent] = people.mails(loaded)
    return sent


@pytest.mark.parametrize("make", [came_back.postfix, came_back.exim, came_back.exchange, came_back.gmail])
def test_a_letter_that_came_back_is_bounced_whichever_server_says_so(loaded, letter, make):
    assert figures(loaded)["letters_sent"] == 1
    assert take_back(loaded, make(letter.envelope_from)) == "done"
    [(status, reason)] = rows(loaded, "SELECT status, reason FROM delivery")
    assert status == "bounced"
    assert reason.startswith("5.")
    assert (figures(loaded)["letters_sent"], figures(loaded)["letters_refused"]) == (0, 1)
    assert public(loaded, loaded.editions.current(people.CAMPAIGN)).letters_sent["LT"] == 0


def test_the_recipient_that_the_mail_server_names_is_enough(loaded, letter):
    raw = came_back.postfix("letters@campaign.example")
    assert take_back(loaded, raw) == "ignored"
    assert take_back(loaded, raw, letter.envelope_from.upper()) == "done"


def test_a_second_time_changes_nothing(loaded, letter):
    raw = came_back.postfix(letter.envelope_from)
    assert take_back(loaded, raw) == "done"
    before = everything(loaded)
    assert take_back(loaded, raw) == "ignored"
    assert take_back(loaded, came_back.complaint(letter.envelope_from)) == "ignored"
    assert everything(loaded) == before


def test_what_says_nothing_final_changes_nothing(loaded, letter):
    before = everything(loaded)
    for raw in (
        came_back.postfix(letter.envelope_from, "delayed", "4.4.1"),
        came_back.vacation(letter.envelope_from),
        came_back.receipt(letter.envelope_from),
        came_back.complaint(letter.envelope_from, "not-spam"),
        b"\xff" * 5_000_000,
    ):
        assert take_back(loaded, raw, letter.envelope_from) == "ignored"
    assert everything(loaded) == before


def test_nobody_can_make_up_that_something_came_back(loaded, letter):
    """The row's id is known to whoever got the letter, by its Message-ID; a tag for another row is not."""
    other = dataclasses.replace(loaded, keys=Keys("another secret of thirty-two bytes"))
    row_id = letter.message_id[1:33]
    before = everything(loaded)
    for address in (
        return_address(other, "letter", row_id),
        return_address(loaded, "mail", row_id),
        return_address(loaded, "letter", new_id()),
        letter.envelope_from[:-40] + "0" * 16 + "@campaign.example",
        letter.envelope_from.replace("campaign.example", "elsewhere.example"),
        "letters@campaign.example",
    ):
        for raw in (came_back.postfix(address), came_back.complaint(address)):
            named = raw.replace(b"Subject: the letter", b"Message-ID: " + letter.message_id.encode())
            assert take_back(loaded, named, address) == "ignored"
    assert everything(loaded) == before


def test_a_server_that_gave_up_is_no_verdict_on_the_mailbox(loaded, letter):
    assert take_back(loaded, came_back.postfix(letter.envelope_from, status="4.4.1")) == "done"
    assert rows(loaded, "SELECT status, reason FROM delivery") == [("bounced", "4.4.1")]
    assert rows(loaded, "SELECT max(hard_bounces) FROM official") == [(0,)]


def test_a_complaint_about_a_letter_is_kept_and_the_letter_stays_sent(loaded, letter, capsys):
    assert take_back(loaded, came_back.complaint(letter.envelope_from)) == "done"
    assert rows(loaded, "SELECT status, reason FROM delivery") == [("complained", "abuse")]
    assert figures(loaded)["letters_sent"] == 1
    assert public(loaded, loaded.editions.current(people.CAMPAIGN)).letters_sent["LT"] == 1
    said = "".join(capsys.readouterr())
    assert "office.complained" in said
    assert "LT" in said
    assert letter.to_address not in said
    assert "ona@" not in said


def test_the_supporters_own_page_tells_it(loaded, letter):
    take_back(loaded, came_back.postfix(letter.envelope_from))
    assert rows(loaded, "SELECT status FROM delivery") == [("bounced",)]
    with loaded.reading() as session:
        edition = loaded.editions.current(people.CAMPAIGN)
        supporter = session.get(SupporterRow, rows(loaded, "SELECT id FROM supporter")[0][0])
        [done] = done_letters(loaded, session, edition, supporter)
    assert [one.status for one in done.letters] == ["bounced"]
    assert loaded.words.text("en", "status.bounced") != "status.bounced"


def test_what_is_still_on_its_way_is_for_later(own_parts):
    """A server may answer before the worker has written down that it took the letter."""
    people.confirmed(own_parts, **ONE)
    people.work(own_parts)
    people.confirmed(own_parts, email="per@example.org", **ONE)
    row = claiming.claim(own_parts, DeliveryRow)
    raw = came_back.postfix(return_address(own_parts, "letter", row.id))
    assert take_back(own_parts, raw) == "later"
    assert write_down(own_parts, row)
    assert take_back(own_parts, raw) == "later"
    claiming.settle(own_parts, row, Handover(Outcome.ACCEPTED))
    assert take_back(own_parts, raw) == "done"


def test_a_letter_nobody_knew_of_is_known_to_have_come_back(loaded):
    people.confirmed(loaded, **ONE)
    row = claiming.claim(loaded, DeliveryRow)
    write_down(loaded, row)
    claiming.settle(loaded, row, Handover(Outcome.UNKNOWN))
    address = return_address(loaded, "letter", row.id)
    assert take_back(loaded, came_back.complaint(address)) == "done"
    assert rows(loaded, "SELECT status FROM delivery") == [("unknown",)]
    assert take_back(loaded, came_back.postfix(address)) == "done"
    assert rows(loaded, "SELECT status FROM delivery") == [("bounced",)]


@pytest.mark.parametrize(
    ("make", "status", "why"),
    [(came_back.postfix, "bounced", "bounced"), (came_back.complaint, "complained", "complained")],
)
def test_a_mailbox_that_takes_or_wants_no_mail_gets_none_any_more(loaded, asked, make, status, why):
    people.sign(loaded, "latvia", email="per@example.org")
    people.sign(loaded, "poland")
    assert take_back(loaded, make(asked.envelope_from)) == "done"
    assert rows(loaded, "SELECT DISTINCT status FROM mail WHERE status = :status", status=status) == [(status,)]
    assert rows(loaded, "SELECT suppressed_for FROM mailbox WHERE suppressed_at IS NOT NULL") == [(why,)]
    left = rows(loaded, "SELECT count(*) FROM signature")
    assert left == [(1,)]
    people.sign(loaded, "finland")
    people.work(loaded)
    assert people.mails(loaded, "ona@example.org") == [asked]
    assert len(people.mails(loaded, "per@example.org")) == 1


def test_what_the_mailbox_had_confirmed_stays(loaded, asked):
    people.press(loaded, asked)
    people.sign(loaded, "latvia")
    people.work(loaded)
    before = len(people.mails(loaded))
    assert take_back(loaded, came_back.postfix(asked.envelope_from)) == "done"
    assert figures(loaded)["confirmed"] == 1
    assert figures(loaded)["letters_sent"] > 0
    assert figures(loaded, "LV")["pending"] == 0
    people.work(loaded)
    assert len(people.mails(loaded)) == before


def test_a_mail_that_waits_for_a_silenced_mailbox_is_never_written(loaded, asked):
    """Pressing asks for a receipt, whatever became of the mailbox meanwhile."""
    unsubscribe(loaded, people.token(asked, "unsubscribe"))
    assert rows(loaded, "SELECT suppressed_for FROM mailbox") == [("unsubscribed",)]
    people.press(loaded, asked)
    people.work(loaded)
    assert people.mails(loaded) == [asked]
    assert figures(loaded)["confirmed"] == 1


def test_a_server_that_gave_up_on_a_mail_silences_nobody(loaded, asked):
    assert take_back(loaded, came_back.postfix(asked.envelope_from, status="4.4.7")) == "done"
    assert rows(loaded, "SELECT count(*) FROM mailbox WHERE suppressed_at IS NOT NULL") == [(0,)]
    assert figures(loaded)["pending"] == 1


def test_nothing_of_an_erased_person_comes_back(loaded, asked):
    people.press(loaded, asked)
    with loaded.writing() as session:
        session.execute(text("UPDATE supporter SET email_sealed = NULL, address_key = NULL"))
        session.commit()
    mailboxes = rows(loaded, "SELECT * FROM mailbox")
    assert take_back(loaded, came_back.postfix(asked.envelope_from)) == "done"
    assert rows(loaded, "SELECT * FROM mailbox") == mailboxes
    assert rows(loaded, "SELECT email_sealed, address_key FROM supporter") == [(None, None)]


@pytest.mark.parametrize(("make", "status", "counted"), [(came_back.exim, "bounced", 1),
                                                         (came_back.complaint, "complained", 0)])  # fmt: skip
def test_a_digest_comes_back_with_all_its_letters_and_counts_once(loaded, make, status, counted):
    for email in ("ona@example.org", "per@example.org", "liv@example.org"):
        people.confirmed(loaded, email=email, **ONE)
    people.work(loaded)
    digest_id, now = new_id(), loaded.clock.now()
    with loaded.writing() as session:
        one = session.get(DeliveryRow, rows(loaded, "SELECT id FROM delivery")[0][0])
        session.add(
            DigestRow(
                id=digest_id, state_id=one.state_id, official_id=one.official_id, address=one.address, language="lt",
                size=3, status="accepted", due_at=now, created_at=now,
            )
        )  # fmt: skip
        session.flush()
        session.execute(text("UPDATE delivery SET way = 'digest', digest_id = :id"), {"id": digest_id})
        session.commit()
    raw = make(return_address(loaded, "digest", digest_id))
    assert [take_back(loaded, raw) for _ in range(2)] == ["done", "ignored"]
    assert rows(loaded, "SELECT status FROM digest") == [(status,)]
    assert rows(loaded, "SELECT status FROM delivery") == [(status,)] * 3
    assert rows(loaded, "SELECT max(hard_bounces) FROM official") == [(counted,)]
