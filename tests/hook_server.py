"""A receiver of webhooks on the loopback, with a certificate: it keeps what it hears, and answers as it is told."""

import contextlib
import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from certificates import Authority

from campaign.outside.dns import FakeResolver, Resolver
from campaign.outside.webhook import HttpsPoster

HOST = "hooks.example.org"
OK = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"


class HookServer:
    """Takes one connection at a time. `heard` holds whole requests, `connections` counts those that came at all."""

    def __init__(self, context: ssl.SSLContext, answer: bytes = OK, *, wait: float = 0.0, drip: float = 0.0) -> None:
        """Answer after a wait, and, with a drip, byte by byte (seconds)."""
        self._context, self.answer, self.wait, self._drip = context, answer, wait, drip
        self.heard: list[bytes] = []
        self.connections = 0
        self._stop = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=10)
        self._socket.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(OSError):
                plain, _ = self._socket.accept()
                self.connections += 1
                plain.settimeout(3)
                with plain, self._context.wrap_socket(plain, server_side=True) as line:
                    self._answer(line)

    def _answer(self, line: ssl.SSLSocket) -> None:
        raw = b""
        while b"\r\n\r\n" not in raw:
            raw += line.recv(65536)
        head, _, body = raw.partition(b"\r\n\r\n")
        length = next(int(one.split(b":")[1]) for one in head.split(b"\r\n") if one.lower().startswith(b"content-len"))
        while len(body) < length:
            body += line.recv(65536)
        self.heard.append(head + b"\r\n\r\n" + body)
        self._stop.wait(self.wait)
        pieces = [self.answer[at : at + 1] for at in range(len(self.answer))] if self._drip else [self.answer]
        for piece in pieces:
            line.sendall(piece)
            if self._drip:
                self._stop.wait(self._drip)


class Receiver:
    """Makes servers, and posters that trust their certificates and may reach the loopback."""

    def __init__(self, folder: Path) -> None:
        self._authority = Authority(folder, dt.datetime.fromtimestamp(time.time(), dt.UTC))

    def server(self, *names: str, **more: object) -> HookServer:
        """A server with a certificate for some names, by default the usual one."""
        return HookServer(self._authority.server_context(*(names or (HOST,))), **more)

    def poster(self, port: int, resolver: Resolver | None = None) -> HttpsPoster:
        """A poster as it is used for real, but that the loopback is allowed."""
        found = resolver or FakeResolver(hosts={HOST: [("127.0.0.1",)]})
        context = self._authority.client_context()
        return HttpsPoster(found, context=context, port=port, may_reach=lambda address: address == "127.0.0.1")

    def strict(self, port: int, resolver: Resolver) -> HttpsPoster:
        """A poster as it is used for real, but for its port and whom it trusts."""
        return HttpsPoster(resolver, context=self._authority.client_context(), port=port)


@contextlib.contextmanager
def receiver(folder: Path, **more: object) -> Iterator[tuple[HookServer, HttpsPoster]]:
    """A server and a poster to it."""
    made = Receiver(folder)
    with made.server(**more) as server:
        yield server, made.poster(server.port)
