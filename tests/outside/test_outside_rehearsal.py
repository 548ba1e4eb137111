"""While a campaign is rehearsed, everything goes to the tester, and nobody else appears on the wire."""

import email
import email.policy

import pytest
from databases import settings_for
from mails import CONFIRMATION, LETTER, go, letter

from campaign.outside.mail.fake import FakeMailer
from campaign.outside.mail.mailer import Handover, Message, Outcome
from campaign.outside.mail.message import ready
from campaign.outside.mail.outbox import MailboxReader, OutboxMailer
from campaign.outside.mail.rehearsal import RehearsalMailer
from campaign.outside.mail.smtp import SmtpMailer
from campaign.parts import make_mailer

TESTER = "tester@campaign.example"
CHANGED = {"To", "Reply-To", "Subject"}


def rehearsed(message: Message) -> Message:
    """What the mailer behind is handed."""
    behind = FakeMailer()
    assert RehearsalMailer(behind, TESTER).hand_over(message, go) == Handover(Outcome.ACCEPTED)
    [taken] = behind.accepted
    return taken


def parsed(message: Message):
    return email.message_from_bytes(ready(message), policy=email.policy.default)


@pytest.mark.parametrize("message", [LETTER, CONFIRMATION, letter(to_name="The minister", reply_to_address="")])
def test_the_tester_reads_and_answers_in_everybodys_place(message):
    taken = parsed(rehearsed(message))
    assert (taken["To"], taken["Reply-To"]) == (TESTER, TESTER)
    assert rehearsed(message).to_address == TESTER


def test_a_letters_subject_names_its_office_and_a_supporters_mail_nobody():
    assert parsed(rehearsed(LETTER))["Subject"] == f"[TEST → minister@ministry.example] {LETTER.subject}"
    assert parsed(rehearsed(CONFIRMATION))["Subject"] == f"[TEST] {CONFIRMATION.subject}"
    assert b"ona@example.org" not in ready(rehearsed(CONFIRMATION))


@pytest.mark.parametrize("subject", ["Wróć do konwencji", "Grąžinkite " * 12 + "draudimą", "x" * 200])
def test_a_marked_subject_may_leave_however_long_and_in_any_alphabet(subject):
    assert parsed(rehearsed(letter(subject=subject)))["Subject"].endswith(subject)


@pytest.mark.parametrize("message", [LETTER, CONFIRMATION])
def test_every_other_header_and_the_body_stay_byte_for_byte(message):
    before, after = (ready(one).partition(b"\r\n\r\n") for one in (message, rehearsed(message)))
    assert after[2] == before[2]
    old, new = (
        [(name, value) for name, value in parsed(one).raw_items() if name not in CHANGED]
        for one in (message, rehearsed(message))
    )
    assert new == old


def test_only_the_tester_appears_on_the_wire(server, opened):
    mailer = RehearsalMailer(opened(server.relay()), TESTER)
    for message in (LETTER, CONFIRMATION, letter(to_address="president@office.example")):
        assert mailer.hand_over(message, go).outcome is Outcome.ACCEPTED
    assert server.said("RCPT") == [f"RCPT TO:<{TESTER}>"] * 3
    assert {one.recipients for one in server.accepted} == {(TESTER,)}
    mailer.close()
    assert len(server.said("QUIT")) == 1


def test_what_the_mailer_behind_says_is_what_is_said():
    behind = FakeMailer(Outcome.TEMPORARY)
    mailer = RehearsalMailer(behind, TESTER)
    assert mailer.hand_over(LETTER, go).outcome is Outcome.TEMPORARY
    assert mailer.hand_over(LETTER, lambda: False).outcome is Outcome.ABANDONED
    assert mailer.hand_over(letter(subject="a\r\nb"), go) == Handover(Outcome.BLOCKED, "Subject")
    mailer.close()
    assert behind.is_closed


LIVE = {"DELIVERY": "live", "SMTP_URL": "smtp://relay.example.net", "MAIL_FROM": "a@campaign.example"}


@pytest.mark.parametrize(("changed", "kind"), [({}, OutboxMailer), (LIVE, SmtpMailer)])
def test_the_setting_turns_it_on_for_both_kinds_of_delivery(tmp_path, changed, kind):
    address = f"sqlite:///{tmp_path}/none.sqlite3"
    assert isinstance(make_mailer(settings_for(address, tmp_path, **changed)), kind)
    mailer = make_mailer(settings_for(address, tmp_path, TEST_TO=TESTER, **changed))
    assert isinstance(mailer, RehearsalMailer)
    assert isinstance(mailer.behind, kind)


def test_kept_mails_show_what_would_have_left(tmp_path):
    address = f"sqlite:///{tmp_path}/none.sqlite3"
    make_mailer(settings_for(address, tmp_path, TEST_TO=TESTER)).hand_over(LETTER, go)
    [kept] = MailboxReader(tmp_path).newest()
    assert (kept.recipient, kept.subject.partition("]")[0]) == (TESTER, "[TEST → minister@ministry.example")
