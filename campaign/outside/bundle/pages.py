"""Rules of pages: Markdown without HTML, pictures or a first-rank heading, and numbers from the data."""

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from campaign.domain.cause import PAGES, Page
from campaign.errors import Mistake
from campaign.outside.bundle import passage as passages
from campaign.outside.bundle.passage import Kinds, Passage
from campaign.outside.bundle.sheet import Placed
from campaign.outside.bundle.sources import is_address
from campaign.outside.bundle.words import SECTIONS, Languages

REQUIRED = ("evidence", "faq", "privacy", "accessibility")  # the others are drawn from data, with or without a text
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")  # HTML on, so that it can be told


def check(placed: Placed[Page], line: int, kinds: Kinds) -> Iterator[Mistake]:
    """Check one page, whose body begins on a line of its file."""
    thing = placed.thing
    whole = passage(placed, line)
    if not thing.title or "\n" in thing.title or "{{" in thing.title:
        yield placed.mistake("`title` must be one line without braces", "title")
    yield from passages.braces(whole, kinds)
    # Filled-in fields are one character to Markdown, on the lines they stand on.
    bare = _TAG.sub(lambda tag: "x" + "\n" * tag.group().count("\n"), thing.body)
    for token in _MARKDOWN.parse(bare):
        yield from _token(token, whole, bare)


def passage(placed: Placed[Page], line: int) -> Passage:
    """Take a page's body as a passage."""
    thing = placed.thing
    return Passage(thing.body, placed.sheet.file, line, thing.language, is_exact=True)


def complete(found: Mapping[str, frozenset[str]], languages: Languages) -> Iterator[Mistake]:
    """Hold the names of the pages of each language against those that it needs.

    A page that is a section of its own, as the glossary is, may be declared missing by itself.
    """
    wanted = [name for name in PAGES if name in REQUIRED or name in found.get("en", ())]
    for language, names in found.items():
        for name in wanted:
            section = name if name in SECTIONS else "pages"
            is_due = not languages.all or language in languages.due(section)
            if is_due and name not in names:
                declare = "" if language == "en" else f", or declare {language} missing for {section} in campaign.yaml"
                yield Mistake(f"pages/{language}/{name}.md", 0, f"this file is missing; write it{declare}")
            if not is_due and name in names:
                what = f"campaign.yaml declares {language} missing for {section}, and this file is here all the same"
                yield Mistake(f"pages/{language}/{name}.md", 0, what)
        for name in sorted(names - set(wanted)):
            yield Mistake(f"pages/{language}/{name}.md", 0, "there is no such page in English")


def _token(token: Token, whole: Passage, bare: str) -> Iterator[Mistake]:
    first = (token.map or [0])[0]
    if token.type == "html_block":
        yield whole.mistake("HTML is not allowed; write Markdown", first + 1)
    if token.type == "heading_open" and token.tag == "h1":
        yield whole.mistake("the title is the page's only heading of the first rank; begin this one with ##", first + 1)
    for child in token.children or ():
        yield from _inline(child, first, whole, bare)


def _inline(token: Token, first: int, whole: Passage, bare: str) -> Iterator[Mistake]:
    def line(text: str) -> int:
        """Find the line of a piece of the block that begins on `first`, else that line."""
        start = sum(len(one) + 1 for one in bare.split("\n")[:first])
        found = bare.find(text, start)
        return bare.count("\n", 0, found if found >= 0 else start) + 1

    if token.type == "html_inline":
        yield whole.mistake(f"HTML is not allowed ({token.content}); write Markdown", line(token.content))
    if token.type == "image":
        yield whole.mistake("pictures are not allowed", line(str(token.attrs.get("src", ""))))
    if token.type == "link_open":
        target = str(token.attrs.get("href", ""))
        is_ours = target.startswith(("/", "#", "mailto:")) and not target.startswith("//")
        if not is_ours and not is_address(target):
            yield whole.mistake(f"“{target}” is not the whole address of a page", line(target))
    if token.type == "text" and not is_address(token.content):
        for found in passages.typed_numbers(Passage(token.content, whole.file, 0, whole.language)):
            yield whole.mistake(found.what, line(token.content))
