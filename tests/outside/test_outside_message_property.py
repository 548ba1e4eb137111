"""What holds for every message that can be thought of: it arrives as it is, or it does not leave."""

import datetime as dt
import email
import email.policy

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mails import CSV, confirmation, digest, letter

from campaign.domain.text import has_forbidden
from campaign.errors import MessageBlockedError
from campaign.outside.mail.body import canonical
from campaign.outside.mail.header import is_name_legal, is_subject_legal
from campaign.outside.mail.mailer import Attachment
from campaign.outside.mail.message import build, check, ready

# A busy machine makes no test fail.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

ANY = st.text(max_size=120)
NAMES = ANY.filter(is_name_legal)
SUBJECTS = ANY.filter(is_subject_legal)
BODIES = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\n. =\t"), min_size=1, max_size=400
).filter(lambda one: bool(one.strip()) and not has_forbidden(one, is_multiline=True))
# Pieces of which attacks on headers, parsers and mail servers are made.
HOSTILE = st.lists(
    st.sampled_from(
        ["\r", "\n", "\r\n", "\0", "\u2028", "=?", "?=", "=?utf-8?b?DQpCY2M6IGE=?=", "=?utf-8?q?=0D=0AX:_y?=",
         "Bcc:", ": ", "<", ">", '"', "\\", "(", ")", ",", ";", "@", "a@example.org", " ", ".", "\r\n.\r\n", "\n.\n",
         "--=_", "=", "ž", "😀", "\ud800", "\u202e", "\x85"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@patiently
@given(name=NAMES, other=NAMES, subject=SUBJECTS)
def test_every_legal_name_and_subject_round_trips(name, other, subject):
    ready(letter(from_name=name, reply_to_name=other, to_name=name, subject=subject))


@patiently
@given(name=NAMES, subject=SUBJECTS)
def test_another_reader_sees_the_same_headers(name, subject):
    """The standard library's modern parser, which shares no code with ours."""
    raw = ready(letter(reply_to_name=name, subject=subject))
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert [one.addr_spec for one in parsed["Reply-To"].addresses] == ["ona@example.org"]
    assert [one.addr_spec for one in parsed["To"].addresses] == ["minister@ministry.example"]
    assert "Bcc" not in parsed
    assert parsed["Subject"].strip() == subject.strip()


@patiently
@given(text=BODIES, html=BODIES)
@example(text="a\n.\n.\n", html="--=_\n--\n")
def test_every_body_round_trips(text, html):
    ready(confirmation(text=text, html=html))
    ready(letter(text=text))


@patiently
@given(text=BODIES)
def test_every_wire_line_is_short_plain_and_without_a_first_dot(text):
    for line in build(letter(text=text)).split(b"\r\n"):
        assert len(line) <= 76
        assert line.isascii()
        assert not {0, 10, 13} & set(line)
        assert not line.startswith((b".", b"From "))


@patiently
@given(content=st.binary(min_size=1, max_size=400), text=BODIES)
@example(content=b"\r\n.\r\n--=_\r\nFrom x", text="--=_\n--\n")
def test_every_file_round_trips_byte_by_byte(content, text):
    message = digest(text=text, attachments=(Attachment("letters.pdf", "application/pdf", content), CSV))
    raw = ready(message)
    for line in raw.split(b"\r\n"):
        assert len(line) <= 76
        assert line.isascii()
        assert not {0, 10, 13} & set(line)
        assert not line.startswith((b".", b"From "))
    _, pdf, csv = email.message_from_bytes(raw, policy=email.policy.default).iter_parts()
    assert [one.get_payload(decode=True) for one in (pdf, csv)] == [content, CSV.content]


@patiently
@given(name=st.one_of(ANY, HOSTILE))
def test_a_file_with_any_name_is_blocked_or_adds_nothing(name):
    try:
        raw = ready(digest(attachments=(Attachment(f"{name}.csv", "text/csv", b"1"),)))
    except MessageBlockedError:
        return
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert [one.get_filename() for one in parsed.iter_attachments()] == [f"{name}.csv"]


@patiently
@given(value=HOSTILE, field=st.sampled_from(["from_name", "to_name", "reply_to_name", "subject", "text", "html"]))
def test_a_hostile_value_is_blocked_or_stays_one_value(value, field):
    """M1, M2: never a further header, never another body, whatever the value is made of."""
    message = confirmation(reply_to_address="ona@example.org", **{field: value})
    clean = build(confirmation(reply_to_address="ona@example.org"))
    names = email.message_from_bytes(clean, policy=email.policy.default).keys()
    try:
        raw = ready(message)
    except MessageBlockedError:
        return
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert parsed.keys() == names
    again = email.message_from_bytes(parsed.as_bytes(policy=email.policy.SMTP), policy=email.policy.default)
    assert again.keys() == names
    bodies = [part.get_content().replace("\r\n", "\n") for part in parsed.iter_parts()]
    assert bodies == [canonical(message.text), canonical(message.html)][: len(bodies)]


@patiently
@given(
    value=st.one_of(ANY, HOSTILE),
    field=st.sampled_from(
        [
            "from_address",
            "to_address",
            "reply_to_address",
            "envelope_from",
            "message_id",
            "language",
            "unsubscribe_url",
            "in_reply_to",
        ]
    ),
)
def test_any_text_in_any_place_is_blocked_or_checked_and_nothing_else(value, field):
    """F19: whatever lies in a row, the encoder's only complaint is that the message is blocked."""
    try:
        raw = ready(confirmation(**{field: value}))
    except MessageBlockedError:
        return
    assert raw.isascii()


@patiently
@given(at=st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=14))])))
def test_every_instant_is_a_date_or_blocked(at):
    try:
        raw = ready(letter(date=at))
    except MessageBlockedError:
        assert at.year in (1, 9999) or at.year < 1900
    else:
        assert b" +0000\r\n" in raw


@patiently
@given(
    line=st.binary(max_size=40),
    where=st.integers(0, 3000),
    message=st.sampled_from([confirmation(reply_to_address="ona@example.org"), digest(in_reply_to="a@example.org")]),
)
def test_no_bytes_put_in_anywhere_pass_as_the_same_message(line, where, message):
    """What is put in either stops the message or changes nothing that a reader sees."""
    raw = build(message)
    where %= len(raw)
    changed = raw[:where] + line + raw[where:]
    try:
        check(message, changed)
    except MessageBlockedError:
        return
    ours, theirs = (email.message_from_bytes(one, policy=email.policy.default) for one in (raw, changed))
    assert [(name, value.strip()) for name, value in theirs.items()] == [
        (name, value.strip()) for name, value in ours.items()
    ]
    assert [part.get_content() for part in theirs.iter_parts()] == [part.get_content() for part in ours.iter_parts()]


def test_check_takes_what_build_makes():
    with pytest.raises(MessageBlockedError):
        check(letter(), b"")
    check(letter(), build(letter()))
