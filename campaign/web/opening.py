"""The openings that this process counted: added to by a picture, written down by a thread and at the end."""

import atexit
import re
from multiprocessing import util
from typing import cast
from urllib.parse import parse_qs, urlsplit

from flask import Flask, current_app, request

from campaign.parts import Parts
from campaign.services.opened import Openings
from campaign.web.source import EMBEDDED

_KEY = "campaign.openings"
_SOURCE = re.compile(r"(?!kiosk-)[a-z0-9-]{1,32}")  # as in web/source


def keep(app: Flask, parts: Parts) -> None:
    """Keep the count with the application; nothing is written by itself before `begin`."""
    app.extensions[_KEY] = Openings(parts)


def of(app: Flask) -> Openings:
    """The openings that an application counted and has not written."""
    return cast("Openings", app.extensions[_KEY])


def begin(app: Flask) -> None:
    """Write them down now and then, and when this process ends, by itself or as the child of a server."""
    openings = of(app)
    openings.begin()
    atexit.register(openings.end)
    util.Finalize(None, openings.end, exitpriority=10)


def count(campaign_id: int, state_id: int, language: str, source: str | None = None) -> None:
    """Count an opening, from a source, or else from that of the page that the request at hand came from."""
    of(current_app).add(campaign_id, state_id, language, _source() if source is None else source)


def _source() -> str:
    """The source in the address of our own page (Referer), a short plain word, or nothing."""
    try:
        page = urlsplit(request.referrer or "")
        asked = parse_qs(page.query, max_num_fields=100)
    except ValueError:
        return ""
    said = asked.get("source", [""])[0]
    own = request.path.rpartition("/")[0] + "/"
    is_embedded = page.path == f"{own}embed/"
    if page.netloc != request.host or not (is_embedded or page.path == own):
        return ""
    return said if _SOURCE.fullmatch(said) else EMBEDDED if is_embedded else ""
