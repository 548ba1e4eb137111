"""A reader who follows every link: which addresses a site names, where each leads, and what its pages ask for."""

import html.parser
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from flask.testing import FlaskClient

# element -> the attribute that leads on, and the one whose address the browser asks for by itself.
LEADING = {"a": "href", "area": "href"}
POSTED = {"form": "action", "button": "formaction"}
LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "input": "src", "object": "data"}
LOADED_RELS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"})
NAMING_PROPERTIES = frozenset({"og:image", "og:url", "twitter:image"})
NOT_FETCHED = ("mailto:", "tel:", "data:")


@dataclass(frozen=True)
class Place:
    """An address that was asked for: its status, where it leads on, the ids in it, and the addresses that it names.

    `leading` are links, `posted` is where forms are sent, `loaded` is what a browser asks for by itself,
    `head` what machines are told.
    """

    status: int = 0
    location: str = ""
    ids: set[str] = field(default_factory=set)
    leading: set[str] = field(default_factory=set)
    posted: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    head: set[str] = field(default_factory=set)


class _Reader(html.parser.HTMLParser):
    """Reads the addresses and ids of a page, as they stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Place()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.place.ids.add(given.get("id", ""))
        self.place.leading.add(given.get(LEADING.get(tag, ""), ""))
        self.place.posted.add(given.get(POSTED.get(tag, ""), ""))
        self.place.loaded.add(given.get(LOADED.get(tag, ""), ""))
        if tag == "link":
            (self.place.loaded if LOADED_RELS & set(given["rel"].split()) else self.place.head).add(given["href"])
        if tag == "meta" and given.get("property") in NAMING_PROPERTIES:
            self.place.head.add(given["content"])

    handle_startendtag = handle_starttag


class Crawl:
    """A site as far as links lead. What is named, loaded or abroad is kept with the page that says so."""

    def __init__(self, client: FlaskClient, base: str) -> None:
        """Take a client of the site, and the address that it gives itself."""
        self.client, self._base = client, base
        self.places: dict[str, Place] = {}
        self.named: set[tuple[str, str]] = set()
        self.loaded: set[tuple[str, str]] = set()
        self.abroad: set[tuple[str, str]] = set()
        self.deaf: set[tuple[str, str]] = set()  # where a form is sent, and nothing takes it
        self.within: set[tuple[str, str]] = set()  # links to a place on the same page, where that is missing

    def follow(self, *starts: str) -> "Crawl":
        """Go on from some addresses until none is new."""
        waiting = list(starts)
        while waiting:
            path = waiting.pop()
            if path not in self.places:
                self.places[path] = self._ask(path)
                waiting += self._note(path, path, self.places[path])
        return self

    def show(self, name: str, path: str, text: str) -> None:
        """Take a page that was met elsewhere, under a name of its own, and ask for what it names, but go no further."""
        for address in list(self._note(name, path, _read(text))):
            self.places.setdefault(address, Place(0))
            if self.places[address].status == 0:
                self.places[address] = self._ask(address)
                if self.places[address].location:
                    self.follow(self.places[address].location)

    def faults(self) -> Iterator[str]:
        """What is wrong with where links lead: nothing there, a way round, or no such place on the page."""
        for page, address in sorted(self.within):
            yield f"{page} leads to {address}, and has no such place"
        for page, address in sorted(self.deaf):
            yield f"{page} sends a form to {address}, which takes none"
        for page, address in sorted(self.named):
            path, fragment = urldefrag(address)
            place = self.places[path]
            if place.status not in (200, 302):
                yield f"{page} leads to {address}, which answers {place.status}"
            if place.location and self.places[place.location].status != 200:
                yield f"{page} leads to {address}, and from there by a way round to {place.location}"
            if fragment and unquote(fragment) not in place.ids:
                yield f"{page} leads to {address}, where there is no such place"
        for page, address in sorted(self.loaded):
            if not address.startswith("/"):
                yield f"{page} asks {address} for something"
            elif self.places[urldefrag(address)[0]].status != 200:
                yield f"{page} shows {address}, which is not there"

    def _note(self, name: str, path: str, place: Place) -> Iterator[str]:
        """Write down what a place names, and give what of it is here."""
        for address in filter(None, place.posted):
            if "POST" not in self.client.options(urljoin(path, address)).headers.get("Allow", ""):
                self.deaf.add((name, address))
        for address in (*place.leading, *place.head, *place.loaded, place.location):
            if not address or address.startswith(NOT_FETCHED):
                continue
            if address.startswith("#"):
                self.within |= set() if unquote(address[1:]) in place.ids else {(name, address)}
                continue
            whole = urljoin(self._base + path, address)
            own = whole.removeprefix(self._base)
            is_here = own != whole and own.startswith("/")
            if address in place.loaded:
                self.loaded.add((name, own))
            elif is_here:
                self.named.add((name, own))
            else:
                self.abroad.add((name, address))
            if is_here:
                yield urldefrag(own)[0]

    def _ask(self, path: str) -> Place:
        answer = self.client.get(path, buffered=True)
        is_page = answer.mimetype == "text/html" and answer.status_code == 200
        found = _read(answer.get_data(as_text=True)) if is_page else Place()
        return replace(found, status=answer.status_code, location=answer.headers.get("Location", ""))


def _read(text: str) -> Place:
    reader = _Reader()
    reader.feed(text)
    return reader.place


def is_well_formed(address: str) -> bool:
    """Whether an address of another site is whole and safe to follow."""
    parts = urlsplit(address)
    return parts.scheme == "https" and "." in (parts.hostname or "") and parts.username is None and " " not in address
