"""Codes as mails show them and as people type them."""

import pytest

from campaign.domain import codes


def test_a_code_is_shown_in_two_groups():
    assert codes.shown("7KM3XQ") == "7KM 3XQ"


@pytest.mark.parametrize(
    "typed",
    ["7KM 3XQ", "7km3xq", " 7 K M-3 X Q ", "7KM–3XQ", "7KM−3XQ", "7KM\u00a03XQ", "７ＫＭ　３ｘｑ", "7KM\t3XQ\u200b"],
)
def test_case_parting_and_width_make_no_difference(typed):
    assert codes.fold(typed) == "7KM3XQ"


@pytest.mark.parametrize(
    "typed", ["", " ", "7KM3X", "7KM3XQ2", "7KM3XÕ", "7KM.3XQ", "٧KM3XQ", "7KM3XQ" + " " * 20, "7" * 9_000]
)
def test_what_is_no_code_folds_to_nothing(typed):
    assert codes.fold(typed) == ""
