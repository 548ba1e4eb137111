"""The second reading of a message: bytes that a hostile value would have made do not pass."""

import base64

import pytest
from mails import PDF, confirmation, digest, letter

from campaign.errors import MessageBlockedError
from campaign.outside.mail.mailer import Attachment
from campaign.outside.mail.message import build, check

HOSTILE_LINES = [
    b"Bcc: victim@example.net\r\n",
    b"From: press@gov.example\r\n",
    b"Subject: other\r\n",
    b"\r\nFORGED BODY\r\n",
    b" folded\r\n",
    b"not a header\r\n",
]


@pytest.mark.parametrize("line", HOSTILE_LINES)
@pytest.mark.parametrize("message", [letter(), letter(in_reply_to="a@example.org"), confirmation(), digest()])
def test_the_second_reading_finds_a_line_that_no_field_asked_for(line, message):
    """The guard without the rules before it: bytes as a hostile value would have made them."""
    raw = build(message)
    head = raw.index(b"\r\n\r\n") + 2
    ends = [index + 2 for index in range(head) if raw[index : index + 2] == b"\r\n"]
    for end in [0, *ends]:
        with pytest.raises(MessageBlockedError):
            check(message, raw[:end] + line + raw[end:])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"please return", b"please leave"),
        (b'"Ona Nordmann" <ona@example.org>', b"<ona@example.org>"),
        (b"<ona@example.org>", b"<eve@example.org>"),
        (b"To: <minister@ministry.example>", b"To: <minister@ministry.example>, <a@example.org>"),
        (b"Subject: Please return", b"Subject: =?utf-8?b?DQpCY2M6IGE=?= return"),
        (b"Subject: Please return", b"Subject: =?utf-8?b?DQpC?="),
        (b"Subject: Please return", b"Subject: =?utf-8?q?Please_return?="),
        (b"Subject: Please return", b"Subject: =?utf-8?b?/w==?="),
        (b"Subject: Please return", b"Subject: =?utf-8?b?a?="),
        (b"12:00:00", b"12:00:01"),
        (b"Tue, 24 Nov 2026", b"someday"),
        (b"text/plain", b"text/html"),
        (b"text/plain", b"multipart/mixed"),
        (b"quoted-printable", b"base64"),
        (b"Ona Nordmann\r\n", b"Ona Nordmann\n"),
        (b"Ona Nordmann\r\n", b"Ona Nordmann\r\n\r\n"),
        (b"Ona Nordmann\r\n", b"Ona Nordmann=FF\r\n"),
        (b"Ona Nordmann\r\n", b"Ona Nordmann" + b"x" * 77 + b"\r\n"),
        (b"Ona Nordmann\r\n", b"Ona Nordmann\r\n.\r\n"),
        (b"Ona Nordmann\r\n", b"Ona Nordmann\xc4\x85\r\n"),
        (b'"Ona Nordmann" <letters', b"Ona Nordmann <letters"),
        (b"letter.1@", b"letter.2@"),
    ],
)  # fmt: skip
def test_the_second_reading_finds_what_differs(old, new):
    raw = build(letter())
    assert old in raw
    with pytest.raises(MessageBlockedError):
        check(letter(), raw.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"trykk her</a>", b"trykk der</a>"),
        (b"\r\n\r\n--=_", b"\r\n\r\npreamble\r\n--=_"),
        (b"--\r\n", b"--\r\nepilogue\r\n"),
        (b"text/html", b"text/plain"),
        (b"Content-Transfer-Encoding: 7bit", b"Content-Transfer-Encoding: 8bit"),
        (b"<p>Hei", b"<p>\r\n--=_0\r\nHei"),
    ],
)
def test_the_second_reading_finds_what_differs_between_the_parts(old, new):
    raw = build(confirmation())
    assert old in raw
    with pytest.raises(MessageBlockedError):
        check(confirmation(), raw.replace(old, new, 1))


_PDF_LINE = base64.b64encode(PDF.content[:57])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"please return", b"please leave"),
        (b'filename="letters-lt.pdf"', b'filename="letters-lt.exe"'),
        (b"attachment; filename", b"inline; filename"),
        (b"application/pdf", b"application/octet-stream"),
        (b'text/csv; charset="utf-8"', b"text/csv"),
        (b"Encoding: base64", b"Encoding: quoted-printable"),
        (_PDF_LINE, _PDF_LINE[:-4] + b"AAAA"),
        (_PDF_LINE, _PDF_LINE[:40] + b"\r\n" + _PDF_LINE[40:]),
        (_PDF_LINE, _PDF_LINE + b"\r\n"),
        (_PDF_LINE, b"!" + _PDF_LINE[1:]),
        (_PDF_LINE + b"\r\n", b""),
        (_PDF_LINE, _PDF_LINE + b"AAAA"),
        (_PDF_LINE, b"." + _PDF_LINE[1:]),
        (b"\r\n\r\n--=_", b"\r\n\r\npreamble\r\n--=_"),
        (b"--\r\n", b"--\r\nepilogue\r\n"),
    ],
)
def test_the_second_reading_finds_what_differs_in_a_file(old, new):
    raw = build(digest())
    assert old in raw
    with pytest.raises(MessageBlockedError):
        check(digest(), raw.replace(old, new, 1))


def test_files_that_changed_places_or_are_left_out_do_not_pass():
    pdf, csv = digest().attachments
    for other in ((csv, pdf), (pdf,), (csv,), (pdf, csv, Attachment("more.csv", "text/csv", b"x"))):
        with pytest.raises(MessageBlockedError):
            check(digest(), build(digest(attachments=other)))


def test_bytes_of_one_message_do_not_pass_for_another():
    with pytest.raises(MessageBlockedError):
        check(confirmation(), build(letter()))
    with pytest.raises(MessageBlockedError):
        check(letter(), build(confirmation()))
