"""A message as bytes: built from its fields, then read again and compared before it may leave."""

import datetime as dt
import email
import hashlib
import re
from collections.abc import Iterable, Iterator
from email.message import Message as Parsed
from email.policy import compat32
from email.utils import format_datetime, parsedate_to_datetime

from campaign.domain import text
from campaign.errors import MessageBlockedError
from campaign.outside.mail import header, part
from campaign.outside.mail.body import canonical
from campaign.outside.mail.mailer import Message
from campaign.outside.mail.part import Part

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'*+,;=%\[\]-]{1,900}")
_WIRE_LINE = re.compile(rb"(?!\.)[\x20-\x7e]*")
_MAILBOXES = frozenset({"From", "To", "Reply-To"})

_Value = str | tuple[str, str] | dt.datetime


def ready(message: Message) -> bytes:
    """Build a message and check it: the only way from fields to bytes that may leave.

    Raises MessageBlockedError, whose text names the place and no person's data.
    """
    try:
        raw = build(message)
        check(message, raw)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        # A message that the encoder or the parser stumbles over must stop alone, not stop the queue.
        raise MessageBlockedError(f"encoder {type(error).__name__}") from None
    return raw


def build(message: Message) -> bytes:
    """Write a message after RFC 5322 and MIME: ASCII only, CRLF only, equal bytes for equal fields.

    A text; a text and its HTML as multipart/alternative; or a text and files as multipart/mixed. Line ends of
    any kind become CRLF, the last line is ended. Raises MessageBlockedError for a field that may not stand
    where it would.
    """
    _check_fields(message)
    parts = _parts(message)
    head = _head(_headers(message, parts))
    if not _multipart(message):
        return f"{head}\r\n{parts[0].body}".encode("ascii")
    mark = f"--{_boundary(message)}"
    bodies = "".join(f"{mark}\r\n{_head(one.headers)}\r\n{one.body}\r\n" for one in parts)
    return f"{head}\r\n{bodies}{mark}--\r\n".encode("ascii")


def check(message: Message, raw: bytes) -> None:
    """Read a finished message again and compare it with its fields.

    Exactly the expected headers, each once and in their order, each decoding to its field; one mailbox in
    From, To and Reply-To; the text, the HTML and every byte of the files equal; nothing before, between or
    after. Raises MessageBlockedError.
    """
    _check_fields(message)
    _check_wire(raw)
    parsed = email.message_from_bytes(raw, policy=compat32)
    parts = _parts(message)
    _check_headers(parsed, list(_headers(message, parts)))
    leaves = [parsed]
    if _multipart(message):
        leaves = _leaves(parsed, len(parts))
        for leaf, one in zip(leaves, parts, strict=True):
            _check_headers(leaf, list(one.headers))
    for leaf, one in zip(leaves, parts, strict=True):
        one.hold(leaf)


def _headers(message: Message, parts: list[Part]) -> Iterator[tuple[str, _Value]]:
    """Give every header that a message must have, in its order, with the value that it must decode to."""
    yield "From", (message.from_name, message.from_address)
    yield "To", (message.to_name, message.to_address)
    if message.reply_to_address:
        yield "Reply-To", (message.reply_to_name, message.reply_to_address)
    yield "Subject", message.subject
    yield "Date", message.date.astimezone(dt.UTC).replace(microsecond=0)
    yield "Message-ID", f"<{_bare_id(message.message_id)}>"
    if message.in_reply_to:
        yield "In-Reply-To", f"<{_bare_id(message.in_reply_to)}>"
        yield "References", f"<{_bare_id(message.in_reply_to)}>"
    yield "MIME-Version", "1.0"
    yield "Content-Language", message.language
    if message.is_automatic:
        yield "Auto-Submitted", "auto-generated"  # RFC 3834
    if message.unsubscribe_url:
        yield "List-Unsubscribe", f"<{message.unsubscribe_url}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"  # RFC 8058
    if kind := _multipart(message):
        yield "Content-Type", f'multipart/{kind}; boundary="{_boundary(message)}"'
        yield "Content-Transfer-Encoding", "7bit"
    else:
        yield from parts[0].headers


def _multipart(message: Message) -> str:
    """Say in which way a message has several parts; empty when it has but one."""
    return "alternative" if message.html else "mixed" if message.attachments else ""


def _parts(message: Message) -> list[Part]:
    found = [part.of_text("text/plain", message.text)]
    if message.html:
        found.append(part.of_text("text/html", message.html))
    return [*found, *(part.of_file(one) for one in message.attachments)]


def _head(headers: Iterable[tuple[str, _Value]]) -> str:
    return "".join(header.line(name, _tokens(name, value)) for name, value in headers)


def _tokens(name: str, value: _Value) -> list[str]:
    if isinstance(value, dt.datetime):
        return format_datetime(value).split(" ")
    if isinstance(value, tuple):
        return header.mailbox_tokens(*value)
    return header.text_tokens(value) if name == "Subject" else value.split(" ")


def _boundary(message: Message) -> str:
    """Name a boundary that no part can hold: in quoted-printable and in base64, `=` is never followed by `_`."""
    return "=_" + hashlib.sha256(message.message_id.encode()).hexdigest()[:32]


def _bare_id(message_id: str) -> str:
    """Give a Message-ID without its angle brackets, with or without which it may be handed in."""
    return re.sub(r"\A<(.*)>\Z", r"\1", message_id)


def _check_fields(message: Message) -> None:
    """Hold every field against what may stand where it goes."""
    rules = (
        ("From name", header.is_name_legal(message.from_name)),
        ("From address", header.is_address_legal(message.from_address)),
        ("To name", header.is_name_legal(message.to_name)),
        ("To address", header.is_address_legal(message.to_address)),
        ("Reply-To name", header.is_name_legal(message.reply_to_name)),
        (
            "Reply-To address",
            not message.reply_to_address or header.is_address_legal(message.reply_to_address),
        ),
        ("Reply-To", bool(message.reply_to_address) or not message.reply_to_name),
        ("envelope", header.is_address_legal(message.envelope_from)),
        ("Subject", header.is_subject_legal(message.subject)),
        ("Date", message.date.utcoffset() is not None),
        ("Message-ID", header.is_address_legal(_bare_id(message.message_id))),
        ("In-Reply-To", not message.in_reply_to or header.is_address_legal(_bare_id(message.in_reply_to))),
        ("Content-Language", bool(_LANGUAGE.fullmatch(message.language))),
        ("List-Unsubscribe", not message.unsubscribe_url or bool(_URL.fullmatch(message.unsubscribe_url))),
        ("List-Unsubscribe", "=?" not in message.unsubscribe_url),
        ("body text/plain", bool(message.text.strip()) and _is_body_legal(message.text)),
        ("body text/html", _is_body_legal(message.html)),
        ("files", part.are_files_legal(message.attachments)),
        ("files", not (message.html and message.attachments)),
    )
    for place, is_kept in rules:
        if not is_kept:
            raise MessageBlockedError(place)


def _is_body_legal(content: str) -> bool:
    return not text.has_forbidden(canonical(content), is_multiline=True)


def _check_wire(raw: bytes) -> None:
    """See that the bytes are short lines of printable ASCII, none with a first dot, ended by CRLF alone."""
    lines = raw.split(b"\r\n")
    if lines.pop() or not all(_WIRE_LINE.fullmatch(line) for line in lines):
        raise MessageBlockedError("wire characters")
    end = lines.index(b"") if b"" in lines else len(lines)
    is_short = all(len(line) <= header.HARD_LINE_LENGTH for line in lines[:end])
    if not is_short or any(len(line) > header.LINE_LENGTH for line in lines[end:]):
        raise MessageBlockedError("wire lines")


def _check_headers(parsed: Parsed, expected: list[tuple[str, _Value]]) -> None:
    """Compare the headers of a message, or of one of its parts, with the expected ones."""
    found = [(name, header.unfolded(str(value))) for name, value in parsed.raw_items()]
    if [name for name, _ in found] != [name for name, _ in expected]:
        raise MessageBlockedError("header names")
    for (name, raw_value), (_, value) in zip(found, expected, strict=True):
        if _read(name, raw_value) != value:
            raise MessageBlockedError(f"header {name}")


def _read(name: str, value: str) -> _Value:
    """Decode a header's value the way a reader does."""
    if name == "Date":
        return _instant(value)
    if name in _MAILBOXES:
        return header.read_mailbox(value)
    return header.read_text(value) if name == "Subject" else value


def _instant(value: str) -> dt.datetime:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        raise MessageBlockedError("header Date") from None
    if format_datetime(at) != value:  # the parser overlooks what follows a date
        raise MessageBlockedError("header Date")
    return at


def _leaves(parsed: Parsed, count: int) -> list[Parsed]:
    """Give the parts of a multipart message that has so many of them, and nothing else in it."""
    parts = parsed.get_payload()
    if not isinstance(parts, list) or parsed.preamble or parsed.epilogue or parsed.defects:
        raise MessageBlockedError("body parts")
    leaves = [one for one in parts if isinstance(one, Parsed)]
    if len(leaves) != len(parts) or len(leaves) != count:
        raise MessageBlockedError("body parts")
    return leaves
