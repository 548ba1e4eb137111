"""Contrast: the figures of WCAG, whichever way colours are written and whichever comes first."""

import pytest

from campaign.domain import contrast


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#ffffff", 1.0),
        ("#767676", "#fff", 4.54),  # the lightest grey that words may have on white
        ("#949494", "#fff", 3.03),
        ("#FF0000", "#fff", 4.0),
        ("#2b36a8", "#edf0ec", 8.32),
    ],
)
def test_the_ratio_is_that_of_wcag_in_either_order(one, other, expected):
    assert contrast.ratio(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast.ratio(other, one) == contrast.ratio(one, other)


@pytest.mark.parametrize("said", ["none", "", "#12", "#1234", "#12345", "red", "var(--pen)", "rgb(0 0 0)", "#ggg"])
def test_what_is_no_plain_colour_is_refused(said):
    assert not contrast.is_colour(said)
    with pytest.raises(ValueError, match="^" + said.replace("(", r"\(").replace(")", r"\)") + "$"):
        contrast.ratio(said, "#fff")
