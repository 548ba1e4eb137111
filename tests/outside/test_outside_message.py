"""A message's bytes: what they hold, and what may not become bytes at all."""

import datetime as dt
import email
import email.policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from mails import CSV, NOON, PDF, confirmation, digest, letter

from campaign.errors import MessageBlockedError
from campaign.outside.mail.header import is_address_legal, is_name_legal
from campaign.outside.mail.mailer import Attachment
from campaign.outside.mail.message import build, ready

# Encoded words that hide one line break and a header, and two line breaks and a body (CVE-2024-6923).
HIDDEN_BCC = "Ann =?utf-8?b?DQpCY2M6IHZpY3RpbUBleGFtcGxlLm5ldA==?="
HIDDEN_BODY = "Ann =?utf-8?b?DQoNCkZPUkdFRCBCT0RZDQo=?="
NAMED = ("from_name", "to_name", "reply_to_name", "subject")
ADDRESSED = ("from_address", "to_address", "reply_to_address", "envelope_from")


def read(raw: bytes) -> EmailMessage:
    """Read bytes as a modern reader would, with a parser that the product does not use."""
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def content(part: EmailMessage) -> str:
    """Give a part's text with its line ends as LF; the parser leaves CRLF in some encodings and not in others."""
    return part.get_content().replace("\r\n", "\n")


def test_a_letter_is_plain_text_with_exactly_its_headers():
    parsed = read(ready(letter()))
    assert parsed.keys() == [
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Language",
        "Content-Type", "Content-Transfer-Encoding",
    ]  # fmt: skip
    assert parsed.get_content_type() == "text/plain"
    assert parsed["From"] == "Ona Nordmann <letters@campaign.example>"
    assert parsed["Reply-To"] == "Ona Nordmann <ona@example.org>"
    assert parsed["Message-ID"] == "<letter.1@campaign.example>"
    assert parsed["Date"].datetime == NOON
    assert parsed["Content-Language"] == "en"


def test_a_mail_to_a_supporter_has_both_forms_and_a_way_out():
    parsed = read(ready(confirmation()))
    plain, html = parsed.iter_parts()
    assert parsed.get_content_type() == "multipart/alternative"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["List-Unsubscribe"] == "<http://127.0.0.1:8000/nb/unsubscribe/abc/>"
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert content(plain) == confirmation().text
    assert content(html) == confirmation().html
    assert html.get_content_type() == "text/html"


def test_files_stand_after_the_text_each_with_its_name_and_all_its_bytes():
    parsed = read(ready(digest()))
    plain, pdf, csv = parsed.iter_parts()
    assert parsed.get_content_type() == "multipart/mixed"
    assert content(plain) == digest().text + "\n"
    assert [one.get_filename() for one in (pdf, csv)] == ["letters-lt.pdf", "letters-lt.csv"]
    assert [one.get_content_type() for one in (pdf, csv)] == ["application/pdf", "text/csv"]
    assert [one.get_content_disposition() for one in (pdf, csv)] == ["attachment", "attachment"]
    assert [one.get_payload(decode=True) for one in (pdf, csv)] == [PDF.content, CSV.content]


def test_a_mail_that_follows_another_says_which():
    parsed = read(ready(letter(in_reply_to="<first.1@campaign.example>")))
    assert parsed["In-Reply-To"] == parsed["References"] == "<first.1@campaign.example>"
    assert parsed.keys()[5:9] == ["Message-ID", "In-Reply-To", "References", "MIME-Version"]
    assert build(letter(in_reply_to="first.1@campaign.example")) == build(
        letter(in_reply_to="<first.1@campaign.example>")
    )


@pytest.mark.parametrize(
    "wrong",
    [
        Attachment("letters.pdf", "application/pdf", b""),
        Attachment("letters.csv", "application/pdf", b"x"),
        Attachment("letters.pdf", "text/html", b"x"),
        Attachment("letters", "text/csv", b"x"),
        Attachment("Letters.csv", "text/csv", b"x"),
        Attachment("lętters.csv", "text/csv", b"x"),
        Attachment("../letters.csv", "text/csv", b"x"),
        Attachment('a".csv', "text/csv", b"x"),
        Attachment("a\r\nBcc: a@example.org.csv", "text/csv", b"x"),
        Attachment("a.csv\n", "text/csv", b"x"),
        Attachment("a b.csv", "text/csv", b"x"),
        Attachment("a" * 57 + ".csv", "text/csv", b"x"),
        Attachment("", "text/csv", b"x"),
        Attachment("a.csv", "text/csv", "text"),
        CSV,
    ],
)
def test_a_file_that_is_not_what_it_must_be_is_blocked(wrong):
    with pytest.raises(MessageBlockedError):
        ready(digest(attachments=(CSV, wrong)))


def test_a_mail_with_files_has_no_html():
    with pytest.raises(MessageBlockedError):
        ready(confirmation(attachments=(PDF,)))


def test_a_name_stands_in_quotes():
    assert b'From: "Ona Nordmann" <letters@campaign.example>\r\n' in build(letter())


def test_equal_fields_give_equal_bytes():
    assert build(confirmation()) == build(confirmation())


def test_a_message_id_is_the_same_with_and_without_brackets():
    assert build(letter(message_id="<letter.1@campaign.example>")) == build(letter())


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien-D’Angelo", "María José", "Nguyễn Thị Minh", "李", "U", "Null", "Jean-Luc 2nd", "‘Umar",
        "Łukasz Żółć", "می‌خواه", "क्‍ष", "Yu’lan Mc'Donald-van der Berg", "👩‍👩‍👧", "x" * 70,
    ],
)  # fmt: skip
def test_every_honest_name_arrives_unchanged(name):
    """B038, B033: names of people all over the world."""
    parsed = read(ready(letter(reply_to_name=name, from_name=name)))
    assert parsed["Reply-To"].addresses[0].addr_spec == "ona@example.org"
    assert parsed["Reply-To"].addresses[0].display_name == name


@pytest.mark.parametrize("name", ["Björk Guðmundsdóttir " * 4 + "Jón", "x" * 100, "  two  spaces  ", "李" * 100])
def test_a_name_that_needs_several_words_arrives_unchanged(name):
    """Read by the older parser: the modern one puts spaces between the words of a phrase, against RFC 2047."""
    parsed = email.message_from_bytes(ready(letter(reply_to_name=name)))
    phrase = parsed["Reply-To"].removesuffix(" <ona@example.org>")
    assert str(make_header(decode_header(phrase))).strip('"') == name


@pytest.mark.parametrize(
    "subject",
    [
        "Prašome grįžti į Konvenciją dėl priešpėstinių minų naudojimo, kaupimo, gamybos ir perdavimo uždraudimo",
        "Prosimy o powrót do konwencji o zakazie użycia, składowania, produkcji i przekazywania min (Ottawa)",
        "Please return to the Convention on the Prohibition of the Use, Stockpiling, Production and Transfer",
        'Two  spaces, "quotes", <brackets>; a colon: a \\ and a trailing space ',
        "x" * 300,
        "ą" * 300,
    ],
)  # fmt: skip
def test_long_subjects_fold_and_arrive_whole(subject):
    raw = ready(letter(subject=subject))
    assert max(len(line) for line in raw.split(b"\r\n")) <= 76
    assert read(raw)["Subject"].rstrip() == subject.rstrip()


@pytest.mark.parametrize("field", NAMED)
@pytest.mark.parametrize("value", [HIDDEN_BCC, HIDDEN_BODY])
def test_an_encoded_word_in_a_field_never_becomes_bytes(field, value):
    """M1, M2, B046, B047: the guard holds even where no form has checked the name."""
    with pytest.raises(MessageBlockedError):
        ready(letter(**{field: value}))


@pytest.mark.parametrize("field", NAMED)
@pytest.mark.parametrize(
    "value", ["A\r\nBcc: victim@example.net", "A\nB", "A\rB", "A\0B", "A\x0bB", "A\x85B", "A\u2028B"]
)
def test_a_line_break_or_control_in_a_header_is_blocked(field, value):
    """B045 and its relatives."""
    with pytest.raises(MessageBlockedError):
        ready(letter(**{field: value}))


@pytest.mark.parametrize("field", NAMED[:3])
@pytest.mark.parametrize(
    "name",
    [
        'Ann" <press@gov.example>, "',
        "Ann (x@y.z)",
        "Ann; Bob",
        "Ann, Bob",
        "Ann: Bob",
        "Ann\\",
        "<Ann>",
        "\ud800",
    ],
)
def test_a_name_that_would_end_or_double_a_mailbox_is_blocked(field, name):
    """B048."""
    with pytest.raises(MessageBlockedError):
        ready(letter(**{field: name}))
    assert not is_name_legal(name)


@pytest.mark.parametrize("field", ADDRESSED)
@pytest.mark.parametrize(
    "address",
    ["jörg@example.org", "a@b@example.org", "<victim@good.example>attacker@evil.example", "a b@example.org", "a@",
     "@example.org", "a@example.org, b@example.org", "a@example.org\r\nRCPT TO:<b@example.org>", "a%b@example.org",
     "b!a@example.org", "a..b@example.org", ".a@example.org", "a@[127.0.0.1]", "a@exämple.org", '"a b"@example.org',
     "=?utf-8?q?a?=@example.org", "a@-example.org", "a@example.org ", "x" * 65 + "@example.org",
     "a@" + "x." * 130 + "org"],
)  # fmt: skip
def test_only_one_plain_ascii_mailbox_is_an_address(field, address):
    """M14, B059: one strict reading, and nothing that could not be mailed as it stands."""
    assert not is_address_legal(address)
    with pytest.raises(MessageBlockedError):
        ready(letter(**{field: address}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("to_address", ""),
        ("subject", " "),
        ("text", " \n"),
        ("text", "a\0b"),
        ("text", "a\ud800b"),
        ("date", dt.datetime(2026, 11, 24, 12, 0)),  # noqa: DTZ001 - the fault under test
        ("date", None),
        ("language", "en\r\nBcc: a@example.org"),
        ("language", ""),
        ("message_id", "a b@example.org"),
        ("message_id", "<a@example.org> b"),
        ("message_id", ""),
        ("unsubscribe_url", "https://x.example/>,<mailto:a@example.org"),
        ("unsubscribe_url", "javascript:alert(1)"),
        ("unsubscribe_url", "https://x.example/=?utf-8?q?a?="),
        ("html", "<p>\x1b</p>"),
        ("in_reply_to", "a b@example.org"),
        ("in_reply_to", "a@example.org\r\nBcc: b@example.org"),
        ("reply_to_address", ""),
    ],
)
def test_a_field_that_is_not_what_it_must_be_is_blocked(field, value):
    with pytest.raises(MessageBlockedError):
        ready(letter(**{field: value}))


def test_a_block_names_the_place_and_no_person():
    with pytest.raises(MessageBlockedError) as caught:
        ready(letter(reply_to_name=HIDDEN_BCC))
    assert str(caught.value) == "Reply-To name"


@pytest.mark.parametrize("text", [".", "a\n.\nb", "\n.\r\nMAIL FROM:<x@example.org>", "a\r.\rb", "a\n.\nb\n..\n.c"])
def test_a_lone_dot_never_stands_on_the_wire(text):
    """B088: the body is the text with its line ends as LF, and no wire line begins with a dot."""
    raw = ready(letter(text=text))
    assert not any(line.startswith(b".") for line in raw.split(b"\r\n"))
    assert content(read(raw)) == text.replace("\r\n", "\n").replace("\r", "\n") + "\n"


def test_a_line_of_1900_characters_is_short_on_the_wire():
    """B089."""
    raw = ready(letter(text="ąx y" * 475))
    assert max(len(line) for line in raw.split(b"\r\n")) <= 76
    assert content(read(raw)) == "ąx y" * 475 + "\n"


def test_the_last_line_is_ended_once():
    assert build(letter(text="a\n")) == build(letter(text="a"))
    assert build(letter(text="a\n\n")) != build(letter(text="a"))


def test_a_reader_that_writes_the_message_again_adds_no_header():
    """What a relay or an archive does with M1 and M2: parse, and write anew."""
    raw = ready(letter(reply_to_name="Žaneta", subject="Ačiū"))
    again = read(read(raw).as_bytes(policy=email.policy.SMTP))
    assert again.keys() == read(raw).keys()
    assert content(again) == letter().text + "\n"
