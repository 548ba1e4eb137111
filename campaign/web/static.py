"""Style, fonts and pictures: served under an address that names what is in them, kept for ever."""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, abort, request

from campaign.web.packing import pack

FOLDER = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600

blueprint = Blueprint("files", __name__)


def _hash_of(folder: Path) -> str:
    """Name the contents of a folder in 12 hex digits; one for all: the style points to its fonts."""
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        found.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


VERSION = _hash_of(FOLDER)
_FILES = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()}  # some 400 kB in all
_ETAGS = {name: hashlib.sha256(told).hexdigest()[:16] for name, told in _FILES.items()}
_TYPES = {
    ".css": "text/css",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}


def address(name: str) -> str:
    """Return the address of a file of the static folder. Raises FileNotFoundError where there is none."""
    if not (FOLDER / name).is_file():
        raise FileNotFoundError(name)
    return f"/static/{VERSION}/{name}"


@blueprint.get("/static/<version>/<name>")
def show(version: str, name: str) -> Response:
    """Serve a file; for ever where the version is this one, else only for this once.

    Another version is asked for while servers are replaced one by one: a page of the old, a file of the new.
    """
    answer = _file(name, _YEAR)
    if version == VERSION:
        answer.cache_control.immutable = True
    else:
        answer.cache_control.clear()
        answer.cache_control.no_cache = True
    return answer


def _file(name: str, max_age: int) -> Response:
    """Answer with a file, packed where that helps. Answers 404 where there is none."""
    if name not in _FILES:
        abort(404)
    answer = Response(_FILES[name], mimetype=_TYPES[Path(name).suffix])
    answer.cache_control.public = True
    answer.cache_control.max_age = max_age
    answer.set_etag(_ETAGS[name])
    pack(answer, is_lasting=True)
    answer.make_conditional(request, accept_ranges=True, complete_length=answer.calculate_content_length())
    return answer


@blueprint.get("/embed.js")
def embed() -> Response:
    """Serve the script for pages of other sites that hold a form of ours: its address stays, so it is kept an hour."""
    answer = _file("embed.js", 3600)
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Serve the small mark where browsers look for it unasked."""
    return _file("favicon.ico", 24 * 3600)
