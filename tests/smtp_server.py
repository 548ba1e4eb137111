"""An SMTP server that does what a script says, and a ledger of every message whose final dot it read.

It speaks by bare sockets, one thread a session, so that it can drop, hang or lie at any step::

    with SmtpServer() as server:
        server.script(Phase.RCPT, reply(450), to="minister@example.org")
        server.script(Phase.BODY, USUAL, DROP)  # the first message as usual, the second is never answered
"""

import base64
import re
import socket
import ssl
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, Self

from smtp_script import DROP, HANG, USUAL, Answer, Line, Phase, Taken, reply

from campaign.settings import SmtpUrl

__all__ = ["DROP", "HANG", "USUAL", "Answer", "Line", "Phase", "SmtpServer", "Taken", "reply"]


class _Closed(Exception):  # noqa: N818 - the end of a session is no error
    """The session is over."""


class SmtpServer:
    """The server; use it as a context manager. Without `users` nobody has to log in.

    `is_lenient` ends a message also at a dot between bare LFs or CRs, as careless servers do.
    """

    def __init__(
        self,
        *,
        tls: Literal["none", "starttls", "implicit"] = "none",
        context: ssl.SSLContext | None = None,
        users: dict[str, str] | None = None,
        extensions: tuple[str, ...] = ("SIZE 10000000", "8BITMIME"),
        is_lenient: bool = False,
        port: int = 0,
    ) -> None:
        self.tls = tls
        self.context = context
        self.users = users or {}
        self.extensions = extensions
        self.is_lenient = is_lenient
        self.ledger: list[Taken] = []
        self.lines: list[Line] = []
        self.sessions = 0
        self.stopped = threading.Event()
        self._scripts: dict[tuple[Phase, str], deque[Answer]] = defaultdict(deque)
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._open: set[_Session] = set()
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()
        for thread in self._threads:
            thread.join(timeout=10)

    def script(self, phase: Phase, *answers: Answer, to: str = "") -> None:
        """Give the answers of the next times at a phase; `to` keeps them for one recipient, from RCPT on."""
        with self._lock:
            self._scripts[phase, to].extend(answers)

    def hang_up(self) -> None:
        """Close every session that is open now, without a word."""
        with self._lock:
            held = list(self._open)
        for session in held:
            with suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)

    def relay(self, *, user: str = "", password: str = "") -> SmtpUrl:
        """Give the way to this server as settings hold it."""
        return SmtpUrl(host="127.0.0.1", port=self.port, user=user, password=password, tls=self.tls)

    @property
    def url(self) -> str:
        """The way to this server as CAMPAIGN_SMTP_URL, without a login."""
        return f"smtp://127.0.0.1:{self.port}?tls={self.tls}"

    @property
    def accepted(self) -> list[Taken]:
        """The messages that were answered with yes."""
        return [taken for taken in self.ledger if 200 <= taken.code < 300]

    def said(self, verb: str) -> list[str]:
        """List the command lines that begin with a verb."""
        return [line.text for line in self.lines if line.text.upper().startswith(verb)]

    def wait_for(self, count: int, seconds: float = 10.0) -> bool:
        """Wait until the ledger holds so many messages; False when it does not come to that."""
        until = time.monotonic() + seconds
        while len(self.ledger) < count and time.monotonic() < until:
            time.sleep(0.01)
        return len(self.ledger) >= count

    def next_answer(self, phase: Phase, recipients: tuple[str, ...]) -> Answer:
        """Take the next answer for a phase from the scripts."""
        with self._lock:
            for key in (*recipients, ""):
                if self._scripts[phase, key]:
                    return self._scripts[phase, key].popleft()
        return USUAL

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.sessions += 1
            session = _Session(self, sock, self.sessions)
            self._start(partial(self._serve, session))

    def _serve(self, session: "_Session") -> None:
        with self._lock:
            self._open.add(session)
        with suppress(_Closed, OSError):
            session.run()
        with self._lock:
            self._open.discard(session)
        session.sock.close()

    def _start(self, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, daemon=True)
        self._threads.append(thread)
        thread.start()


@dataclass(slots=True, eq=False)
class _Session:
    """One session with one client."""

    server: SmtpServer
    sock: socket.socket
    number: int
    buffer: bytes = b""
    is_encrypted: bool = False
    user: str = ""
    sender: str = ""
    recipients: list[str] = field(default_factory=list)

    def run(self) -> None:
        if self.server.tls == "implicit":
            self._encrypt()
        self._answer(Phase.CONNECT)
        while True:
            line = self._line()
            self.server.lines.append(Line(self.number, self.is_encrypted, line))
            self._handler(line.partition(" ")[0].upper())(line)

    def _handler(self, verb: str) -> Callable[[str], None]:
        handlers = {
            "EHLO": self._ehlo, "HELO": self._ehlo, "STARTTLS": self._starttls, "AUTH": self._auth,
            "MAIL": self._mail, "RCPT": self._rcpt, "DATA": self._data, "RSET": self._rset,
            "QUIT": self._quit,
        }  # fmt: skip
        return handlers.get(verb, self._unknown)

    def _unknown(self, _: str) -> None:
        self._say(500, "no such command")

    def _ehlo(self, _: str) -> None:
        offers = list(self.server.extensions)
        if self.server.tls == "starttls" and not self.is_encrypted:
            offers.append("STARTTLS")
        if self.server.users and (self.is_encrypted or self.server.tls == "none"):
            offers.append("AUTH PLAIN LOGIN")
        self._answer(Phase.EHLO, *offers)

    def _starttls(self, _: str) -> None:
        if self._answer(Phase.STARTTLS) == 220:
            self._encrypt()

    def _auth(self, line: str) -> None:
        words = line.split(" ")
        if words[1].upper() == "PLAIN":
            _, user, password = base64.b64decode(words[2]).decode().split("\0")
        else:
            user = base64.b64decode(words[2]).decode()
            self._say(334, base64.b64encode(b"Password:").decode())
            password = base64.b64decode(self._line()).decode()
        if self.server.users.get(user) != password:
            self._say(535, f"no login for {user}")
        elif self._answer(Phase.AUTH) == 235:
            self.user = user

    def _mail(self, line: str) -> None:
        if self.server.users and not self.user:
            self._say(530, "log in first")
        elif self._answer(Phase.MAIL) == 250:
            self.sender = _path(line)
            self.recipients = []

    def _rcpt(self, line: str) -> None:
        recipient = _path(line)
        if not self.sender:
            self._say(503, "no sender")
        elif self._answer(Phase.RCPT, to=(recipient,)) == 250:
            self.recipients.append(recipient)

    def _data(self, _: str) -> None:
        if not self.recipients:
            self._say(503, "no recipient")
            return
        to = tuple(self.recipients)
        if self._answer(Phase.DATA, to=to) != 354:
            return
        if self.server.next_answer(Phase.MIDDLE, to).is_drop:
            raise _Closed
        data = self._message()
        answer = self.server.next_answer(Phase.BODY, to)
        code = 0 if answer.is_drop or answer.is_hang else answer.code or 250
        taken = Taken(self.number, self.sender, to, data, self.is_encrypted, self.user, code)
        self.server.ledger.append(taken)
        self.sender, self.recipients = "", []
        self._give(answer, Phase.BODY)

    def _rset(self, _: str) -> None:
        self.sender, self.recipients = "", []
        self._answer(Phase.RSET)

    def _quit(self, _: str) -> None:
        self._answer(Phase.QUIT)
        raise _Closed

    def _answer(self, phase: Phase, *more: str, to: tuple[str, ...] = ()) -> int:
        return self._give(self.server.next_answer(phase, to), phase, *more)

    def _give(self, answer: Answer, phase: Phase, *more: str) -> int:
        if answer.is_hang:
            self.server.stopped.wait(30)
        if answer.is_drop or answer.is_hang:
            raise _Closed
        self.server.stopped.wait(answer.delay_seconds)
        code = answer.code or phase.usual
        self._say(code, answer.text, *(more if code == phase.usual else ()))
        if code == 421:
            raise _Closed
        return code

    def _say(self, code: int, *lines: str) -> None:
        *first, last = lines
        text = "".join(f"{code}-{line}\r\n" for line in first) + f"{code} {last}\r\n"
        self.sock.sendall(text.encode())

    def _encrypt(self) -> None:
        assert self.server.context is not None
        self.buffer = b""
        self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        self.is_encrypted = True

    def _line(self) -> str:
        return self._until(re.compile(rb"\r\n"))[:-2].decode("ascii", "replace")

    def _message(self) -> bytes:
        end = rb"(?:\A|\r\n)\.\r\n"
        if self.server.is_lenient:
            end = rb"(?:\A|\r\n|\n|\r)\.(?:\r\n|\n|\r)"
        data = self._until(re.compile(end))
        body = re.sub(end + rb"\Z", b"", data)
        body = b"" if data == b".\r\n" else body + b"\r\n"
        return re.sub(rb"(\A|\r\n)\.", rb"\1", body)

    def _until(self, end: re.Pattern[bytes]) -> bytes:
        while not (found := end.search(self.buffer)):
            chunk = self.sock.recv(65536)
            if not chunk:
                raise _Closed
            self.buffer += chunk
        taken, self.buffer = self.buffer[: found.end()], self.buffer[found.end() :]
        return taken


def _path(line: str) -> str:
    found = re.fullmatch(r"(?:MAIL FROM|RCPT TO):<([^<>]*)>.*", line, re.IGNORECASE)
    return found[1] if found else ""
