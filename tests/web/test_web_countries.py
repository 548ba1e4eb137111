"""The list of countries stands in the order of the page's own alphabet."""

import pytest

from campaign.domain.country import CODES
from campaign.outside.words import LANGUAGES
from campaign.web.forms.countries import choices


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_listed_once(language):
    assert {code for code, _ in choices(language)} == CODES
    assert len(choices(language)) == len(CODES)


@pytest.mark.parametrize(
    ("language", "first"), [("en", "AF"), ("nb", "NO"), ("lt", "LT"), ("et", "EE"), ("fi", "FI"), ("sv", "SE")]
)
def test_where_a_language_is_at_home_comes_first(language, first):
    assert choices(language)[0][0] == first


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Afghanistan", "Åland Islands", "Albania"]),
        ("nb", ["Zimbabwe", "Østerrike", "Åland"]),
        ("sv", ["Zimbabwe", "Åland", "Österrike"]),
        ("et", ["Venemaa", "Vietnam", "Ühendkuningriik"]),
        ("lt", ["Čekija", "Danija", "Indija", "Ispanija"]),
        ("pl", ["Litwa", "Luksemburg", "Łotwa", "Macedonia Północna"]),
    ],
)
def test_names_follow_their_alphabet(language, names):
    listed = [name for _, name in choices(language)]
    assert sorted(names, key=listed.index) == names
