"""The judge from outside: an SMTP server that others wrote takes our mail and reads it as we meant it."""

import socket
import ssl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Receiving
from certificates import Authority
from mails import LETTER, NOON, confirmation, go, letter

from campaign.outside.mail.mailer import Outcome
from campaign.settings import SmtpUrl


class Mailbox(Receiving):
    """Keeps every message with its envelope."""

    def __init__(self):
        super().__init__()
        self.taken = []

    def handle_message(self, message):
        self.taken.append(message)


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture(params=["none", "starttls"])
def relay(request, mailbox, tmp_path):
    """An address of a running server of another make, with its client context."""
    authority = Authority(tmp_path, NOON)
    context = authority.server_context("127.0.0.1") if request.param == "starttls" else None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=context is not None
    )
    controller.start()
    yield SmtpUrl(host="127.0.0.1", port=port, user="", password="", tls=request.param), authority.client_context()
    controller.stop()


def test_a_letter_and_a_mail_arrive_in_one_session(relay, mailbox, opened):
    url, context = relay
    assert isinstance(context, ssl.SSLContext)
    mailer = opened(url, context=context)
    hostile = letter(reply_to_name="Ann =?utf-8?b?DQpCY2M6IHZpY3RpbUBleGFtcGxlLm5ldA==?=")
    mails = (LETTER, hostile, confirmation(), letter(reply_to_name="Łukasz Žąsis", text="a\n.\n..\nMAIL FROM:<x@y>"))
    outcomes = [mailer.hand_over(mail, go).outcome for mail in mails]
    mailer.close()
    assert outcomes == [Outcome.ACCEPTED, Outcome.BLOCKED, Outcome.ACCEPTED, Outcome.ACCEPTED]
    first, second, third = mailbox.taken
    assert [one["X-RcptTo"] for one in mailbox.taken] == [
        "minister@ministry.example", "ona@example.org", "minister@ministry.example",
    ]  # fmt: skip
    assert {one["X-MailFrom"] for one in mailbox.taken} == {"letters@campaign.example"}
    assert first.get_payload(decode=True).decode() == LETTER.text.replace("\n", "\r\n") + "\r\n"
    assert second.get_content_type() == "multipart/alternative"
    assert third.get_payload(decode=True).decode() == "a\r\n.\r\n..\r\nMAIL FROM:<x@y>\r\n"
