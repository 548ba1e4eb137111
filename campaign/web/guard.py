"""The border: what may come in at all, decided before any view runs and before anything is parsed.

Everything here ends in one plain sentence and the status 400, 403, 413 or 415, never in a 500.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, g, request

from campaign.domain.register import MAX_BYTES
from campaign.errors import FormDamagedError, NotFoundError
from campaign.web.forms import body, document

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")  # one and the same machine by three names
_SAFE = ("GET", "HEAD", "OPTIONS")
_MOST_READ_AWAY = 16_000_000  # bytes
_PIECE = 65_536
_OWN_SITE = ("same-origin", "none")
_IS_OURS = "campaign.host_is_ours"
_FOR_PROGRAMS = "/api/"  # JSON comes here, and forms everywhere else
_OSDI = "/api/osdi/"


@dataclass(frozen=True, slots=True)
class Upload:
    """What an address takes beside fields: one file, in the part of a name, in a body of so many bytes at most."""

    field: str
    most: int


# R1: nothing is larger than 64 kB but the directory of offices, and that only from organisers.
UPLOADS = {"/organise/offices/import/": Upload("file", MAX_BYTES + body.MAX_BYTES)}


class OwnHost:
    """Stands before the application: notes whether the Host is ours, and hides one that is not.

    A foreign name never gets as far as anything that builds an address from it. The answer is written by the
    application all the same, so that it looks and speaks like every other.
    """

    def __init__(self, wsgi_app: "WSGIApplication", base_url: str, *, is_loopback: bool) -> None:
        """Take the host from the base address; on a loopback address all its names are one."""
        self.wsgi_app = wsgi_app
        self.base_host = urlsplit(base_url).netloc.lower()
        self.names = _LOOPBACK if is_loopback else (_name(self.base_host),)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Mark the request and hand it on."""
        host = environ.get("HTTP_HOST", "").lower()
        is_ours = _name(host) in self.names
        environ[_IS_OURS] = is_ours
        environ["HTTP_HOST"] = host if is_ours else self.base_host
        return self.wsgi_app(environ, start_response)


def _name(host: str) -> str:
    """Return a Host without its port, which may be any that exists; empty where it is no Host at all."""
    match = _HOST.fullmatch(host)
    if match is None or not 1 <= int(match[2] or "80") <= 65535:
        return ""
    return match[1]


def install(app: Flask, base_url: str, *, is_loopback: bool, is_somebody: Callable[[], bool] = lambda: False) -> None:
    """Put the border before every view of the application; `is_somebody` tells whether an organiser is at the door."""
    app.wsgi_app = OwnHost(app.wsgi_app, base_url, is_loopback=is_loopback)  # type: ignore[method-assign]
    # One byte more than may come: Werkzeug cuts a chunked body off at its limit and says nothing.
    app.config["MAX_CONTENT_LENGTH"] = body.MAX_BYTES + 1
    app.before_request(partial(check, is_somebody))


def check(is_somebody: Callable[[], bool] = lambda: False) -> None:
    """Check the request at hand; `g.fields` then holds a form's fields, each once, `g.document` a JSON body.

    `is_somebody` tells whether an organiser is at the door, for addresses that take a file: `g.file` is its bytes.

    Raises FormDamagedError, or NotFoundError where the address itself is damaged.
    """
    g.fields, g.document, g.file = {}, None, b""
    if not request.environ.get(_IS_OURS):
        raise FormDamagedError("E-HOST")
    _check_path()
    if request.method in _SAFE:
        return
    _check_site()
    if request.routing_exception is not None:
        return
    upload = UPLOADS.get(request.path)
    if upload is not None and not is_somebody():
        _read_away(request.content_length or _MOST_READ_AWAY)  # the gate leads whoever it is to the login
        return
    raw = _read(upload.most if upload is not None else body.MAX_BYTES)
    content_type = request.headers.get("Content-Type", "")
    if upload is not None:
        g.fields, g.file = body.decode_with_file(raw, content_type, upload.field)
    elif request.path.startswith(_FOR_PROGRAMS):
        g.document = document.decode(raw, content_type, takes_none=request.path.startswith(_OSDI))
    else:
        g.fields = body.decode(raw, content_type)


def _check_path() -> None:
    """Refuse an address that is not UTF-8 or holds a NUL; WSGI hands it over as Latin-1."""
    raw = request.environ.get("PATH_INFO", "").encode("latin-1", "replace")
    try:
        path = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NotFoundError from None
    if "\0" in path:
        raise NotFoundError


def _check_site() -> None:
    """Refuse a press that another site made a browser do, the way Go's CrossOriginProtection does.

    Sec-Fetch-Site decides where a browser sends it; else an Origin must be our own Host; a request with
    neither comes from no browser's page and is served.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    is_own = site in _OWN_SITE if site is not None else origin is None or _is_own_origin(origin)
    if not is_own:
        raise FormDamagedError("E-CROSS-SITE", 403)


def _is_own_origin(origin: str) -> bool:
    try:
        parts = urlsplit(origin)
        default = {"http": ":80", "https": ":443"}[parts.scheme]
    except (ValueError, KeyError):
        return False
    host: str = request.environ["HTTP_HOST"]
    return parts.netloc.lower().removesuffix(default) == host.removesuffix(default)


def _read(most: int) -> bytes:
    """Read the body, never more than so many bytes of it."""
    if request.headers.get("Transfer-Encoding") and request.headers.get("Content-Length"):
        raise FormDamagedError("E-DAMAGED")  # two lengths: two servers may read two different requests
    length = request.content_length
    if length is not None and length > most:
        _read_away(length)
        raise FormDamagedError("E-LENGTH", 413)
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise FormDamagedError("E-ENCODING", 415)
    request.max_content_length = most + 1  # Werkzeug cuts a chunked body off there and says nothing
    raw = request.get_data(cache=False, parse_form_data=False)
    if len(raw) > most:
        raise FormDamagedError("E-LENGTH", 413)
    if length is not None and len(raw) != length:
        raise FormDamagedError("E-DAMAGED")  # cut off on the way: what was meant is not what came
    return raw


def _read_away(length: int) -> None:
    """Read a body that is refused, in pieces and not for ever, so that its sender hears why."""
    left = min(length, _MOST_READ_AWAY)
    stream = request.environ["wsgi.input"]
    while left > 0:
        piece = stream.read(min(left, _PIECE))
        if not piece:
            return
        left -= len(piece)
