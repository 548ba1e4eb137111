"""Characters are counted as people count them."""

import pytest

from campaign.domain.text import characters, is_longer


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Žygis", 5),
        ("e\u0301a\u0328\u0300", 2),
        ("👍🏽", 1),
        ("👩‍👩‍👧 ok", 4),
        ("🇱🇹🇱🇻", 2),
        ("❤️", 1),
        ("क्षमा", 3),
        ("one\ntwo", 7),
    ],
)
def test_a_letter_with_its_marks_and_an_emoji_of_several_signs_are_one(text, count):
    assert characters(text) == count


def test_an_emoji_is_as_long_as_a_letter_and_piled_marks_are_not_for_nothing():
    assert not is_longer("👩‍👩‍👧" * 1900, 2000) or len("👩‍👩‍👧" * 1900) > 8000
    assert not is_longer("👍🏽" * 2000, 2000)
    assert is_longer("x" * 2001, 2000)
    assert is_longer("a" + "\u0301" * 8000, 2000)
