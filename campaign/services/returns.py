"""Returns: the address of its own that each message has for coming back, and which message such an address names."""

import base64
import binascii
import hmac
from typing import Literal

from campaign.parts import Parts

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
