"""A whole signature while the campaign is rehearsed: only the tester is ever written to."""

import dataclasses
import re

import people
import pytest
from databases import settings_for
from smtp_server import SmtpServer

from campaign.domain.edition import StateEdition
from campaign.parts import Parts, make_mailer
from campaign.services import confirm as confirming
from campaign.services.examine import Finding, examine

TESTER = "tester@campaign.example"


@pytest.fixture
def server():
    with SmtpServer() as server:
        yield server


@pytest.fixture
def rehearsing(loaded, server, tmp_path):
    """Parts of an installation that rehearses with a real mail server."""
    settings = settings_for(
        str(loaded.engine.url), tmp_path, DELIVERY="live", SMTP_URL=server.url,
        MAIL_FROM="letters@campaign.example", TEST_TO=TESTER, LETTERS_PER_HOUR="0",
    )  # fmt: skip
    parts = dataclasses.replace(loaded, settings=settings, mailer=make_mailer(settings))
    yield parts
    parts.mailer.close()


def lithuania(parts: Parts) -> StateEdition:
    return parts.editions.current(people.CAMPAIGN).state("lithuania")


def test_only_the_tester_is_written_to_from_the_first_mail_to_the_last_letter(rehearsing, server):
    people.sign(rehearsing)
    people.work(rehearsing)
    asked = server.accepted[-1].message
    token = re.search(r"/confirm/([A-Za-z0-9_=-]+)/", asked.get_body(("plain",)).get_content()).group(1)
    opened = confirming.opened(rehearsing, token, "en")
    confirming.confirm(rehearsing, token, {one.signature_id: one.digest for one in opened.pending})
    people.work(rehearsing)
    letters = [one.message for one in server.accepted if one.message["Auto-Submitted"] is None]
    offices = {one.email for one in lithuania(rehearsing).officials if one.is_mailable}
    assert {one["Subject"].partition("]")[0] for one in letters} == {f"[TEST → {address}" for address in offices}
    assert len(letters) == len(offices) > 0
    assert set(server.said("RCPT")) == {f"RCPT TO:<{TESTER}>"}
    assert {(one.message["To"], one.message["Reply-To"]) for one in server.accepted} == {(TESTER, TESTER)}
    assert not [line for line in server.lines if "ona@example.org" in line.text]


def rehearsal(parts: Parts) -> Finding:
    return next(one for one in examine(parts) if one.name == "rehearsal")


def test_the_doctor_warns_of_it_and_still_sees_the_mail_server(rehearsing, loaded):
    found = rehearsal(rehearsing)
    assert (found.verdict, "CAMPAIGN_TEST_TO" in found.do) == ("warn", True)
    assert rehearsal(loaded).verdict == "good"
    [mail] = [one for one in examine(rehearsing) if one.name == "mail"]
    assert mail.seen == "the relay is spoken to in clear"
