"""Dates in the words and cases of eight languages."""

import pytest

from campaign.domain import dates


@pytest.mark.parametrize(
    ("language", "alone", "on", "since"),
    [
        ("en", "8 May 2025", "8 May 2025", "8 May 2025"),
        ("nb", "8. mai 2025", "8. mai 2025", "8. mai 2025"),
        ("lt", "2025 m. gegužės 8 d.", "2025 m. gegužės 8 d.", "2025 m. gegužės 8 d."),
        ("lv", "2025. gada 8. maijs", "2025. gada 8. maijā", "2025. gada 8. maija"),
        ("pl", "8 maja 2025", "8 maja 2025", "8 maja 2025"),
        ("et", "8. mai 2025", "8. mail 2025", "8. maist 2025"),
        ("fi", "8. toukokuuta 2025", "8. toukokuuta 2025", "8. toukokuuta 2025"),
        ("sv", "8 maj 2025", "8 maj 2025", "8 maj 2025"),
    ],
)
def test_a_date_stands_in_the_case_its_sentence_needs(language, alone, on, since):
    assert dates.date("2025-05-08", language) == alone
    assert dates.on_date("2025-05-08", language) == on
    assert dates.since_date("2025-05-08", language) == since


def test_a_date_told_as_a_year_or_a_month_claims_no_day():
    assert dates.date("2003", "lv") == "2003"
    assert dates.date("2024-07", "en") == "July 2024"
    assert dates.year("2024-07", "en") == "2024"


@pytest.mark.parametrize(
    ("language", "written"), [("en", "6,279"), ("fi", "6\xa0279"), ("pl", "6\xa0279"), ("lt", "6\xa0279")]
)
def test_numbers_are_grouped_the_languages_way(language, written):
    assert dates.number(6279, language) == written
