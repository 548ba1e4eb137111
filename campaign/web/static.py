"""Style, fonts and pictures: served under an address that names what is in them, kept for ever."""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

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
    answer = send_from_directory(FOLDER, name, max_age=_YEAR)
    if version == VERSION:
        answer.cache_control.immutable = True
    else:
        answer.cache_control.clear()
        answer.cache_control.no_cache = True
    return answer


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Serve the small mark where browsers look for it unasked."""
    return send_from_directory(FOLDER, "favicon.ico", max_age=24 * 3600)
