"""Dates and numbers in the words of each language, in the grammatical form a sentence needs.

CLDR gives the citation form; Latvian and Estonian decline the month after "on" and "since",
and those months stand here. A date as told may be a day, a month or only a year.
"""

import datetime as dt

from babel.core import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

# fmt: off
_MONTHS: dict[tuple[str, str], tuple[str, ...]] = {
    ("lv", "on"): ("janvārī", "februārī", "martā", "aprīlī", "maijā", "jūnijā", "jūlijā", "augustā",
                   "septembrī", "oktobrī", "novembrī", "decembrī"),
    ("lv", "since"): ("janvāra", "februāra", "marta", "aprīļa", "maija", "jūnija", "jūlija", "augusta",
                      "septembra", "oktobra", "novembra", "decembra"),
    ("et", "on"): ("jaanuaril", "veebruaril", "märtsil", "aprillil", "mail", "juunil", "juulil", "augustil",
                   "septembril", "oktoobril", "novembril", "detsembril"),
    ("et", "since"): ("jaanuarist", "veebruarist", "märtsist", "aprillist", "maist", "juunist", "juulist",
                      "augustist", "septembrist", "oktoobrist", "novembrist", "detsembrist"),
}
# fmt: on
_DAY_PATTERN = {"lv": "{year}. gada {day}. {month}", "et": "{day}. {month} {year}"}
_LOCALES = {"en": "en_GB"}


def locale_of(language: str) -> Locale:
    """Return the CLDR locale of a language; English is written the British way."""
    return Locale.parse(_LOCALES.get(language, language))


def _told(value: str | dt.date, language: str, form: str) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else value
    if len(text) == 4:
        return text
    locale = locale_of(language)
    if len(text) == 7:
        day = dt.date(int(text[:4]), int(text[5:]), 1)
        return format_skeleton("yMMMM", day, locale=locale)
    day = dt.date.fromisoformat(text)
    months = _MONTHS.get((language, form))
    if months is None:
        return format_date(day, format="long", locale=locale)
    return _DAY_PATTERN[language].format(year=day.year, day=day.day, month=months[day.month - 1])


def date(value: str | dt.date, language: str) -> str:
    """Write a date as it stands alone: 8 May 2025, 2025. gada 8. maijs."""
    return _told(value, language, "alone")


def on_date(value: str | dt.date, language: str) -> str:
    """Write a date as it stands after "on": 2025. gada 8. maijā, 8. mail 2025."""
    return _told(value, language, "on")


def since_date(value: str | dt.date, language: str) -> str:
    """Write a date as it stands after "since": 2025. gada 8. maija, 8. maist 2025."""
    return _told(value, language, "since")


def year(value: str | dt.date, language: str) -> str:  # noqa: ARG001  every filter has one shape
    """Write only the year of a date."""
    return value.isoformat()[:4] if isinstance(value, dt.date) else value[:4]


def time(value: dt.datetime, language: str) -> str:
    """Write the time of an instant, in UTC: 14:00."""
    return format_time(value.astimezone(dt.UTC), format="short", locale=locale_of(language))


def iso(at: dt.datetime) -> str:
    """Write an instant for programs, in UTC to the second: 2026-11-24T09:00:00Z."""
    return at.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def number(value: float, language: str) -> str:
    """Write a number with the grouping of the language: 6,279; 6 279."""
    return str(format_decimal(value, locale=locale_of(language)))


def plural_kind(count: int, language: str) -> str:
    """Name the kind of a whole number by which a language chooses its words (CLDR): one, few, many, other."""
    return locale_of(language).plural_form(count)


def country_name(code: str, language: str) -> str:
    """Name a country (ISO 3166-1 alpha-2) in a language, in its citation form; the code where CLDR has none."""
    return str(locale_of(language).territories.get(code, code))


def language_name(code: str, language: str) -> str:
    """Name a language (ISO 639) in another, in its citation form; the code where CLDR has none."""
    return str(locale_of(language).languages.get(code, code))


FILTERS = {"date": date, "on_date": on_date, "since_date": since_date, "year": year, "number": number}
