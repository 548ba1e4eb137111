"""The mailbox that returned mail comes to, read by IMAP (RFC 3501); beside it, a fake."""

import contextlib
import imaplib
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from campaign.outside.mail.returned import MOST_BYTES
from campaign.settings import BounceUrl

MOST_MESSAGES = 200  # a round
_STEP_SECONDS = 10.0
_NUMBERS = re.compile(rb"[0-9]+")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message that nobody has taken yet: its id in the mailbox, and the beginning of its bytes."""

    message_id: str
    raw: bytes


class NoBoxError(Exception):
    """The mailbox cannot be read; `reason` is a kind of fault and a step, never the server's words."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class OpenBox(Protocol):
    """A mailbox while it is open."""

    def unseen(self) -> Iterator[Incoming]:
        """Give the messages that nobody has taken, the oldest first, a round's fill at most.

        Looking marks nothing. Raises NoBoxError.
        """
        ...

    def mark_seen(self, message_id: str) -> None:
        """Mark a message, so that it is not given again. Raises NoBoxError."""
        ...


class BounceBox(Protocol):
    """A mailbox that can be opened; each opening is a session of its own."""

    def opened(self) -> contextlib.AbstractContextManager[OpenBox]:
        """Open it for the length of a block. Raises NoBoxError."""
        ...


class ImapBox:
    """A mailbox on a server. Its representation and its reasons hold neither the password nor an address."""

    def __init__(
        self, url: BounceUrl, *, context: ssl.SSLContext | None = None, step_seconds: float = _STEP_SECONDS
    ) -> None:
        """Connect to nothing yet; without a context, certificates are held against the system's store."""
        self._url = url
        self._context = context or ssl.create_default_context()
        self._step_seconds = step_seconds

    @contextlib.contextmanager
    def opened(self) -> Iterator["_Session"]:
        """Log in and choose the folder for the length of a block. Raises NoBoxError."""
        with _faults("CONNECT"):
            server = self._connected()
        try:
            self._enter(server)
            yield _Session(server)
        finally:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                server.logout()
            with contextlib.suppress(OSError):
                server.shutdown()

    def _connected(self) -> imaplib.IMAP4:
        if self._url.tls == "implicit":
            return imaplib.IMAP4_SSL(
                self._url.host, self._url.port, ssl_context=self._context, timeout=self._step_seconds
            )
        return imaplib.IMAP4(self._url.host, self._url.port, timeout=self._step_seconds)

    def _enter(self, server: imaplib.IMAP4) -> None:
        """Start TLS where asked, and only then say the password."""
        if self._url.tls == "starttls":
            with _faults("STARTTLS"):
                if "STARTTLS" not in server.capabilities:
                    raise imaplib.IMAP4.error
                server.starttls(self._context)
        with _faults("LOGIN"):
            credentials = f"\0{self._url.user}\0{self._url.password}".encode()
            if "AUTH=PLAIN" in server.capabilities:
                server.authenticate("PLAIN", lambda _: credentials)
            else:
                server.login(_quoted(self._url.user), self._url.password)
        with _faults("SELECT"):
            _held_to(server.select(_quoted(self._url.folder)))


class _Session:
    """A mailbox while it is open; messages are named by their UID."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server

    def unseen(self) -> Iterator[Incoming]:
        with _faults("SEARCH"):
            found = _held_to(self._server.uid("SEARCH", "UNSEEN"))
        numbers = _NUMBERS.findall(found[0] or b"") if found and isinstance(found[0], bytes) else []
        for number in sorted(map(int, numbers))[:MOST_MESSAGES]:
            with _faults("FETCH"):
                given = _held_to(self._server.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{MOST_BYTES}>)"))
            raw = next((one[1] for one in given if isinstance(one, tuple) and isinstance(one[1], bytes)), None)
            if raw is not None:  # another reader may have taken it away meanwhile
                yield Incoming(str(number), raw)

    def mark_seen(self, message_id: str) -> None:
        with _faults("STORE"):
            _held_to(self._server.uid("STORE", message_id, "+FLAGS.SILENT", r"(\Seen)"))


@dataclass
class FakeBox:
    """A mailbox in memory: `waiting` by id, `seen` what was marked, `fault` why it cannot be opened."""

    waiting: dict[str, bytes]
    seen: list[str]
    fault: str = ""

    @contextlib.contextmanager
    def opened(self) -> Iterator["FakeBox"]:
        """Open it, or fail as told."""
        if self.fault:
            raise NoBoxError(self.fault)
        yield self

    def unseen(self) -> Iterator[Incoming]:
        """Give what is not marked."""
        for message_id, raw in self.waiting.items():
            if message_id not in self.seen:
                yield Incoming(message_id, raw)

    def mark_seen(self, message_id: str) -> None:
        """Mark one."""
        self.seen.append(message_id)


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _held_to(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    """Take what a server gave with its yes."""
    if answer[0] != "OK":
        raise imaplib.IMAP4.error
    return answer[1]


@contextlib.contextmanager
def _faults(step: str) -> Iterator[None]:
    """Turn whatever goes wrong at a step into a reason: `timeout CONNECT`, `certificate STARTTLS`, `no LOGIN`."""
    try:
        yield
    except (imaplib.IMAP4.error, OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        kinds: tuple[tuple[type[Exception], str], ...] = (
            (ssl.SSLCertVerificationError, "certificate"),
            (ssl.SSLError, "tls"),
            (TimeoutError, "timeout"),
            (socket.gaierror, "dns"),
            (ConnectionRefusedError, "refused"),
            (imaplib.IMAP4.abort, "drop"),
            (imaplib.IMAP4.error, "no"),
            (OSError, "drop"),
        )
        found = next((name for kind, name in kinds if isinstance(error, kind)), "fault")
        # Without the cause: its text and its locals may hold the password or the server's words.
        raise NoBoxError(f"{found} {step}") from None
