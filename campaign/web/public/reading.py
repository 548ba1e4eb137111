"""Long pages: Markdown with the figures of the facts filled in, cut into sections for reading."""

from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from campaign.domain import template
from campaign.domain.cause import Cause, Page
from campaign.outside.words import FALLBACK

# HTML in a page is shown as text, and links lead to the web or to the site itself: the reader checks both.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under one heading; `id` is its place on the page: part-1, part-2 and so on."""

    id: str
    heading: Markup
    body: Markup


@dataclass(frozen=True, slots=True)
class Reading:
    """A page to read, in the language it is written in, which may not be the one asked for."""

    title: str
    language: str
    opening: Markup
    sections: tuple[Section, ...]
    is_unread: bool  # whether no native has read it yet


def find(cause: Cause, name: str, language: str) -> Page | None:
    """Find a page in a language, else in English; None where it is in neither."""
    found = {page.language: page for page in cause.pages if page.name == name}
    return found.get(language, found.get(FALLBACK))


def read(cause: Cause, name: str, language: str) -> Reading | None:
    """Fill in and cut a page, in a language or else in English; None where it is in neither.

    Raises LetterError where the page names a field that no fact has.
    """
    page = find(cause, name, language)
    if page is None:
        return None
    source = template.render(page.body, page.language, {fact.id: fact.value for fact in cause.facts})
    opening, sections = _cut(source)
    return Reading(page.title, page.language, opening, sections, not page.has_native_reader)


@lru_cache(maxsize=128)
def _cut(source: str) -> tuple[Markup, tuple[Section, ...]]:
    """Turn Markdown into what stands before the first second-rank heading, and the sections."""
    tokens = _MARKDOWN.parse(source)
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    ends = [*starts[1:], len(tokens)] if starts else []
    sections = tuple(
        Section(f"part-{number}", _inline(tokens[start + 1]), _html(tokens[start + 3 : end]))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )
    return _html(tokens[: starts[0]] if starts else tokens), sections


def _html(tokens: list[Token]) -> Markup:
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704  rendered with HTML off


def _inline(token: Token) -> Markup:
    return _html([token])
