"""Where a supporter came from: a short word in the page's address, carried along when the language changes."""

import re
from urllib.parse import parse_qs, urlsplit

from flask import g, request

from campaign.web.paths import in_language

_SOURCE = re.compile(r"(?!kiosk-)[a-z0-9-]{1,32}")  # a tablet's own is nobody else's to say (domain/street)
_SAFE = ("GET", "HEAD")
EMBEDDED = "embed"  # the source of a form in another site's page, where its address names none


def hold(source: str) -> None:
    """Keep a source for the request at hand, whatever its address or form say: a stall's tablet has one of its own."""
    g.source = source


def held() -> str | None:
    """The source that is kept for the request at hand; None where none is."""
    found: str | None = g.get("source")
    return found


def said() -> str:
    """The source of the request at hand; where none is said, that of the place at which the form stands, or nothing.

    Its address says it, else its form, else the page in another language that the form was sent from. Anything
    but a short plain word is nothing.
    """
    known = held()
    if known is not None:
        return known
    told = (request.args.get("source", ""), g.fields.get("source", ""), _sent_from())
    found = next((one for one in told if one), "")
    if _SOURCE.fullmatch(found):
        return found
    return EMBEDDED if g.get("place") == "embed" else ""


def carried() -> str:
    """The source that a form must hold to keep it; none in a page that caches keep, which is the same for everyone."""
    return "" if request.method in _SAFE or held() is not None else said()


def _sent_from() -> str:
    """The source in the address of the page the form was on; browsers tell it within one site (Referer)."""
    try:
        page = urlsplit(request.referrer or "")
        asked = parse_qs(page.query, max_num_fields=100)
    except ValueError:
        return ""
    language = page.path[1:].partition("/")[0]
    is_same_page = page.netloc == request.host and page.path == in_language(request.path, language)
    return asked.get("source", [""])[0] if is_same_page else ""
