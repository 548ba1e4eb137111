"""Rules of words: every text in every language that is due, none in another, and nothing left unfilled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args, get_type_hints

from campaign.domain.cause import Salutation, Words
from campaign.errors import Mistake
from campaign.outside.bundle.sheet import Placed, Sheet

SECTIONS = ("pages", "facts", "interventions", "points", "chase", "glossary")
_SEVERAL_LINES = frozenset(("lede", "note", "share", "text", "wants", "what"))


@dataclass(frozen=True, slots=True)
class Languages:
    """The campaign's languages, and those that a section of its texts is declared to lack."""

    all: tuple[str, ...]
    missing: Mapping[str, frozenset[str]]

    def due(self, section: str = "") -> tuple[str, ...]:
        """List the languages that a section's texts must be in."""
        missing = self.missing.get(section, frozenset())
        return tuple(one for one in self.all if one not in missing)


def check(
    placed: Placed[Any],
    languages: Languages,
    *,
    section: str = "",
    templates: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> Iterator[Mistake]:
    """Hold every field of Words of a thing against the languages; `templates` may have fields to fill in."""
    hints = get_type_hints(type(placed.thing))
    for field in fields(placed.thing):
        found = getattr(placed.thing, field.name)
        is_words = Words in (hints[field.name], *get_args(hints[field.name]))
        if is_words and found is not None and field.name not in apart:
            yield from check_languages(placed, field.name, found, languages, section)
        if is_words and found is not None:
            for language, text in found.items():
                yield from _text(placed, field.name, language, text, is_template=field.name in templates)


def check_languages(
    placed: Placed[Any], name: str, found: Mapping[str, object], languages: Languages, section: str = ""
) -> Iterator[Mistake]:
    """Hold the languages of one field against those that are due."""
    due = languages.due(section)
    lacking = ", ".join(one for one in due if one not in found)
    if lacking:
        declare = " or declare it in campaign.yaml under missing_translations" if section else ""
        yield placed.mistake(f"`{name}` lacks {lacking}; write it{declare}", name)
    for language in found:
        yield from _language(placed, name, language, languages, section)


def known(placed: Placed[Any], name: str, found: Mapping[str, object], languages: Languages) -> Iterator[Mistake]:
    """Refuse languages that are not the campaign's, where a field need not be in all of them."""
    for language in found:
        yield from _language(placed, name, language, languages, "")


def _language(placed: Placed[Any], name: str, language: str, languages: Languages, section: str) -> Iterator[Mistake]:
    if not languages.all:  # what is wrong with the list itself has been said
        return
    if language not in languages.all:
        yield placed.mistake(
            f"`{language}` is not a language of this campaign; languages are {', '.join(languages.all)}",
            *(name, language),
        )
    elif language not in languages.due(section):
        yield placed.mistake(
            f"`{name}` is in {language}, which campaign.yaml declares missing for {section}", name, language
        )


def _text(placed: Placed[Any], name: str, language: str, text: str, *, is_template: bool) -> Iterator[Mistake]:
    if not text:
        yield placed.mistake(f"`{name}` in {language} is empty", name, language)
    if not is_template and ("{{" in text or "{%" in text):
        yield placed.mistake(f"`{name}` in {language} has braces, but nothing is filled in here", name, language)
    if "\n" in text and name not in _SEVERAL_LINES:
        yield placed.mistake(f"`{name}` in {language} must be one line", name, language)


def salutations(placed: Placed[Any], found: Mapping[str, Salutation], languages: tuple[str, ...]) -> Iterator[Mistake]:
    """Refuse salutations that are empty, of several lines, or missing in a language that needs one."""
    lacking = ", ".join(one for one in languages if one not in found)
    if lacking:
        yield placed.mistake(f"`salutation` lacks {lacking}; write it", "salutation")
    for language, one in found.items():
        if not one.neutral:
            yield placed.mistake("`neutral` is empty", "salutation", language, "neutral")
        for form in ("neutral", "masculine", "feminine"):
            text = getattr(one, form)
            if "\n" in text or "{{" in text or "{%" in text:
                yield placed.mistake(f"`{form}` must be one line without braces", "salutation", language, form)


def unread(sheet: Sheet, languages: Languages, section: str = "") -> Iterator[Mistake]:
    """Check the list at the head of a file that names the languages no native has read."""
    found = sheet.at(("unread",))
    if not isinstance(found, list):
        yield sheet.mistake("this file needs `unread`, the list of languages in it that no native has read", "unread")
        return
    for index, one in enumerate(found if languages.all else ()):
        if one not in languages.due(section):
            allowed = ", ".join(languages.due(section))
            yield sheet.mistake(f"`unread` names {one}; this file is in {allowed}", "unread", index)
        elif one in found[:index]:
            yield sheet.mistake(f"`unread` names {one} twice", "unread", index)
