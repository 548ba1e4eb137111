"""Mail that came in as it is read: whose it may be about, and what it says, whoever laid it out."""

import email
import time

import came_back
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.outside.mail.returned import MOST_BYTES, Returned, read_returned

ADDRESS = "letters+labc-0123456789abcdef@campaign.example"
REPORTS = {
    "postfix": (came_back.postfix(ADDRESS), "hard", "5.1.1"),
    "postfix gave up": (came_back.postfix(ADDRESS, status="4.4.1"), "expired", "4.4.1"),
    "postfix delays": (came_back.postfix(ADDRESS, "delayed", "4.4.1"), "soft", "4.4.1"),
    "exim": (came_back.exim(ADDRESS), "hard", "5.0.0"),
    "exchange": (came_back.exchange(ADDRESS), "hard", "5.1.10"),
    "gmail": (came_back.gmail(ADDRESS), "hard", "5.1.1"),
    "complaint": (came_back.complaint(ADDRESS), "complaint", "abuse"),
}
STATUS = "Action: failed\r\nStatus: 5.1.1"


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_what_it_is_and_whose_mail_it_may_be_about(name):
    raw, kind, reason = REPORTS[name]
    returned = read_returned(raw)
    assert (returned.kind, returned.reason) == (kind, reason)
    assert ADDRESS in [one.lower() for one in returned.addresses]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_line_ends_make_no_difference(name, line_end):
    raw, kind, _ = REPORTS[name]
    written = raw.replace(b"\r\n", line_end)
    assert read_returned(written) == read_returned(raw)
    assert read_returned(b"From MAILER-DAEMON Tue Nov 24 09:00:00 2026\n" + written).kind == kind


def test_a_reason_holds_no_address_and_none_of_the_servers_words():
    for raw, _, _ in REPORTS.values():
        reason = read_returned(raw).reason
        assert "@" not in reason
        assert " " not in reason


@pytest.mark.parametrize(
    ("fields", "kind", "reason"),
    [
        ("Action: failed", "hard", "5.0.0"),
        ("Action: FAILED\r\nStatus: 5.2.2 (full)", "hard", "5.2.2"),
        ("Action: failed\r\nDiagnostic-Code: smtp; 452 full", "expired", "4.0.0"),
        ("Action: failed\r\nDiagnostic-Code: smtp; 550 5.7.1 no", "hard", "5.7.1"),
        ("Action: failed\r\nDiagnostic-Code: x; at 192.5.1.1 nobody", "hard", "5.0.0"),
        ("Status: 5.1.1", "hard", "5.1.1"),
        ("Status: 4.2.2", "soft", "4.2.2"),
        ("Action: delayed", "soft", ""),
        ("Action: delayed\r\nStatus: 5.1.1", "soft", "5.1.1"),
        ("Action: delivered\r\nStatus: 2.1.5", "other", ""),
        ("Action: relayed\r\nStatus: 5.1.1", "other", ""),
        ("Action: failed\r\nStatus: 2.0.0", "other", ""),
        ("Status: none", "other", ""),
        ("", "other", ""),
    ],
)
def test_what_a_recipients_fields_come_to(fields, kind, reason):
    raw = came_back.postfix(ADDRESS).replace(b"Remote-MTA: dns; mx.example.lt\r\n", b"")
    begin, end = raw.index(b"Action:"), raw.index(b"\r\n\r\n--=_delivery-status\r\nContent-Type: text/rfc822")
    returned = read_returned(raw[:begin] + fields.encode() + raw[end:])
    assert (returned.kind, returned.reason) == (kind, reason)


def test_of_several_recipients_the_worst_counts():
    raw = came_back.postfix(ADDRESS, "delayed", "4.4.1")
    two = raw.replace(b"\r\nRemote-MTA", b"\r\nRemote-MTA: x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\nX-Remote-MTA", 1)
    assert read_returned(two).kind == "hard"


@pytest.mark.parametrize("kind", ["abuse", "Fraud", "virus", "opt-out"])
def test_a_reader_who_wants_no_such_mail_complains(kind):
    assert read_returned(came_back.complaint(ADDRESS, kind)).kind == "complaint"


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "other", "", "abuse <x@example.org>"])
def test_other_feedback_is_no_complaint(kind):
    assert read_returned(came_back.complaint(ADDRESS, kind)).kind == "other"


def test_a_report_inside_a_mail_that_is_none_says_nothing():
    """Whoever forwards a report, or answers to it, reports nothing."""
    inner = came_back.postfix(ADDRESS)
    forwarded = b"To: someone@example.org\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    assert read_returned(forwarded).kind == "other"
    complaint = came_back.complaint(ADDRESS, "not-spam").replace(b"the letter", inner)
    assert read_returned(complaint).kind == "other"


@pytest.mark.parametrize("make", [came_back.vacation, came_back.receipt])
def test_automatic_replies_are_something_else(make):
    assert read_returned(make(ADDRESS)).kind == "other"


@pytest.mark.parametrize("raw", [b"", b"\0", b"\xff" * 1000, b"Content-Type: multipart/report", b"\r\n\r\n", b":\n:\n"])
def test_what_is_no_mail_is_something_else(raw):
    assert read_returned(raw) == Returned((), "other")


@pytest.mark.parametrize("name", REPORTS)
@given(data=st.data())
def test_damage_never_raises(name, data):
    """Bytes lost, doubled or changed at any place: it is read as far as it goes."""
    raw = REPORTS[name][0]
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 80))
        raw = raw[:at] + data.draw(st.binary(max_size=40)) + raw[at + length :]
    returned = read_returned(raw)
    assert returned.kind in ("hard", "expired", "soft", "complaint", "other")
    assert len(returned.reason) <= 11


def test_cut_anywhere_it_never_says_more_than_the_whole():
    raw = came_back.postfix(ADDRESS)
    assert {read_returned(raw[:length]).kind for length in range(0, len(raw), 7)} <= {"other", "hard"}


def test_what_a_large_mail_says_after_its_beginning_is_not_read():
    large = came_back.exim(ADDRESS).replace(b"the letter\r\n", b"the letter\r\n" * 400_000)
    assert len(large) > 4_500_000
    assert read_returned(large).kind == "hard"
    padded = came_back.exim(ADDRESS).replace(b"This message", b"This message " * (MOST_BYTES // 12))
    assert read_returned(padded).kind == "other"


@pytest.mark.parametrize(
    "hostile",
    [
        b"Content-Type: message/rfc822\n\n" * 30_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (one, one) for one in range(3_000)),
        b"--b\n" * 200_000,
        b"\n" * 1_000_000,
        b"A: b\n\n" * 100_000,
        b"To: " + b"a@b," * 200_000,
        b"Content-Type: multipart/report; " + b"a=b;" * 100_000,
    ],
    ids=["mails in mails", "parts in parts", "parts", "line ends", "groups", "addresses", "parameters"],
)
def test_mail_made_to_be_slow_is_read_soon(hostile):
    begin = b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
    started = time.monotonic()
    for raw in (hostile, begin + hostile):
        assert read_returned(raw).kind == "other"
    assert time.monotonic() - started < 20


def test_the_reports_here_are_whole():
    for raw, _, _ in REPORTS.values():
        assert all(not part.defects for part in email.message_from_bytes(raw).walk())
