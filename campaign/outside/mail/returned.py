"""Returned: what mail that came back says, read from reports as mail servers write them (RFC 3464, RFC 5965)."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from typing import Literal

Kind = Literal["hard", "expired", "soft", "complaint", "other"]

MOST_BYTES = 300_000  # of a mail: reports of our small messages are far below, and larger ones are slow to read
_MOST_BOUNDARIES = 50  # nested deeper than any report, and slow to read
_MOST_BLOCKS = 50
_MOST_HEADER = 10_000
_MANY_LINE_ENDS = re.compile(rb"(?:\r?\n){3,}")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
_STATUS = re.compile(r"(?<![0-9.])[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
_SMTP_CODE = re.compile(r"\b([45])[0-9]{2}\b")
_OUTER = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_ORIGINAL_TYPES = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_UNWANTED = ("abuse", "fraud", "virus", "opt-out")  # of the feedback types; "not-spam" is the opposite of a complaint


@dataclass(frozen=True, slots=True)
class Returned:
    """What a mail that came in says of one of ours.

    `addresses` are those that it may be for, or that the mail it is about was sent from, the likeliest first: they
    are anybody's word until one proves to be genuine. `hard`: that mailbox takes no mail; `expired`: a server gave up
    after trying for days; `soft`: it still tries; `complaint`: its reader calls it unwanted; `other`: no report.
    `reason` is a status code (`5.1.1`) or a feedback type, never the words of anybody.
    """

    addresses: tuple[str, ...]
    kind: Kind
    reason: str = ""


def read_returned(raw: bytes) -> Returned:
    """Read a mail that came in, whatever it is; one that is damaged or no report is `other`."""
    raw = _MANY_LINE_ENDS.sub(b"\n\n", raw[:MOST_BYTES])
    lowered = raw.lower()
    if b"multipart/report" not in lowered or lowered.count(b"boundary") > _MOST_BOUNDARIES:
        return Returned((), "other")
    try:
        return _read(email.message_from_bytes(raw, policy=compat32))
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError):
        # The library's parser raises nearly anything over mail that was made to hurt it.
        return Returned((), "other")


def _read(message: Message) -> Returned:
    addresses = list(_addresses(message, *_OUTER))
    if message.get_content_type() != "multipart/report":
        return Returned(tuple(addresses), "other")
    kind: Kind = "other"
    reason = ""
    for part in _children(message):
        of = part.get_content_type()
        if of in _STATUS_TYPES:
            blocks = list(_blocks(part))
            addresses += [one for block in blocks for one in _addresses(block, "X-Postfix-Sender")]
            kind, reason = _judged(blocks)
        elif of == "message/feedback-report":
            blocks = list(_blocks(part))
            addresses += [one for block in blocks for one in _addresses(block, "Original-Mail-From")]
            kind, reason = _felt(blocks)
        elif of in _ORIGINAL_TYPES:
            addresses += [one for block in list(_blocks(part))[:1] for one in _addresses(block, "Return-Path")]
    return Returned(tuple(dict.fromkeys(addresses)), kind, reason)


def _children(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _blocks(part: Message) -> Iterator[Message]:
    """Give a part's groups of fields, each set off by an empty line; of a returned mail the first is its head."""
    payload = part.get_payload(decode=True) if not part.is_multipart() else None
    waiting = _children(part) or [email.message_from_bytes(payload if isinstance(payload, bytes) else b"")]
    for count, block in enumerate(waiting):
        if count == _MOST_BLOCKS:
            return
        yield block
        rest = block.get_payload()
        if isinstance(rest, str) and rest.strip() and part.get_content_type() in _STATUS_TYPES:
            waiting.append(email.message_from_string(rest))


def _judged(blocks: list[Message]) -> tuple[Kind, str]:
    """Say the worst of what a delivery report says of its recipients; our messages have only one."""
    found = [verdict for verdict in map(_verdict, blocks) if verdict is not None]
    worst: tuple[Kind, ...] = ("hard", "expired", "soft")
    return min(found, key=lambda verdict: worst.index(verdict[0]), default=("other", ""))


def _verdict(block: Message) -> tuple[Kind, str] | None:
    action = _field(block, "Action").partition(" ")[0].lower()
    reason = _reason(block)
    if action == "delayed" or (not action and reason.startswith("4")):
        return "soft", reason
    if action not in ("failed", "") or not reason or reason.startswith("2"):
        return None
    return ("expired" if reason.startswith("4") else "hard"), reason


def _reason(block: Message) -> str:
    """Find a recipient's status code; where only SMTP's own is given, its class (RFC 3463)."""
    diagnostic = _field(block, "Diagnostic-Code")
    if found := _STATUS.search(_field(block, "Status")) or _STATUS.search(diagnostic):
        return found[0]
    code = _SMTP_CODE.search(diagnostic)
    if code is not None:
        return f"{code[1]}.0.0"
    return "5.0.0" if _field(block, "Action").lower() == "failed" else ""


def _felt(blocks: list[Message]) -> tuple[Kind, str]:
    """Say what a feedback report says: a complaint, or nothing that matters here."""
    said = next((_field(block, "Feedback-Type").lower() for block in blocks), "")
    return ("complaint", said) if said in _UNWANTED else ("other", "")


def _field(block: Message, name: str) -> str:
    return str(block.get(name, ""))[:_MOST_HEADER].strip()


def _addresses(block: Message, *names: str) -> Iterator[str]:
    for name in names:
        for value in block.get_all(name, [])[:_MOST_BLOCKS]:
            yield from _ADDRESS.findall(str(value)[:_MOST_HEADER])[:_MOST_BLOCKS]
