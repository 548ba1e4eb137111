"""Webhooks: tell another program something over HTTPS, and never anything inside the own network.

The name is resolved once, every address of it must be anybody's, and the connection goes to the address that was
looked at, with the certificate held against the name. No redirect is followed. Of the answer only its status is read.
Signed after Standard Webhooks (version 1, symmetric): `webhook-id`, `webhook-timestamp`, `webhook-signature`.
"""

import base64
import contextlib
import hashlib
import hmac
import re
import secrets
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from campaign.domain.webhook import PORT, Target, is_public, target
from campaign.errors import DnsError
from campaign.outside.dns import Resolver

LIMIT_SECONDS = 5.0  # for the whole call
SECRET_PREFIX = "whsec_"  # noqa: S105  a name
_MOST_ADDRESSES = 4
_MOST_LINE = 1024  # bytes of the answer that are looked at for its status
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: |\r|\n)")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a call ended: `word` is the answer's status, or a short kind of failure; never what the other side said."""

    is_taken: bool
    word: str


class Poster(Protocol):
    """Calls other programs."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body to an address and say how that ended, within LIMIT_SECONDS; it raises nothing."""
        ...


class _FailedError(Exception):
    """A call failed; the message is the kind of failure. It does not leave this module."""


class HttpsPoster:
    """Calls over HTTPS at port 443, to public addresses alone."""

    def __init__(
        self,
        resolver: Resolver,
        *,
        context: ssl.SSLContext | None = None,
        port: int = PORT,
        may_reach: Callable[[str], bool] = is_public,
    ) -> None:
        """Resolve by a resolver; the rest is for tests, whose servers have certificates and ports of their own."""
        self._resolver = resolver
        self._context = context
        self._port = port
        self._may_reach = may_reach

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body; see Poster."""
        ends = time.monotonic() + LIMIT_SECONDS
        try:
            found = target(url)
            if found is None:
                raise _FailedError("address refused")
            status = self._status(found, headers, body, ends)
        except _FailedError as error:
            return Answer(is_taken=False, word=str(error))
        except ssl.SSLCertVerificationError:
            return Answer(is_taken=False, word="certificate refused")
        except TimeoutError:
            return Answer(is_taken=False, word="too slow")
        except (OSError, ValueError) as error:
            return Answer(is_taken=False, word=type(error).__name__)
        return Answer(is_taken=200 <= status < 300, word=str(status))

    def _status(self, to: Target, headers: Mapping[str, str], body: bytes, ends: float) -> int:
        with contextlib.closing(self._connected(self._addresses(to.host), ends)) as plain:
            plain.settimeout(_left(ends))
            context = self._context or ssl.create_default_context()
            with context.wrap_socket(plain, server_hostname=to.host) as line:
                _send(line, _request(to, headers, body), ends)
                return _read_status(line, ends)

    def _addresses(self, host: str) -> tuple[str, ...]:
        """Resolve a name once. One address inside among several refuses them all: nobody has that by mistake."""
        try:
            found = self._resolver.addresses(host)
        except DnsError:
            raise _FailedError("name not resolved") from None
        if not found:
            raise _FailedError("no such name")
        if not all(self._may_reach(one) for one in found):
            raise _FailedError("address inside")
        return found

    def _connected(self, addresses: tuple[str, ...], ends: float) -> socket.socket:
        """Connect to the first address that can be reached, and look again at where that led."""
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                line = socket.create_connection((address, self._port), timeout=_left(ends))
            except OSError as error:
                if address == addresses[:_MOST_ADDRESSES][-1] or isinstance(error, TimeoutError):
                    raise
                continue
            if self._may_reach(line.getpeername()[0]):
                return line
            line.close()
        raise _FailedError("address inside")


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _request(to: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [
        f"POST {to.path} HTTP/1.1",
        f"Host: {to.host}",
        "User-Agent: campaign-webhook/1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Accept-Encoding: identity",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join((*lines, "", "")).encode("ascii") + body


def _send(line: ssl.SSLSocket, raw: bytes, ends: float) -> None:
    sent = 0
    while sent < len(raw):
        line.settimeout(_left(ends))
        sent += line.send(raw[sent:])


def _read_status(line: ssl.SSLSocket, ends: float) -> int:
    """Read as far as the status, however slowly it drips, and no further."""
    head = b""
    while (found := _STATUS.match(head)) is None:
        line.settimeout(_left(ends))
        piece = line.recv(_MOST_LINE - len(head)) if len(head) < _MOST_LINE else b""
        if not piece:
            raise _FailedError("no answer" if not head else "not HTTP")
        head += piece
    return int(found[1])


class FakePoster:
    """Keeps what it is given, and answers by a script; after it, everything is taken."""

    def __init__(self, *words: str) -> None:
        """Answer the next calls with statuses or kinds of failure, in their order."""
        self._words = list(words)
        self.posted: list[tuple[str, dict[str, str], bytes]] = []

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Keep a call and answer by the script; see Poster."""
        self.posted.append((url, dict(headers), body))
        word = self._words.pop(0) if self._words else "200"
        return Answer(is_taken=word.startswith("2"), word=word)


def new_secret() -> str:
    """Make a secret to sign with: 32 random bytes in the way that Standard Webhooks writes them."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed(secret: str, call_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Give the headers of a call: its id, which stays the same however often it is tried, the time, the signature."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    mac = hmac.new(key, f"{call_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": call_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
