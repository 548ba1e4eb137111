"""What becomes of a letter when the relay refuses, hangs up or falls silent, at every step of a hand-over."""

import smtplib

import pytest
from mails import LETTER, go, letter
from smtp_server import DROP, HANG, Phase, SmtpServer, reply

from campaign.outside.mail.mailer import Handover, Outcome
from campaign.outside.mail.smtp import Patience

HASTY = Patience(step_seconds=0.3, final_seconds=0.3)


class Guarded:
    """A before_data that counts how often it was asked, and answers as told."""

    def __init__(self, server, *, answer=True):
        self.server = server
        self.answer = answer
        self.asked = 0

    def __call__(self):
        self.asked += 1
        assert not self.server.said("DATA")
        return self.answer


def test_a_letter_arrives_as_it_is_with_one_recipient(server, mailer):
    """F15, M3: one office a message; nothing in the bytes becomes a recipient."""
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.ACCEPTED, "250 BODY")
    (taken,) = server.ledger
    assert taken.sender == "letters@campaign.example"
    assert taken.recipients == ("minister@ministry.example",)
    assert taken.message.get_content().replace("\r\n", "\n") == LETTER.text + "\n"
    assert taken.message["Message-ID"] == "<letter.1@campaign.example>"
    assert len(server.said("RCPT")) == 1
    assert len(server.said("MAIL")) == 1


def test_data_is_entered_only_after_a_yes(server, mailer):
    guarded = Guarded(server)
    assert mailer.hand_over(LETTER, guarded).outcome is Outcome.ACCEPTED
    assert guarded.asked == 1


def test_a_lost_claim_sends_nothing_and_keeps_the_session(server, mailer):
    assert mailer.hand_over(LETTER, Guarded(server, answer=False)) == Handover(Outcome.ABANDONED)
    assert not server.said("DATA")
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert server.sessions == 1


def test_an_error_while_writing_down_data_goes_up_and_sends_nothing(server, mailer):
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        mailer.hand_over(LETTER, fail)
    assert server.ledger == []
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert [taken.recipients for taken in server.ledger] == [("minister@ministry.example",)]


@pytest.mark.parametrize("code", [421, 450, 554])
def test_f08_a_no_at_connect_is_no_session(server, mailer, code):
    server.script(Phase.CONNECT, reply(code))
    guarded = Guarded(server)
    assert mailer.hand_over(LETTER, guarded) == Handover(Outcome.UNREACHABLE, f"{code} CONNECT")
    assert guarded.asked == 0
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("code", [450, 451, 452])
@pytest.mark.parametrize("phase", [Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.BODY])
def test_f09_a_temporary_no_is_temporary_at_every_step(server, mailer, phase, code):
    server.script(phase, reply(code))
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.TEMPORARY, f"{code} {phase.name}")
    assert server.accepted == []
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert server.sessions == 1


@pytest.mark.parametrize("phase", [Phase.RCPT, Phase.DATA, Phase.BODY])
def test_f09_a_server_that_goes_away_with_421_has_taken_nothing(server, mailer, phase):
    server.script(phase, reply(421))
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.TEMPORARY, f"421 {phase.name}")
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert server.sessions == 2


@pytest.mark.parametrize("code", [550, 551, 553, 554])
def test_f10_a_permanent_no_to_one_office_leaves_the_others_alone(server, mailer, code):
    server.script(Phase.RCPT, reply(code), to="minister@ministry.example")
    guarded = Guarded(server)
    assert mailer.hand_over(LETTER, guarded) == Handover(Outcome.REFUSED, f"{code} RCPT")
    assert guarded.asked == 0
    assert mailer.hand_over(letter(to_address="speaker@ministry.example"), go).outcome is Outcome.ACCEPTED
    assert [taken.recipients for taken in server.ledger] == [("speaker@ministry.example",)]


@pytest.mark.parametrize("phase", [Phase.DATA, Phase.BODY])
@pytest.mark.parametrize("code", [550, 552, 554])
def test_f11_a_permanent_no_to_the_content_is_refused(server, mailer, phase, code):
    server.script(phase, reply(code))
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.REFUSED, f"{code} {phase.name}")
    assert server.accepted == []


@pytest.mark.parametrize("code", [501, 530, 550, 553])
def test_a_permanent_no_to_our_own_sender_refuses_no_letter(server, mailer, code):
    server.script(Phase.MAIL, reply(code))
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNREACHABLE, f"{code} MAIL")


@pytest.mark.parametrize("code", [503, 530, 538])
def test_an_answer_about_our_session_refuses_no_office(server, mailer, code):
    server.script(Phase.RCPT, reply(code))
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNREACHABLE, f"{code} RCPT")
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("phase", [Phase.CONNECT, Phase.EHLO])
def test_f12_a_drop_before_there_is_a_session_is_unreachable(server, mailer, phase):
    server.script(phase, DROP)
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNREACHABLE, f"drop {phase.name}")


@pytest.mark.parametrize("phase", [Phase.MAIL, Phase.RCPT, Phase.DATA])
def test_f12_a_drop_before_the_message_is_temporary(server, mailer, phase):
    server.script(phase, DROP)
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.TEMPORARY, f"drop {phase.name}")
    assert server.ledger == []
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("phase", [Phase.CONNECT, Phase.MAIL, Phase.RCPT, Phase.DATA])
def test_f12_silence_before_the_message_has_sent_nothing(server, phase, opened):
    server.script(phase, HANG)
    mailer = opened(server.relay(), HASTY)
    outcome = Outcome.UNREACHABLE if phase is Phase.CONNECT else Outcome.TEMPORARY
    assert mailer.hand_over(LETTER, go) == Handover(outcome, f"timeout {phase.name}")
    assert server.ledger == []


def test_f13_a_drop_after_the_final_dot_is_unknown(server, mailer):
    server.script(Phase.BODY, DROP)
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNKNOWN, "drop BODY")
    assert len(server.ledger) == 1


def test_f13_a_drop_in_the_middle_of_the_message_is_unknown(server, mailer):
    server.script(Phase.MIDDLE, DROP)
    assert mailer.hand_over(letter(text="a line of text\n" * 5_000), go).outcome is Outcome.UNKNOWN
    assert server.ledger == []


def test_f13_silence_after_the_final_dot_is_unknown(server, opened):
    server.script(Phase.BODY, HANG)
    mailer = opened(server.relay(), HASTY)
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNKNOWN, "timeout BODY")
    assert len(server.ledger) == 1


def test_f13_an_answer_that_is_none_is_unknown(server, mailer):
    server.script(Phase.BODY, reply(354))
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNKNOWN, "354 BODY")
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert server.sessions == 2


def test_a_yes_in_place_of_go_ahead_sends_nothing(server, mailer):
    server.script(Phase.DATA, reply(250))
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.TEMPORARY, "250 DATA")
    assert server.ledger == []


def test_a_slow_yes_is_a_yes(server, mailer):
    server.script(Phase.BODY, reply(250, delay_seconds=0.5))
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED


def test_the_answer_to_a_message_may_take_longer_than_a_step(server, opened):
    server.script(Phase.BODY, reply(250, delay_seconds=0.6))
    mailer = opened(server.relay(), Patience(step_seconds=0.3, final_seconds=2.0))
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("answer", [DROP, reply(500), reply(421)])
def test_f14_a_yes_stays_a_yes_whatever_happens_at_quit(server, mailer, answer):
    server.script(Phase.QUIT, answer)
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    mailer.close()
    assert len(server.accepted) == 1


def test_f19_a_poisoned_letter_stops_alone_among_many(server, mailer):
    """One bad row among others: it is blocked before a word is said, the next ones go."""
    names = ["Ann", "Ann =?utf-8?b?DQpCY2M6IHZpY3RpbUBleGFtcGxlLm5ldA==?=", "Bob"] * 10
    outcomes = [
        mailer.hand_over(letter(reply_to_name=name, message_id=f"{index}@campaign.example"), go).outcome
        for index, name in enumerate(names)
    ]
    assert outcomes == [Outcome.ACCEPTED, Outcome.BLOCKED, Outcome.ACCEPTED] * 10
    assert len(server.ledger) == 20
    assert all("Bcc" not in taken.message for taken in server.ledger)
    assert {taken.recipients for taken in server.ledger} == {("minister@ministry.example",)}


def test_a_blocked_message_opens_no_session(server, mailer):
    guarded = Guarded(server)
    bad = letter(subject="=?utf-8?b?DQoNCkZPUkdFRCBCT0RZDQo=?=")
    assert mailer.hand_over(bad, guarded) == Handover(Outcome.BLOCKED, "Subject")
    assert (guarded.asked, server.sessions) == (0, 0)


@pytest.mark.parametrize(
    "text", ["a\n.\nMAIL FROM:<x@y.example>", "a\n.\r\nMAIL FROM:<x@y.example>\r\n", "a\r.\rDATA\r", "."]
)
def test_b088_no_text_ends_a_message_early_even_on_a_careless_server(text, opened):
    with SmtpServer(is_lenient=True) as server:
        mailer = opened(server.relay())
        assert mailer.hand_over(letter(text=text), go).outcome is Outcome.ACCEPTED
        assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
        mailer.close()
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    bodies = [taken.message.get_content().replace("\r\n", "\n").removesuffix("\n") for taken in server.ledger]
    assert bodies == [expected.removesuffix("\n"), LETTER.text]
    assert len(server.said("MAIL")) == 2


def test_an_answer_without_end_is_no_answer(server, mailer):
    server.script(Phase.RCPT, reply(550, text="x" * 20_000))
    assert mailer.hand_over(LETTER, go).outcome is Outcome.TEMPORARY
    server.script(Phase.BODY, reply(550, text="x" * 20_000))
    assert mailer.hand_over(LETTER, go).outcome is Outcome.UNKNOWN


def test_reasons_repeat_nothing_that_the_server_said(server, mailer):
    for phase in (Phase.RCPT, Phase.DATA, Phase.BODY, Phase.MAIL, Phase.CONNECT):
        server.script(phase, reply(550, text="no <minister@ministry.example> here"))
        reason = mailer.hand_over(LETTER, go).reason
        assert reason == f"550 {phase.name}"
        mailer.close()


def test_smtplib_alone_cannot_tell_a_drop_before_data_from_one_after(server):
    """M4, the reason for taking the steps apart: should this ever fail, the library has learned it."""
    raised = []
    for phase in (Phase.RCPT, Phase.BODY):
        server.script(phase, DROP)
        with smtplib.SMTP("127.0.0.1", server.port, local_hostname="test.example") as session:
            try:
                session.sendmail("a@example.org", ["b@example.org"], b"text")
            except smtplib.SMTPException as error:
                raised.append(type(error))
    assert raised == [smtplib.SMTPServerDisconnected] * 2
