"""Every word a person reads is in the catalogues: in every language, with the same values, used and up to date."""

import re

import pytest
from babel.messages.plurals import get_plural
from words import KEY, catalogues, forms, key_of, messages, placeholders, uses

from campaign.outside.words import FALLBACK, LANGUAGES

TRANSLATED = [language for language in LANGUAGES if language != FALLBACK]
ENGLISH = messages(FALLBACK)
# Pages for organisers fall back to English until somebody translates them.
IN_ENGLISH_FIRST = {name for name in catalogues(FALLBACK) if name.startswith("organise")}
_TAG = re.compile(r"<[a-z/!]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_stands_once_in_a_language_and_reads_like_a_key(language):
    keys = [key_of(one) for catalogue in catalogues(language).values() for one in catalogue if one.id]
    assert sorted(keys) == sorted(set(keys))
    assert [key for key in keys if not KEY.fullmatch(key)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_the_domains_and_keys_of_english_and_no_others(language):
    assert set(catalogues(language)) | IN_ENGLISH_FIRST == set(catalogues(FALLBACK))
    for domain, catalogue in catalogues(FALLBACK).items():
        if domain not in catalogues(language):
            continue
        expected = {key_of(one) for one in catalogue if one.id}
        found = {key_of(one) for one in catalogues(language)[domain] if one.id}
        assert found ^ expected == set(), f"{domain}: in one of {language} and {FALLBACK} only"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_in_every_plural_form_of_the_language(language):
    plural = get_plural(language)
    for domain, catalogue in catalogues(language).items():
        assert catalogue.num_plurals == plural.num_plurals, domain
    wrong = {
        key: forms(one)
        for key, one in messages(language).items()
        if not all(text and text.strip() == text for text in forms(one))
        or one.fuzzy
        or len(forms(one)) != (plural.num_plurals if one.pluralizable else 1)
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_filled_and_wants_the_values_of_english(language):
    wrong = {}
    for key, one in messages(language).items():
        wanted = placeholders(ENGLISH[key]) if key in ENGLISH else frozenset()
        found = [text % dict.fromkeys(wanted, "value") for text in forms(one) if _fits(text, wanted)]
        if len(found) != len(forms(one)) or placeholders(one) != wanted or any(_TAG.search(text) for text in found):
            wrong[key] = forms(one)
    assert wrong == {}


def _fits(text: str, wanted: frozenset[str]) -> bool:
    try:
        text % dict.fromkeys(wanted, "value")
    except (KeyError, TypeError, ValueError):
        return False
    return True


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_is_a_plural_in_every_language_or_in_none(language):
    both = messages(language).keys() & ENGLISH.keys()
    assert [key for key in both if messages(language)[key].pluralizable != ENGLISH[key].pluralizable] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_was_made_of_the_english_that_stands_now(language):
    """A translation keeps the English it was made of in a comment; of a plural, the form for many."""
    stale = {
        key: _made_of(one)
        for key, one in messages(language).items()
        if key in ENGLISH and _made_of(one) != forms(ENGLISH[key])[-1]
    }
    assert stale == {}


def _made_of(message) -> str:
    """The English in an entry's comment, whatever lines it was broken into."""
    said = " ".join(message.auto_comments)
    return said.partition("en:")[2].strip()


def test_every_key_that_is_asked_for_exists():
    unknown = [
        f"{use.where}: {use.pattern}"
        for use in uses()
        if use.is_call and not any(re.fullmatch(use.pattern, key) for key in ENGLISH)
    ]
    assert unknown == []


def test_every_text_is_given_the_values_it_wants():
    wrong = {}
    for use in uses():
        key = use.pattern.replace("\\", "")
        if use.is_call and use.is_literal and use.given is not None and key in ENGLISH:
            missing = placeholders(ENGLISH[key]) - use.given - ({"n"} if ENGLISH[key].pluralizable else set())
            if missing:
                wrong[f"{use.where}: {key}"] = missing
    assert wrong == {}


def test_every_key_is_asked_for_somewhere():
    literal = {use.pattern.replace("\\", "") for use in uses() if use.is_literal}
    built = [re.compile(use.pattern) for use in uses() if re.match(r"[a-z-]+\\\..*\.\+", use.pattern)]
    unused = [key for key in ENGLISH if key not in literal and not any(one.fullmatch(key) for one in built)]
    assert unused == []
