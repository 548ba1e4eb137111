"""Pages that are the same for everyone: drawn once, and shown for as long as all they say stands."""

from collections.abc import Callable

from flask import current_app, request

from campaign.domain.edition import Edition
from campaign.queries import tally
from campaign.web import here

_KEY = "campaign.kept"
_MOST = 512  # pages; there are some eighty


def kept(edition: Edition, draw: Callable[[], str]) -> str:
    """Give the page at this address, drawn anew when the edition, the journal, or the minute is another.

    Addresses with a query are drawn each time: what they carry may stand on the page.
    """
    if request.query_string:
        return draw()
    parts = here.parts()
    with parts.reading() as session:
        line = tally.last_line(session)
    stamp = (edition.revision, line, parts.clock.now().replace(second=0, microsecond=0))
    pages: dict[str, tuple[object, str]] = current_app.extensions.setdefault(_KEY, {})
    found = pages.get(request.path)
    if found is not None and found[0] == stamp:
        return found[1]
    page = draw()
    if len(pages) >= _MOST:
        pages.clear()
    pages[request.path] = (stamp, page)
    return page
