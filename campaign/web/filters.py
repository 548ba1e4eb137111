"""What templates can say: words, numbers, dates and addresses, in the language of the page."""

import datetime as dt
import re
from urllib.parse import quote, urlsplit

from flask import Flask, g, request
from markupsafe import Markup, escape

from campaign.domain import dates
from campaign.domain.cause import Cause, Event, Words
from campaign.domain.standing import Status, standing
from campaign.outside.words import FALLBACK, LANGUAGES
from campaign.parts import Parts
from campaign.web import static
from campaign.web.inward import inward
from campaign.web.outward import outward
from campaign.web.paths import FRAMES, Paths, Place, in_language

_ALSO = {"no": "nb", "nn": "nb"}  # what browsers say for a language we write under another code
_PART = re.compile(r"(?<=\d)(\.?) (?=[^\W\d])")  # between a number and what it counts: "8 May", "2025 m.", "27. gada"
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+")


def preferred_language() -> str:
    """The language the browser asks for most, among those we write; English where it names none of them.

    A region is passed over: Werkzeug's own match would take a less wanted `fi` before a `sv-FI`.
    """
    for asked, quality in request.accept_languages:
        primary = asked.lower().partition("-")[0]
        language = _ALSO.get(primary, primary)
        if quality > 0 and language in LANGUAGES:
            return language
    return FALLBACK


def page_language() -> str:
    """The language of the page at hand: its address says it, else the browser."""
    first = request.path[1:].partition("/")[0]
    if first == "organise":
        return FALLBACK  # the organisers' side is written in English so far
    return first if first in LANGUAGES else preferred_language()


def fill(words: str, values: dict[str, object]) -> Markup:
    """Escape the words of a catalogue and put the values in: escaped, or as the markup they are."""
    return escape(words) % values


class Format:
    """Writes numbers, dates and names in the language of the page."""

    def number(self, value: float) -> str:
        """6,279."""
        return dates.number(value, page_language())

    def date(self, value: str | dt.date) -> str:
        """A date as it stands alone: 8 May 2025; a day, a month or a year as told. No line ends after its day."""
        return _bound(dates.date(_day(value), page_language()))

    def on(self, value: str | dt.date, days: int = 0) -> str:
        """A date as it stands after "on", so many days later where the date is a whole one."""
        day = _day(value)
        return _bound(dates.on_date(day + dt.timedelta(days) if isinstance(day, dt.date) else day, page_language()))

    def since(self, value: str | dt.date) -> str:
        """A date as it stands after "since"."""
        return _bound(dates.since_date(_day(value), page_language()))

    def time(self, value: dt.datetime) -> str:
        """The time of an instant, in UTC: 14:00."""
        return dates.time(value, page_language())

    def instant(self, value: dt.datetime) -> Markup:
        """An instant to the minute, in UTC, for those who compare lists: 2026-11-24 14:00 UTC."""
        at = value.astimezone(dt.UTC)
        return Markup('<time datetime="{}">{} UTC</time>').format(f"{at:%Y-%m-%dT%H:%MZ}", f"{at:%Y-%m-%d %H:%M}")

    def country(self, code: str) -> str:
        """The name of a country in its citation form."""
        return dates.country_name(code, page_language())

    def language(self, code: str) -> str:
        """The name of a language, in the language of the page."""
        return dates.language_name(code, page_language())


def _bound(date: str) -> str:
    """Hold a day to its month, and a year to its word, so that no line ends between them."""
    return _PART.sub("\\1\N{NO-BREAK SPACE}", date)


def _day(value: str | dt.date) -> str | dt.date:
    return value.astimezone(dt.UTC).date() if isinstance(value, dt.datetime) else value


def host(address: str) -> str:
    """Name the host of an address, as a link shows it: apminebanconvention.org."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def contact_link(contact: str) -> Markup:
    """Link to where an organisation can be reached: a mail address or a page."""
    if _CONTACT.fullmatch(contact):
        return Markup('<a href="mailto:{0}">{0}</a>').format(contact)
    return Markup('<a href="{}">{}</a>').format(contact, host(contact))


def spoken(words: Words) -> Markup:
    """Choose the words in the language of the page, else the English ones, marked as such."""
    language = page_language()
    if language in words:
        return escape(words[language])
    return Markup('<span lang="{}">{}</span>').format(FALLBACK, words[FALLBACK])


def status_after(event: Event) -> Status:
    """Say where a state stands once an event has happened, whatever came before."""
    return standing((event,), event.treaty, dt.date.max).status


def install(app: Flask, parts: Parts) -> None:
    """Give the application's templates their words and forms, in macros too, and the frame what it shows."""
    words = parts.words

    def t(key: str, /, **values: object) -> Markup:
        return fill(words.raw(page_language(), key), values)

    def tn(key: str, count: int, /, **values: object) -> Markup:
        n = dates.number(count, page_language())
        return fill(words.raw_plural(page_language(), key, count), {"n": n, **values})

    def forms(key: str) -> dict[str, str]:
        return words.forms(page_language(), key)

    def frame() -> dict[str, object]:
        return _frame(parts.settings.base_url)

    app.jinja_env.globals.update(t=t, tn=tn, forms=forms, fmt=Format(), static=static.address)
    app.jinja_env.filters.update(
        inward=inward, outward=outward, host=host, contact_link=contact_link, spoken=spoken, status_after=status_after
    )
    app.context_processor(frame)


def _frame(base_url: str) -> dict[str, object]:
    """Collect what the frame of a page shows; nothing here needs the database."""
    language, edition = page_language(), g.get("edition")
    place: Place = g.get("place", "page")
    slug = edition.cause.slug if edition else ""
    written = [code for code in LANGUAGES if edition is None or code in edition.cause.languages]
    addresses = {code: _same_page(code, slug) for code in written}
    return {
        "lang": language,
        "edition": edition,
        "paths": Paths(language, slug, place, g.get("device", "")),
        "frame": FRAMES[place],
        "glossary": _glossary(language, edition.cause) if edition else "",
        "switch": [(code, LANGUAGES[code], address) for code, address in addresses.items()],
        "site": base_url,
        "canonical": base_url + addresses.get(language, "/"),
        "alternates": [(code, base_url + address) for code, address in addresses.items()],
    }


def _glossary(language: str, cause: Cause) -> str:
    """Return the address of the page that explains words; empty where a campaign has none."""
    has_one = any(page.name == "glossary" for page in cause.pages)
    return Paths(language, cause.slug).page("glossary") if has_one else ""


def _same_page(language: str, slug: str) -> str:
    """Return the address of the page at hand in another language; else of the campaign."""
    if request.path[1:].partition("/")[0] in LANGUAGES:
        return in_language(quote(request.path, safe="/:@"), language)
    return Paths(language, slug).campaign() if slug else "/"
