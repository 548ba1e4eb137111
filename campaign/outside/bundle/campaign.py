"""Rules of the campaign's own file, and of what stands at the head of a state's."""

import zoneinfo
from collections.abc import Iterator, Sequence
from itertools import pairwise

from babel.core import UnknownLocaleError

from campaign.domain import address, country, dates
from campaign.domain import slug as slugs
from campaign.domain.cause import Cause, Consent, State
from campaign.errors import Mistake
from campaign.outside.bundle import embeds, hours, sources, words
from campaign.outside.bundle.passage import Passage, check_all, of_words
from campaign.outside.bundle.sheet import Placed, Sheet
from campaign.outside.bundle.words import SECTIONS, Languages

SLUG = slugs.SLUG
REQUIRED = "letter"  # the purpose of the one box that must be ticked


def languages(sheet: Sheet) -> Languages:
    """Take the campaign's languages and declared gaps out of its file, as far as they can be understood."""
    declared = sheet.at(("missing_translations",))
    found = declared if isinstance(declared, dict) else {}
    return Languages(
        sheet.texts("languages"),
        {
            section: frozenset(one for one in lacking if isinstance(one, str) and one != "en")
            for section, lacking in found.items()
            if isinstance(lacking, list)
        },
    )


def check(placed: Placed[Cause], spoken: Languages) -> Iterator[Mistake]:
    """Check the fields of campaign.yaml that stand for themselves."""
    thing = placed.thing
    yield from words.check(placed, spoken, templates=frozenset(("anonymous",)))
    yield from check_all(of_words(placed, "anonymous"), {"country": "text"})
    if not SLUG.fullmatch(thing.slug):
        yield placed.mistake("`slug` must be small letters a to z and digits, with single hyphens between", "slug")
    elif slugs.fault(thing.slug) is not None:
        yield placed.mistake("`slug` is kept for another address, or longer than 40 characters", "slug")
    if not thing.organisation:
        yield placed.mistake("`organisation` is empty", "organisation")
    if address.fault(thing.contact) and not sources.is_address(thing.contact):
        yield placed.mistake("`contact` must be an e-mail address, or the whole address of a page", "contact")
    if not thing.goals or min(thing.goals) < 1 or any(one >= after for one, after in pairwise(thing.goals)):
        yield placed.mistake("`goals` must be numbers that rise, such as 100, 500, 1000", "goals")
    if thing.opens_on and thing.closes_on and thing.opens_on > thing.closes_on:
        yield placed.mistake("`closes_on` is before `opens_on`", "closes_on")
    yield from hours.check(placed)
    yield from embeds.check(placed)


def declared(sheet: Sheet, spoken: Languages) -> Iterator[Mistake]:
    """Check the lists of campaign.yaml that name languages and states."""
    for index, one in enumerate(spoken.all):
        if not _is_language(one):
            yield sheet.mistake(f"`{one}` is not the code of a language, such as en or lv", "languages", index)
        elif one in spoken.all[:index]:
            yield sheet.mistake(f"`{one}` is listed twice", "languages", index)
    if spoken.all and "en" not in spoken.all:
        yield sheet.mistake("`languages` must have en: what is missing elsewhere is shown in it", "languages")
    yield from _missing(sheet, spoken)
    states = sheet.at(("states",))
    if not isinstance(states, list) or not states:
        yield sheet.mistake("this file needs `states`, the list of states in the order they are shown", "states")
        return
    for index, state in enumerate(states):
        if not isinstance(state, str) or not SLUG.fullmatch(state):
            yield sheet.mistake("a state is named by small letters a to z and single hyphens", "states", index)
        elif state in states[:index]:
            yield sheet.mistake(f"`{state}` is listed twice", "states", index)


def _missing(sheet: Sheet, spoken: Languages) -> Iterator[Mistake]:
    found = sheet.at(("missing_translations",))
    if found is None:
        return
    if not isinstance(found, dict):
        yield sheet.mistake(
            "`missing_translations` must be a list of languages for each section", "missing_translations"
        )
        return
    for section, lacking in found.items():
        here = ("missing_translations", section)
        if section not in SECTIONS:
            yield sheet.mistake(
                f"`{section}` is not a section that may lack languages; {', '.join(SECTIONS)} may", *here
            )
        elif not isinstance(lacking, list):
            yield sheet.mistake(f"`{section}` must be a list of languages", *here)
        else:
            for index, one in enumerate(lacking):
                if one == "en":
                    yield sheet.mistake("en is always there: what is missing elsewhere is shown in it", *here, index)
                elif one not in spoken.all:
                    yield sheet.mistake(f"`{one}` is not a language of this campaign", *here, index)


def _is_language(code: str) -> bool:
    try:
        return dates.locale_of(code) is not None
    except (UnknownLocaleError, ValueError):
        return False


def consents(sheet: Sheet, found: Sequence[Placed[Consent]], spoken: Languages) -> Iterator[Mistake]:
    """Check the boxes: one purpose each, and only that of the letter required and naming who receives it."""
    purposes = [one.thing.purpose for one in found]
    if len(found) == len(sheet.places("consents")) and REQUIRED not in purposes:
        yield sheet.mistake(f"one consent must be for the purpose `{REQUIRED}`", "consents")
    for index, placed in enumerate(found):
        thing = placed.thing
        yield from words.check(placed, spoken, templates=frozenset(("text",)))
        passages = of_words(placed, "text")
        yield from check_all(passages, {"state": "text", "offices": "text"})
        if not SLUG.fullmatch(thing.purpose):
            yield placed.mistake("`purpose` must be small letters a to z and single hyphens", "purpose")
        if thing.purpose in purposes[:index]:
            yield placed.mistake(f"two consents are for the purpose `{thing.purpose}`", "purpose")
        if thing.is_required != (thing.purpose == REQUIRED):
            yield placed.mistake(f"`is_required` must be true for `{REQUIRED}`, and false for any other", "is_required")
        if thing.purpose == REQUIRED:
            yield from _names_receivers(passages)


def _names_receivers(passages: Sequence[Passage]) -> Iterator[Mistake]:
    for passage in passages:
        if "offices" not in passage.names():
            yield passage.mistake("this consent must say who receives the letter: use {{ offices }}")


def state(placed: Placed[State], slug: str, spoken: Languages) -> Iterator[Mistake]:
    """Check the fields of a state that stand for themselves; `slug` is its file's name."""
    thing = placed.thing
    yield from words.check(placed, spoken, templates=frozenset(("lede",)))
    if thing.slug != slug:
        yield placed.mistake(f"`slug` must be `{slug}`, as the file is named", "slug")
    if thing.code not in country.CODES:
        yield placed.mistake(f"“{thing.code}” is not the code of a country, two capitals such as LV", "code")
    zones = zoneinfo.available_timezones()
    if zones and thing.timezone not in zones:
        yield placed.mistake(f"“{thing.timezone}” is not a time zone, such as Europe/Riga", "timezone")
    if not thing.languages:
        yield placed.mistake("`languages` is empty; name those the offices may be written to in", "languages")
    for index, one in enumerate(thing.languages):
        if spoken.all and one not in spoken.all:
            yield placed.mistake(f"`{one}` is not a language of this campaign", "languages", index)
        elif one in thing.languages[:index]:
            yield placed.mistake(f"`{one}` is listed twice", "languages", index)
