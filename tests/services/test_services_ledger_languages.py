"""Every letter there is, from the press to a mail server's ledger: one copy, one reader, the text that was shown."""

import contextlib
import dataclasses
import datetime as dt
from xml.etree.ElementTree import Element

import people
import pytest
from page import Page, visit
from sites import build
from smtp_script import Taken
from smtp_server import SmtpServer

from campaign.domain.edition import StateEdition
from campaign.domain.letter import RenderedLetter
from campaign.domain.signing import clean
from campaign.outside.mail.smtp import SmtpMailer
from campaign.parts import Parts
from campaign.services.preview import preview
from campaign.services.verify import set_email, verify

LETTERS = [
    *(("lithuania", "lt"), ("lithuania", "en"), ("latvia", "lv"), ("latvia", "en"), ("poland", "pl"), ("poland", "en")),
    *(("estonia", "et"), ("estonia", "en"), ("finland", "fi"), ("finland", "sv"), ("finland", "en")),
]
# A line that a careless sender would end the message at, one that a careless store would take for a new mail.
OWN = (
    "Jeg vokste opp i Kirkenes – ved grensen.\n.\nFrom her ser vi over = på «den andre siden».\n"
    + "Žodis " * 39
    + "Žodis"
)
NAME, SENDER = "Åse Øvrebø", "letters@campaign.example"
HEADERS = [
    *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Language"),
    *("Content-Type", "Content-Transfer-Encoding"),
]


@pytest.fixture
def server():
    with SmtpServer() as server:
        yield server


@pytest.fixture
def mailing(loaded, server):
    """Parts that hand mail to the server."""
    with contextlib.closing(SmtpMailer(server.relay(), ehlo_name="test.example")) as mailer:
        yield dataclasses.replace(loaded, mailer=mailer)


def opened_offices(parts: Parts, state: str) -> StateEdition:
    """The state, once each of its offices has a mailbox that was verified."""
    for one in parts.editions.current(people.CAMPAIGN).state(state).officials:
        if not one.official.email:
            set_email(parts, people.CAMPAIGN, state, one.office, f"{one.office}@{state}.example", "https://un.org/")
        verify(parts, people.CAMPAIGN, state, one.office)
    return parts.editions.current(people.CAMPAIGN).state(state)


def lines(element: Element) -> str:
    """The text of a paragraph as its reader sees it, its line breaks as such."""
    said = element.text or ""
    for one in element:
        name = one.tag.rpartition("}")[2]
        inner = "\n" if name == "br" else "" if one.get("aria-hidden") else lines(one)
        said += inner + (one.tail or "")
    return said


def block(element: Element) -> str:
    """A paragraph, or a list as a mail writes it."""
    if element.tag.endswith("}ul"):
        return "\n".join(f"- {lines(one)}" for one in element)
    return lines(element).strip()


def shown(page: Page, language: str) -> str:
    """The letter in a language that a page shows, as text."""
    [letter] = [one for one in page.all("div") if (one.get("class"), one.get("lang")) == ("letter", language)]
    return "\n\n".join(block(one) for one in letter) + "\n"


def body(taken: Taken) -> str:
    """The text of a message; its lines end in CRLF and nothing else."""
    said = taken.message.get_payload(decode=True).decode()
    assert "\n" not in said.replace("\r\n", "")
    return said.replace("\r\n", "\n")


def press(parts: Parts, server: SmtpServer, language: str) -> str:
    """Follow the link from the mail, press, and say what the page had shown in a language."""
    client = build(parts).test_client(use_cookies=False)
    text = server.ledger[-1].message.get_body(("plain",)).get_content()
    path = text[text.index("/nb/confirm/") :].split()[0]
    page = visit(client, path)
    assert client.post(path, data=page.form("confirm").fields).status_code == 303
    return shown(page, language)


def letters(server: SmtpServer) -> list[Taken]:
    """The letters in the ledger; a mail to a supporter says that it is automatic."""
    return [one for one in server.ledger if one.message["Auto-Submitted"] is None]


@pytest.mark.parametrize(("state", "language"), LETTERS)
def test_every_mailbox_gets_one_copy_of_exactly_what_was_shown(mailing, server, state, language):
    chosen = opened_offices(mailing, state)
    typed = {"paragraph": OWN, "letter_language": language, "city": "Vadsø", "name": NAME}
    edition = mailing.editions.current(people.CAMPAIGN)
    signing = clean(people.typed(mailing, state, "nb", **typed), chosen)
    expected = {one.address: one.sent for one in preview(mailing, edition, chosen, signing).letters}
    people.sign(mailing, state, "nb", **typed)
    people.work(mailing)
    on_page = press(mailing, server, language)
    people.work(mailing)
    taken = {address: one for one in letters(server) for address in one.recipients}
    assert taken.keys() == expected.keys()
    assert len(taken) == len(letters(server))
    assert body(taken[next(iter(expected))]) == on_page
    for address, sent in expected.items():
        check(taken[address], address, sent)
    mailing.clock.move(dt.timedelta(days=1))
    people.work(mailing)
    assert len(letters(server)) == len(expected)


def check(taken: Taken, address: str, sent: RenderedLetter) -> None:
    """One letter in the ledger: its envelope, its headers and no others, and its text."""
    assert (taken.recipients, taken.code) == ((address,), 250)
    assert taken.sender.endswith(SENDER.partition("@")[2])
    message = taken.message
    assert message.keys() == HEADERS
    assert body(taken) == sent.text
    assert (message["To"], message["Subject"]) == (address, sent.subject)
    assert (message["From"], message["Reply-To"]) == (f"{NAME} <{SENDER}>", f"{NAME} <ona@example.org>")
    assert message["Content-Language"] == sent.language
    assert message["Content-Type"] == 'text/plain; charset="utf-8"'


def test_no_letter_is_left_out(loaded):
    """A state or a language that is added to the campaign must be added here."""
    edition = loaded.editions.current(people.CAMPAIGN)
    assert [(one.state.slug, language) for one in edition.states for language in one.letter_languages()] == LETTERS
