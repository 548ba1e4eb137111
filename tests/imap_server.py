"""An IMAP server of one mailbox that does what a test says, and writes down every command and how it came."""

import base64
import re
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, Self

from campaign.settings import BounceUrl

USER, PASSWORD = "returns@campaign.example", 'a "quoted" \\ word'


@dataclass
class Kept:
    """A message in the mailbox."""

    raw: bytes
    is_seen: bool = False


@dataclass
class Said:
    """A command as it came over the wire."""

    text: str
    is_encrypted: bool


@dataclass
class ImapServer:
    """The server; use it as a context manager. `faults` says what goes wrong where, such as `{"SELECT": "no"}`."""

    tls: Literal["none", "starttls", "implicit"] = "none"
    context: ssl.SSLContext | None = None
    capabilities: str = "IMAP4rev1 AUTH=PLAIN"
    faults: dict[str, str] = field(default_factory=dict)
    mailbox: dict[int, Kept] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def url(self, **changed: str) -> BounceUrl:
        """The way to this mailbox as settings hold it."""
        port = self._listener.getsockname()[1]
        given = {"host": "127.0.0.1", "port": port, "user": USER, "password": PASSWORD, "tls": self.tls}
        return BounceUrl(**(given | {"folder": "INBOX"} | changed))

    def put(self, *raws: bytes) -> None:
        """Let messages come in."""
        for raw in raws:
            self.mailbox[max(self.mailbox, default=0) + 1] = Kept(raw)

    @property
    def unseen(self) -> list[int]:
        """The UIDs of what nobody has taken."""
        return [uid for uid, kept in self.mailbox.items() if not kept.is_seen]

    def verbs(self) -> list[str]:
        """The commands so far, without their tags and values."""
        return [" ".join(one.text.split(" ")[1:3]).upper() for one in self.said]

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        sock.settimeout(10)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session = _Session(self, sock)
        with suppress(OSError, EOFError):
            session.run()
        session.sock.close()


class _Session:
    def __init__(self, server: ImapServer, sock: socket.socket) -> None:
        self.server, self.sock, self.is_encrypted = server, sock, False
        self.lines = sock.makefile("rb")

    def run(self) -> None:
        if self.server.tls == "implicit":
            self._encrypt()
        self._fault("CONNECT")
        self._say("* OK ready")
        while True:
            line = self._line()
            self.server.said.append(Said(line, self.is_encrypted))
            tag, verb, rest = (*line.split(" ", 2), "")[:3]
            if verb.upper() == "UID":
                verb, _, rest = rest.partition(" ")
            if self._fault(verb.upper()):
                self._say(f"{tag} NO as the test says, {PASSWORD}")
                continue
            getattr(self, f"_{verb.lower()}")(tag, rest)

    def _fault(self, verb: str) -> bool:
        fault = self.server.faults.get(verb, "")
        if fault == "hang":
            self.server.stopped.wait(10)
        if fault == "nonsense":
            self._say("what is this")
        if fault in ("hang", "drop", "nonsense"):
            raise EOFError
        return fault == "no"

    def _capability(self, tag: str, _: str) -> None:
        more = " STARTTLS LOGINDISABLED" if self.server.tls == "starttls" and not self.is_encrypted else ""
        self._say(f"* CAPABILITY {self.server.capabilities}{more}", f"{tag} OK done")

    def _starttls(self, tag: str, _: str) -> None:
        self._say(f"{tag} OK begin")
        self._encrypt()

    def _authenticate(self, tag: str, _: str) -> None:
        self._say("+ ")
        _, user, password = base64.b64decode(self._line()).decode().split("\0")
        self._log_in(tag, user, password)

    def _login(self, tag: str, rest: str) -> None:
        user, password = re.findall(r'"((?:[^"\\]|\\.)*)"', rest)
        self._log_in(tag, *(re.sub(r"\\(.)", r"\1", one) for one in (user, password)))

    def _log_in(self, tag: str, user: str, password: str) -> None:
        self.server.logins.append((user, password))
        self._say(f"{tag} OK welcome" if password == PASSWORD else f"{tag} NO not {password}")

    def _select(self, tag: str, _: str) -> None:
        self._say(f"* {len(self.server.mailbox)} EXISTS", f"{tag} OK [READ-WRITE] chosen")

    def _search(self, tag: str, rest: str) -> None:
        assert rest == "UNSEEN"
        self._say(" ".join(["* SEARCH", *map(str, self.server.unseen)]), f"{tag} OK done")

    def _fetch(self, tag: str, rest: str) -> None:
        uid, most = re.fullmatch(r"(\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest).groups()
        kept = self.server.mailbox.get(int(uid))
        if kept is not None:
            raw = kept.raw[: int(most)]
            self.sock.sendall(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        self._say(f"{tag} OK done")

    def _store(self, tag: str, rest: str) -> None:
        uid = re.fullmatch(r"(\d+) \+FLAGS\.SILENT \(\\Seen\)", rest)[1]
        self.server.mailbox[int(uid)].is_seen = True
        self._say(f"{tag} OK done")

    def _logout(self, tag: str, _: str) -> None:
        self._say("* BYE", f"{tag} OK gone")
        raise EOFError

    def _encrypt(self) -> None:
        assert self.server.context is not None
        self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        self.is_encrypted = True
        self.lines = self.sock.makefile("rb")

    def _line(self) -> str:
        line = self.lines.readline()
        if not line:
            raise EOFError
        return line.decode().rstrip("\r\n")

    def _say(self, *lines: str) -> None:
        self.sock.sendall("".join(f"{line}\r\n" for line in lines).encode())
