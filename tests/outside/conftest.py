"""A scripted mail server, and mailers to it that are closed again."""

import contextlib

import pytest
from smtp_server import SmtpServer

from campaign.outside.mail.smtp import Patience, SmtpMailer

QUICK = Patience(step_seconds=2.0, final_seconds=2.0)


@pytest.fixture
def server():
    with SmtpServer() as server:
        yield server


@pytest.fixture
def opened():
    """Make mailers to a relay; each is closed after the test."""
    with contextlib.ExitStack() as stack:

        def make(relay, patience=QUICK, **more):
            mailer = SmtpMailer(relay, patience=patience, ehlo_name="test.example", **more)
            return stack.enter_context(contextlib.closing(mailer))

        yield make


@pytest.fixture
def mailer(server, opened):
    """A mailer to the scripted server."""
    return opened(server.relay())
