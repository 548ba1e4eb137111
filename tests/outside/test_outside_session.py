"""The session with the relay: kept between messages, opened anew when gone, never in clear against our will."""

import dataclasses
import datetime as dt

import pytest
from certificates import Authority
from mails import LETTER, confirmation, go, letter
from smtp_server import DROP, HANG, USUAL, Phase, SmtpServer, reply

from campaign.outside.mail.mailer import Handover, Outcome
from campaign.outside.mail.smtp import Patience, Probe

SECRET = "correct horse battery staple"


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"), dt.datetime.now(dt.UTC))


def test_the_session_is_kept_between_messages(server, mailer):
    for index in range(5):
        assert mailer.hand_over(letter(message_id=f"{index}@campaign.example"), go).outcome is Outcome.ACCEPTED
    assert server.sessions == 1
    mailer.close()
    assert server.said("QUIT") == ["quit"]


def test_a_kept_session_that_the_server_has_ended_is_opened_anew(server, mailer):
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    server.hang_up()
    assert mailer.hand_over(confirmation(), go).outcome is Outcome.ACCEPTED
    assert (server.sessions, len(server.ledger)) == (2, 2)


@pytest.mark.parametrize("answer", [DROP, reply(421)])
def test_a_kept_session_that_ends_at_mail_is_opened_anew_once(server, mailer, answer):
    server.script(Phase.MAIL, USUAL, answer)
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    guarded = []
    assert mailer.hand_over(LETTER, lambda: not guarded.append(1)).outcome is Outcome.ACCEPTED
    assert (server.sessions, len(guarded), len(server.ledger)) == (2, 1, 2)


def test_a_kept_session_falls_silent_at_mail_and_is_opened_anew(server, opened):
    server.script(Phase.MAIL, USUAL, HANG)
    mailer = opened(server.relay(), Patience(step_seconds=0.3))
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert server.sessions == 2


def test_a_session_is_not_kept_for_long_idle_or_for_too_many(server, opened):
    now = [0.0]
    patience = Patience(idle_seconds=30.0, messages_per_session=2)
    mailer = opened(server.relay(), patience, seconds=lambda: now[0])
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    now[0] = 31.0
    for _ in range(3):
        assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    mailer.close()
    assert [taken.session for taken in server.ledger] == [1, 2, 2, 3]
    assert len(server.said("QUIT")) == 3


def test_a_server_that_no_longer_resets_is_left(server, mailer):
    server.script(Phase.RCPT, reply(550))
    server.script(Phase.RSET, reply(500))
    assert mailer.hand_over(LETTER, go).outcome is Outcome.REFUSED
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert server.sessions == 2


def test_f18_a_relay_that_is_gone_is_unreachable_and_found_again_when_back(opened):
    with SmtpServer() as server:
        relay = server.relay()
    mailer = opened(relay)
    assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNREACHABLE, "refused CONNECT")
    with SmtpServer(port=relay.port):
        assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
        mailer.close()


def test_a_host_name_that_is_none_is_unreachable(server, opened):
    mailer = opened(dataclasses.replace(server.relay(), host="a..b"))
    assert mailer.hand_over(LETTER, go).outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_mail_and_password_go_through_tls_only(authority, opened, tls):
    with SmtpServer(tls=tls, context=authority.server_context("127.0.0.1"), users={"ona": SECRET}) as server:
        mailer = opened(server.relay(user="ona", password=SECRET), context=authority.client_context())
        assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
        mailer.close()
    (taken,) = server.ledger
    assert (taken.is_encrypted, taken.user) == (True, "ona")
    in_clear = [line.text for line in server.lines if not line.is_encrypted]
    assert in_clear == (["ehlo test.example", "STARTTLS"] if tls == "starttls" else [])


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_f16_a_certificate_nobody_vouches_for_ends_the_session(authority, opened, tls):
    with SmtpServer(tls=tls, context=authority.server_context("127.0.0.1"), users={"ona": SECRET}) as server:
        mailer = opened(server.relay(user="ona", password=SECRET))
        handover = mailer.hand_over(LETTER, go)
    assert handover.outcome is Outcome.UNREACHABLE
    assert handover.reason == ("certificate STARTTLS" if tls == "starttls" else "certificate CONNECT")
    assert not server.ledger
    assert not server.said("AUTH")
    assert not server.said("MAIL")


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_f16_a_certificate_for_another_host_ends_the_session(authority, opened, tls):
    with SmtpServer(tls=tls, context=authority.server_context("other.example")) as server:
        mailer = opened(server.relay(), context=authority.client_context())
        assert mailer.hand_over(LETTER, go).reason.startswith("certificate")
    assert not server.said("MAIL")


def test_f16_starttls_that_is_not_offered_ends_the_session(opened):
    with SmtpServer(users={"ona": SECRET}) as server:
        relay = dataclasses.replace(server.relay(user="ona", password=SECRET), tls="starttls")
        assert opened(relay).hand_over(LETTER, go) == Handover(Outcome.UNREACHABLE, "no STARTTLS")
    assert [line.text for line in server.lines] == ["ehlo test.example"]


@pytest.mark.parametrize(("answer", "reason"), [(reply(454), "454 STARTTLS"), (DROP, "drop STARTTLS")])
def test_f16_starttls_that_fails_ends_the_session(authority, opened, answer, reason):
    with SmtpServer(tls="starttls", context=authority.server_context("127.0.0.1")) as server:
        server.script(Phase.STARTTLS, answer)
        mailer = opened(server.relay(), context=authority.client_context())
        assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNREACHABLE, reason)
    assert not server.said("MAIL")


def test_a_server_that_speaks_no_tls_where_tls_is_expected_ends_the_session(server, opened):
    relay = dataclasses.replace(server.relay(), tls="implicit")
    handover = opened(relay).hand_over(LETTER, go)
    assert (handover.outcome, handover.reason) == (Outcome.UNREACHABLE, "tls CONNECT")


def test_f16_a_refused_login_sends_nothing(authority, opened):
    with SmtpServer(tls="starttls", context=authority.server_context("127.0.0.1"), users={"ona": SECRET}) as server:
        mailer = opened(server.relay(user="ona", password="wrong"), context=authority.client_context())
        assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNREACHABLE, "535 AUTH")
    assert not server.said("MAIL")


def test_a_login_that_is_not_offered_sends_nothing(server, opened):
    handover = opened(server.relay(user="ona", password=SECRET)).hand_over(LETTER, go)
    assert handover == Handover(Outcome.UNREACHABLE, "no AUTH")
    assert not server.said("MAIL")


@pytest.mark.parametrize(("answer", "reason"), [(reply(454), "454 AUTH"), (DROP, "drop AUTH"), (HANG, "timeout AUTH")])
def test_a_login_that_cannot_be_tried_now_is_no_session(opened, answer, reason):
    with SmtpServer(users={"ona": SECRET}) as server:
        server.script(Phase.AUTH, *[answer] * 3)
        mailer = opened(server.relay(user="ona", password=SECRET), Patience(step_seconds=0.3))
        assert mailer.hand_over(LETTER, go) == Handover(Outcome.UNREACHABLE, reason)


def test_a_password_in_other_letters_than_ascii_is_sent_as_utf8(opened):
    with SmtpServer(users={"ona": "žąsis"}) as server:
        assert opened(server.relay(user="ona", password="žąsis")).hand_over(LETTER, go).outcome is Outcome.ACCEPTED
        wrong = opened(server.relay(user="ona", password="žąsys")).hand_over(LETTER, go)
        assert wrong == Handover(Outcome.UNREACHABLE, "535 AUTH")


def test_a_password_shows_nowhere(server, opened, caplog, capfd):
    mailer = opened(server.relay(user="ona", password=SECRET))
    handover = mailer.hand_over(LETTER, go)
    probe = mailer.probe()
    out, err = capfd.readouterr()
    for shown in (repr(mailer), str(mailer), repr(handover), repr(probe), caplog.text, out, err):
        assert SECRET not in shown
        assert "Y29ycmVjd" not in shown


def test_a_probe_says_what_the_relay_can_and_sends_nothing(authority, opened):
    extensions = ("SIZE 5000", "SMTPUTF8")
    with SmtpServer(
        tls="starttls", context=authority.server_context("127.0.0.1"), users={"ona": SECRET}, extensions=extensions
    ) as server:
        mailer = opened(server.relay(user="ona", password=SECRET), context=authority.client_context())
        assert mailer.probe() == Probe(
            is_usable=True, is_encrypted=True, is_logged_in=True, has_smtputf8=True, max_bytes=5000
        )
    assert server.said("QUIT") == ["quit"]
    assert not server.said("MAIL")


def test_a_probe_of_a_plain_relay_says_so(server, mailer):
    assert mailer.probe() == Probe(is_usable=True, max_bytes=10_000_000)


def test_a_probe_says_why_no_mail_could_leave(server, mailer):
    server.script(Phase.CONNECT, reply(421))
    assert mailer.probe() == Probe(is_usable=False, reason="421 CONNECT")
