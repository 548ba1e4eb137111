"""Mail headers: what may stand in one, and how its value is written and read.

Written by hand after RFC 5322 and RFC 2047: what Python's own writer does with hostile values differs between
its versions, and some of them turn a supporter's name into further headers (CVE-2024-6923, CVE-2026-1299).
"""

import base64
import re
from email.errors import HeaderParseError
from email.header import decode_header

from campaign.domain import text
from campaign.errors import MessageBlockedError

LINE_LENGTH = 76  # RFC 2047, section 2: no line with an encoded word is longer
HARD_LINE_LENGTH = 998  # RFC 5322, section 2.1.1
_BANNED_IN_NAMES = frozenset('<>"(),;:\\')
_LINE_SEPARATORS = frozenset("\u2028\u2029")
_TEXT_BYTES = 39  # as base64 in `=?utf-8?b?…?=` this fits beside `Subject:`
_NAME_BYTES = 45  # the most an encoded word can hold; the fewer words, the fewer readers put spaces between them
_PLAIN_TOKEN = 70  # a longer run without a space could not be folded
_ATOM = r"[A-Za-z0-9#$&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_MAILBOX = re.compile(r"(?:(?P<phrase>[^<>]*) )?<(?P<address>[^<>]*)>")
_QUOTED = re.compile(r'"[^"\\]*"')
_WORD = re.compile(r"=\?utf-8\?b\?[A-Za-z0-9+/]+={0,2}\?=")


def is_name_legal(name: str) -> bool:
    """Tell whether a name may be a display name: nothing in it ends, hides or doubles a mailbox."""
    return _is_value_legal(name) and not _BANNED_IN_NAMES & set(name)


def is_address_legal(address: str) -> bool:
    """Tell whether this is exactly one ASCII mailbox (RFC 5321, Dot-string), and no source route."""
    return _is_value_legal(address) and bool(_ADDRESS.fullmatch(address))


def is_subject_legal(subject: str) -> bool:
    """Tell whether a subject says something, and nothing that could be decoded into more headers."""
    return _is_value_legal(subject) and bool(subject.strip())


def _is_value_legal(value: str) -> bool:
    return "=?" not in value and not text.has_forbidden(value) and not _LINE_SEPARATORS & set(value)


def text_tokens(value: str) -> list[str]:
    """Cut free text, such as a subject, into tokens for `line`: its words, else encoded words."""
    words = value.split(" ")
    is_plain = value.isascii() and all(0 < len(word) <= _PLAIN_TOKEN for word in words)
    return words if is_plain else _encoded_words(value, _TEXT_BYTES)


def mailbox_tokens(name: str, address: str) -> list[str]:
    """Cut a mailbox into tokens for `line`: the name, quoted or encoded, and the address in brackets."""
    bracketed = f"<{address}>"
    if not name:
        return [bracketed]
    if name.isascii() and len(name) <= _PLAIN_TOKEN:
        return [f'"{name}"', bracketed]
    return [*_encoded_words(name, _NAME_BYTES), bracketed]


def line(name: str, tokens: list[str]) -> str:
    """Write one header with its final CRLF, folded between tokens into short lines (RFC 5322, 2.2.3)."""
    lines = [f"{name}:"]
    for token in tokens:
        if len(lines[-1]) + 1 + len(token) > LINE_LENGTH:
            lines.append("")
        lines[-1] += f" {token}"
    return "\r\n".join(lines) + "\r\n"


def unfolded(value: str) -> str:
    """Take the folds out of a header's value as it stood on the wire; the spaces stay."""
    return value.replace("\r\n", "").strip(" ")


def read_text(value: str) -> str:
    """Decode free text from a header's unfolded value.

    Raises MessageBlockedError where a word is not one that this module writes.
    """
    if "=?" not in value:
        return value
    if not all(_WORD.fullmatch(word) for word in value.split(" ")):
        raise MessageBlockedError("header words")
    try:
        parts = [part if isinstance(part, bytes) else part.encode() for part, _ in decode_header(value)]
        return b"".join(parts).decode()
    except (HeaderParseError, UnicodeDecodeError):
        raise MessageBlockedError("header words") from None


def read_mailbox(value: str) -> tuple[str, str]:
    """Decode a header's unfolded value that must be exactly one mailbox into name and address.

    Raises MessageBlockedError when it is anything else.
    """
    found = _MAILBOX.fullmatch(value)
    if not found:
        raise MessageBlockedError("header mailbox")
    phrase = found["phrase"] or ""
    if not phrase:
        return "", found["address"]
    if _QUOTED.fullmatch(phrase):
        return phrase[1:-1], found["address"]
    if "=?" not in phrase:
        raise MessageBlockedError("header mailbox")
    return read_text(phrase), found["address"]


def _encoded_words(value: str, size: int) -> list[str]:
    """Write text as encoded words (RFC 2047, B encoding); no character is cut in two."""
    chunks = [b""]
    for character in value:
        encoded = character.encode()
        if len(chunks[-1]) + len(encoded) > size:
            chunks.append(b"")
        chunks[-1] += encoded
    return [f"=?utf-8?b?{base64.b64encode(chunk).decode()}?=" for chunk in chunks]
