"""Keys: one secret is the root of all; from it come sealing, fingerprints of addresses and links' tokens.

HKDF-SHA-256 (RFC 5869) gives one key a purpose. Sealing is AES-256-GCM with the table, column and row as
associated data, so that a sealed value moved elsewhere does not open.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import os
import secrets
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from campaign.errors import KeyMismatchError, SealError, TokenError

Purpose = Literal["confirm", "withdraw", "unsubscribe", "answers", "trim", "invitation", "yours", "kiosk"]
_NONCE_BYTES = 12
_TOKEN = struct.Struct(">16sHI32s")  # row id, generation, expiry in minutes since 1970 (0: never), HMAC-SHA-256
CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, and nothing that looks like something else
SECRET_FILE = "secret.key"  # noqa: S105  a name


@dataclass(frozen=True, slots=True)
class Token:
    """What a genuine token says: the row, its generation, and when it ends (aware UTC; None: never)."""

    row_id: str
    generation: int
    expires_at: dt.datetime | None


class Keys:
    """Everything that needs the secret; the secret itself never leaves this object."""

    def __init__(self, secret: str) -> None:
        """Derive one key for each purpose from the secret (text of at least 32 bytes)."""
        self._root = secret.encode()
        self._seal = AESGCM(self._derive("seal"))
        self._token = self._derive("token")
        self._mailbox = self._derive("mailbox")
        self._domain = self._derive("mail domain")
        self._digest = self._derive("digest")
        self._return = self._derive("return address")
        self._organiser = self._derive("organiser")
        self._program = self._derive("program")
        self._audit = self._derive("audit")
        self.key_id = self._derive("key id").hex()[:16]
        self.check_value = self._derive("check value").hex()

    def __repr__(self) -> str:
        """Show only the key's id."""
        return f"Keys({self.key_id})"

    def _derive(self, purpose: str) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"campaign/{purpose}".encode()).derive(self._root)

    def seal(self, value: str, table: str, column: str, row_id: str) -> bytes:
        """Seal a text for one place: nonce (12 bytes) and AES-256-GCM ciphertext."""
        return self.seal_bytes(value.encode(), table, column, row_id)

    def seal_bytes(self, value: bytes, table: str, column: str, row_id: str) -> bytes:
        """Seal bytes for one place, as a text is."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, value, f"{table}.{column}/{row_id}".encode())

    def open(self, sealed: bytes, table: str, column: str, row_id: str) -> str:
        """Open a sealed text.

        Raises SealError when it was sealed for another place, with another key, or is damaged.
        """
        try:
            return self.open_bytes(sealed, table, column, row_id).decode()
        except ValueError as error:
            raise SealError(f"{table}.{column}") from error

    def open_bytes(self, sealed: bytes, table: str, column: str, row_id: str) -> bytes:
        """Open sealed bytes.

        Raises SealError when they were sealed for another place, with another key, or are damaged.
        """
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._seal.decrypt(nonce, ciphertext, f"{table}.{column}/{row_id}".encode())
        except (InvalidTag, ValueError) as error:
            raise SealError(f"{table}.{column}") from error

    def address_key(self, canonical: str, campaign: str) -> str:
        """Fingerprint an address within one campaign: 64 hex digits, not linkable to another campaign's."""
        return self._fingerprint(self._derive(f"address/{campaign}"), canonical)

    def mailbox_key(self, canonical: str) -> str:
        """Fingerprint an address for the whole site: what budgets and "never write again" are kept by."""
        return self._fingerprint(self._mailbox, canonical)

    def network_key(self, network: str, day: dt.date) -> str:
        """Fingerprint a network for one day; tomorrow's is another, so that days cannot be linked."""
        return self._fingerprint(self._derive(f"network/{day.isoformat()}"), network)[:32]

    def domain_key(self, domain: str) -> str:
        """Fingerprint a mail domain (lower case, ASCII), to count by it without keeping it."""
        return self._fingerprint(self._domain, domain)[:32]

    def digest(self, *said: str) -> str:
        """Fingerprint texts that may hold something of a person, so that a stolen database confirms no guess."""
        return self._fingerprint(self._digest, "\0".join(said))

    def code(self, row_id: str, generation: int) -> str:
        """Derive the code of a confirmation: six characters that are hard to misread, for those who fear links."""
        mac = hmac.new(self._token, f"code\0{row_id}\0{generation}".encode(), hashlib.sha256).digest()
        number = int.from_bytes(mac[:8])
        return "".join(CODE_LETTERS[number // len(CODE_LETTERS) ** place % len(CODE_LETTERS)] for place in range(6))

    def return_tag(self, word: str) -> str:
        """Seal the word in a message's return address: 16 hex digits, so that nobody can make up what came back."""
        return self._fingerprint(self._return, word)[:16]

    def organiser_key(self, kind: str, value: str) -> str:
        """Fingerprint what organisers get in by: an address, a session's token, a recovery code, a network."""
        return self._fingerprint(self._organiser, f"{kind}\0{value}")

    def program_key(self, key: str) -> str:
        """Fingerprint a key that another program shows: all that is kept of it."""
        return self._fingerprint(self._program, key)

    def place_key(self, place: str) -> str:
        """Seal a place in a list, so that nobody makes one up: 16 hex digits."""
        return self._fingerprint(self._program, f"place\0{place}")[:16]

    def seal_line(self, before: str, *said: str) -> str:
        """Seal a line of the audit trail together with the one before it."""
        return self._fingerprint(self._audit, "\0".join((before, *said)))

    @staticmethod
    def _fingerprint(key: bytes, value: str) -> str:
        return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()

    def token(self, purpose: Purpose, row_id: str, generation: int = 0, expires_at: dt.datetime | None = None) -> str:
        """Derive the token of a row (32 hex digits) for one purpose: 72 characters that fit an address."""
        minutes = 0 if expires_at is None else int(expires_at.timestamp()) // 60
        head = _TOKEN.pack(bytes.fromhex(row_id), generation, minutes, b"")[:22]
        return base64.urlsafe_b64encode(head + self._mac(purpose, head)).decode()

    def _mac(self, purpose: Purpose, head: bytes) -> bytes:
        return hmac.new(self._token, purpose.encode() + b"\0" + head, hashlib.sha256).digest()

    def read_token(self, purpose: Purpose, token: str) -> Token:
        """Check a token's form and MAC; its generation, expiry and row are for the caller to judge.

        Raises TokenError when it is not one that this installation made for this purpose.
        """
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
            row_id, generation, minutes, mac = _TOKEN.unpack(raw)
        except (ValueError, binascii.Error, struct.error) as error:
            raise TokenError("form") from error
        if not hmac.compare_digest(mac, self._mac(purpose, raw[:22])):
            raise TokenError("mac")
        expires_at = dt.datetime.fromtimestamp(minutes * 60, dt.UTC) if minutes else None
        return Token(row_id.hex(), generation, expires_at)


def new_id() -> str:
    """Make a row's id: 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def read_secret(home: Path) -> str:
    """Read the secret kept in the home, making it first where there is none (mode 0600, never overwritten).

    Raises KeyMismatchError when the file is there but holds no whole secret.
    """
    path = home / SECRET_FILE
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _make_secret(path)
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < 2 * 32:
        raise KeyMismatchError(f"{path} is damaged: it must hold 64 hex digits")
    return secret


def _make_secret(path: Path) -> None:
    """Write beside, then link into place: of two processes that start at once, one wins and both read it."""
    beside = path.with_name(f"{SECRET_FILE}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
