"""Returns: the address of its own that each message has for coming back, and which message such an address names."""

import base64
import binascii
import hmac
from typing import Literal

from campaign.domain.finding import Finding
from campaign.outside.mail.imap import NoBoxError
from campaign.parts import Parts
from campaign.queries import returns

Kind = Literal["letter", "mail", "digest"]
KINDS: tuple[Kind, ...] = ("letter", "mail", "digest")
LOCAL_CHARACTERS = 64  # RFC 5321, 4.5.3.1.1
_WORD_CHARACTERS = 1 + 26 + 1 + 16  # a letter for the kind, the row, a dash, the tag


def return_address(parts: Parts, kind: Kind, row_id: str) -> str:
    """Make the envelope sender of a row's message: the address for returns, `+`, and a word nobody can make up.

    Base32 and hex, since servers change the case of what they send back. The bare address where the word would make
    it longer than servers take: what comes back then names no message.
    """
    base = base_address(parts)
    local, _, domain = base.rpartition("@")
    return f"{local}+{_word(parts, kind, row_id)}@{domain}" if has_room(parts) else base


def read_return_address(parts: Parts, address: str) -> tuple[Kind, str] | None:
    """Tell which row's message an address is for; None where it is not exactly one that was made here."""
    local, _, domain = base_address(parts).lower().rpartition("@")
    given, at, given_domain = address.strip().lower().rpartition("@")
    given_base, _, word = given.rpartition("+")
    if not (at and address.isascii() and given_domain == domain and given_base == local):
        return None
    if len(word) != _WORD_CHARACTERS:
        return None
    try:
        row_id = base64.b32decode(f"{word[1:27].upper()}======").hex()
    except binascii.Error:
        return None
    for kind in KINDS:
        if hmac.compare_digest(word, _word(parts, kind, row_id)):
            return kind, row_id
    return None


def base_address(parts: Parts) -> str:
    """The address that returns come to, without a message's word."""
    return parts.settings.bounce_address or parts.settings.mail_from


def has_room(parts: Parts) -> bool:
    """Tell whether a message's word fits beside the address for returns."""
    return len(base_address(parts).rpartition("@")[0]) + 1 + _WORD_CHARACTERS <= LOCAL_CHARACTERS


def _word(parts: Parts, kind: Kind, row_id: str) -> str:
    named = base64.b32encode(bytes.fromhex(row_id)).decode().rstrip("=").lower()
    return f"{kind[0]}{named}-{parts.keys.return_tag(kind[0] + row_id)}"


def look(parts: Parts) -> Finding:
    """See whether what comes back is read at all, and which offices are suspended because letters did."""
    found = _reading(parts)
    with parts.reading() as session:
        suspended = returns.suspended(session)
    if not suspended:
        return found
    names = ", ".join(f"{state} {office}" for state, office in suspended)
    todo = "look for the address: campaign official set, then campaign official verify"
    return Finding(
        "returns",
        "bad" if found.verdict == "bad" else "warn",
        f"{found.seen}; letters came back, so they are held: {names}",
        f"{found.do}; {todo}" if found.do else todo,
    )


def _reading(parts: Parts) -> Finding:
    if parts.settings.delivery != "live":
        return Finding("returns", "good", "none: no mail leaves")
    if not has_room(parts):
        seen = f"no message has a return address of its own: {base_address(parts)} is too long for it"
        most = LOCAL_CHARACTERS - 1 - _WORD_CHARACTERS
        return Finding("returns", "bad", seen, f"set CAMPAIGN_BOUNCE_ADDRESS, at most {most} characters before the @")
    if parts.bounces is None:
        with parts.reading() as session:
            if returns.has_any(session):
                return Finding("returns", "good", "handed to campaign bounce")
        todo = "set CAMPAIGN_BOUNCE_URL, or let the mail server hand it to campaign bounce"
        return Finding("returns", "warn", "nobody reads what comes back, or nothing has yet", todo)
    try:
        with parts.bounces.opened():
            return Finding("returns", "good", "the mailbox can be read")
    except NoBoxError as error:
        return Finding("returns", "bad", f"the mailbox cannot be read: {error.reason}", "check CAMPAIGN_BOUNCE_URL")
