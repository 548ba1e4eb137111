"""Mails to supporters: what they say, in their language, and what they never hold."""

import datetime as dt
import re

import html5lib
import pytest
from person import Person, link_in

from campaign.domain import schedule
from campaign.outside.mail.mailer import Message
from campaign.outside.mail.message import ready
from campaign.outside.words import LANGUAGES

_RULE = "-" * 40
_CODE = re.compile(r"[2-9B-Z]{3} [2-9B-Z]{3}")
_TOKEN = re.compile(r"/(confirm|withdraw|unsubscribe)/[^/\s\"]+/")


def _all_four(person: Person) -> list[Message]:
    """The mails of a whole way: asking, receipt, already, taken back."""
    mails = []
    person.sign(paragraph="I grew up near Kirkenes.", city="Vadsø")
    mails.append(person.mail())
    person.press(link_in(mails[0], "confirm"))
    person.parts.clock.move(schedule.RECEIPT_WAIT)
    mails.append(person.mail())
    person.sign()
    person.parts.clock.move(dt.timedelta(minutes=1))
    mails.append(person.mail())
    person.press(link_in(mails[1], "withdraw"), "withdraw")
    mails.append(person.mail())
    return mails


def _ours(mail: Message) -> str:
    """A mail's text without the letters in it, which stand as they were signed: after their subject, between rules."""
    return re.sub(rf"(?ms)(^\w+: [^\n]+\n\n)?^{_RULE}$.*?^{_RULE}$", "", mail.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_whole_in_every_language(loaded, client, language):
    person = Person(loaded, client, path=f"/{language}/keep-the-ban/finland/")
    mails = _all_four(person)
    assert len({one.message_id for one in mails}) == 4
    for one in mails:
        assert one.language == language
        assert one.is_automatic
        assert one.subject.strip()
        assert [line for line in _ours(one).splitlines() if len(line) > 72 and "http" not in line] == []
        for text in (one.subject, one.text, one.html):
            assert "{{" not in text
            assert "%(" not in text
            assert "None" not in text


def test_no_mail_holds_what_anybody_typed_but_for_the_receipt_of_a_press(ona):
    """A03: a stranger who types somebody's address cannot write to them through us."""
    asking, _, already, taken_back = _all_four(ona)
    for one in (asking, already, taken_back):
        for typed in ("Ona", "Nordmann", "Kirkenes", "Vadsø", "Norway"):
            assert typed not in one.subject + one.text + one.html + one.from_name


def test_the_mail_that_asks_is_the_same_whatever_was_typed(loaded, client):
    """A03."""
    mails = []
    for name, email in (("Ona Nordmann", "ona@example.org"), ("Win money now", "kari@example.org")):
        person = Person(loaded, client, name=name, email=email)
        person.sign(paragraph=f"Words of {name}", city=name)
        mails.append(person.mail())
    first, second = mails
    assert _CODE.findall(first.text) != _CODE.findall(second.text)
    assert len(_CODE.findall(first.text)) == len(_CODE.findall(first.html)) == 1
    for part in ("text", "html"):
        one, other = (_CODE.sub("", _TOKEN.sub("", getattr(mail, part))) for mail in mails)
        assert one == other
    assert first.subject == second.subject


def test_the_bytes_of_two_such_mails_differ_in_tokens_code_and_address_alone(loaded, client):
    """A03: and where a mail differs from every other, in its date and id."""
    written = []
    for name, email in (("Ona Nordmann", "ona@example.org"), ("Win money now", "eva@example.org")):
        person = Person(loaded, client, name=name, email=email)
        person.sign(paragraph=f"Words of {name}", city=name)
        mail = person.mail()
        raw = ready(mail).decode("ascii").replace("=\r\n", "").replace(email, "")
        for own in (mail.message_id.strip("<>"), re.search(r"=_[0-9a-f]{32}", raw).group(0)):
            raw = raw.replace(own, "")
        written.append(_CODE.sub("", re.sub(r"/(confirm|withdraw|unsubscribe)/[\w=-]+/", "", raw)))
    assert written[0] == written[1]


def test_the_mail_that_asks_says_what_waits_what_to_do_and_what_nothing_does(loaded, client):
    person = Person(loaded, client)
    person.sign()
    loaded.clock.move(dt.timedelta(seconds=1))
    person.path = "/en/keep-the-ban/latvia/"
    person.sign()
    mail = person.mail()
    assert "- Lithuania\n- Latvia\n" in mail.text
    assert "Do nothing: no letter leaves, and we delete this address after 14" in mail.text.replace("\n", " ")
    assert mail.text.index("/confirm/") < mail.text.index("/withdraw/")
    assert mail.html.count("/confirm/") == 1


def test_asking_and_having_asked_look_the_same_in_a_list(ona):
    """The page after signing shows one subject, whoever signed before."""
    asking, _, already, _ = _all_four(ona)
    assert asking.subject == already.subject
    assert (asking.from_name, asking.from_address) == (already.from_name, already.from_address)


def test_the_receipt_says_where_every_letter_goes(ona, loaded):
    _, receipt, _, _ = _all_four(ona)
    state = loaded.editions.current("keep-the-ban").state("lithuania")
    text = " ".join(receipt.text.split())
    for one in state.officials:
        expected = "Waiting its turn" if one.is_mailable else "Waits for a checked address"
        title = state.letter("en", dt.date(2026, 11, 24)).title(one.office)
        assert f"{title}: {expected}" in text or f"{title}, " in text


def test_the_html_loads_nothing_and_links_only_home(ona):
    """V14.2.3."""
    for one in _all_four(ona):
        root = html5lib.HTMLParser(strict=True).parse(one.html)
        for element in root.iter():
            assert element.tag.rpartition("}")[2] not in ("img", "script", "link", "iframe", "form", "object")
            address = element.get("href")
            assert address is None or address.startswith("http://127.0.0.1:8000")
        assert "url(" not in one.html
        assert "@import" not in one.html
