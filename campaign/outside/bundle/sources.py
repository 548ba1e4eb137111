"""Rules of sources: what is told has a place where anybody can read it, or says that it is unchecked."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from campaign.domain.cause import Event, Fact, Intervention, Point
from campaign.errors import Mistake
from campaign.outside.bundle.sheet import Placed


def is_address(text: str) -> bool:
    """Tell whether a text is the whole address of a page: http or https, a host, nothing shortened."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_whole = not any(one.isspace() for one in text) and "…" not in text and "..." not in text
    return parts.scheme in ("http", "https") and "." in host.strip(".") and is_whole


def check(placed: Placed[Event] | Placed[Fact] | Placed[Intervention] | Placed[Point]) -> Iterator[Mistake]:
    """Refuse a thing without a source, and one whose source is no page unless it says `is_unchecked: true`."""
    thing = placed.thing
    if not thing.source:
        yield placed.mistake("`source` is empty; say where this is told", "source")
    for index, one in enumerate(thing.source):
        if not one:
            yield placed.mistake("a source is empty", "source", index)
        elif not thing.is_unchecked and not is_address(one):
            yield placed.mistake(
                f"“{one}” is not the whole address of a page; give it, or say `is_unchecked: true`", "source", index
            )
        elif one in thing.source[:index]:
            yield placed.mistake("this source is listed twice", "source", index)
