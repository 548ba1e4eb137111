"""A load over the loopback: eight connections kept open, each sending its next request when it has an answer."""

import itertools
import re
import socket
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator

CONNECTIONS = 8
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_NUMBERS = itertools.count()


def _get(url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=30) as answer:
        return answer.read().decode()


def _post(host: str, path: str, body: bytes) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def bare_posts(base: str) -> Callable[[], bytes]:
    """Requests that insert one row."""
    host = base.removeprefix("http://")

    def request() -> bytes:
        number = next(_NUMBERS)
        body = urllib.parse.urlencode({"name": "Ona Nordmann", "email": f"person{number}@example.org"}).encode()
        return _post(host, "/", body)

    return request


def signatures(base: str) -> Callable[[], bytes]:
    """Requests that sign Lithuania's letter, each from a mailbox of its own."""
    host = base.removeprefix("http://")
    path = "/en/keep-the-ban/lithuania/"
    page = _get(base + path)
    fixed = dict(_hidden(page))
    fixed |= dict.fromkeys(re.findall(r'name="(office-[a-z-]+)"', page), "on")
    consent = re.search(r'<input[^>]*name="consent-letter"[^>]*>', page)
    if consent is None:
        raise ValueError("the form has no consent")
    fixed["consent-letter"] = re.search(r'value="([0-9a-f]+)"', consent.group(0)).group(1)
    fixed |= {"name": "Ona Nordmann", "country": "NO", "letter_language": "lt", "shown": "name", "answers": "mine"}
    encoded = urllib.parse.urlencode(fixed)

    def request() -> bytes:
        number = next(_NUMBERS)
        return _post(host, path, f"{encoded}&email=person{number}%40example.org".encode())

    return request


def _hidden(page: str) -> Iterator[tuple[str, str]]:
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name is not None:
            yield name.group(1), value.group(1) if value else ""


def pages(base: str) -> Callable[[], bytes]:
    """Requests for a state's page."""
    request = f"GET /lt/keep-the-ban/lithuania/ HTTP/1.1\r\nHost: {base.removeprefix('http://')}\r\n\r\n".encode()
    return lambda: request


def run(base: str, request: Callable[[], bytes], seconds: float) -> float:
    """Send requests for a while; how many were answered well a second. Raises ValueError at the first bad one."""
    host, _, port = base.removeprefix("http://").partition(":")
    end = time.monotonic() + seconds
    done, wrong = [0] * CONNECTIONS, []

    def one(place: int) -> None:
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            while time.monotonic() < end and not wrong:
                connection.sendall(request())
                status = _answer(connection)
                if status not in (b"200", b"303"):
                    wrong.append(status)
                    return
                done[place] += 1

    threads = [threading.Thread(target=one, args=(place,)) for place in range(CONNECTIONS)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise ValueError(f"answered {wrong[0].decode()}")
    return sum(done) / (time.monotonic() - start)


def _answer(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    found = _LENGTH.search(head)
    length = int(found.group(1)) if found else 0
    while len(body) < length:
        body += _more(connection)
    return head.split(b" ", 2)[1]


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65_536)
    if not part:
        raise ConnectionError("closed")
    return part
