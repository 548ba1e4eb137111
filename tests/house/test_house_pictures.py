"""The list that pictures are taken of holds every page of the site, so that a new one is looked at too."""

from collections import defaultdict

import pytest
from sites import build

from tools.pictures import pages

BINDING = "127.0.0.1"


@pytest.fixture(scope="module")
def rules(databases):
    """The address map of the whole site."""
    return build(databases.shared("sqlite", "empty")).url_map


def test_every_address_that_answers_with_a_page_is_on_the_list_of_pictures(rules):
    asked = rules.bind(BINDING)
    any_value = defaultdict(lambda: "0" * 32)
    paths = [one.path.partition("?")[0] for one in pages.SHOTS if "error" not in one.name]
    reached = {asked.match(one.format_map(any_value | {"lang": "en"}))[0] for one in paths}
    known = [(one.rule, one.endpoint) for one in rules.iter_rules() if "GET" in one.methods]
    assert pages.unpictured(known, reached) == []


def test_no_two_pictures_have_one_name():
    names = [one.name for one in pages.SHOTS]
    assert sorted(set(names)) == sorted(names)
