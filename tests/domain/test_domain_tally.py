"""What anybody may see of a figure."""

import pytest

from campaign.domain.tally import fine, rounded


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (9, 0), (10, 10), (1999, 1990)])
def test_a_rounded_count_goes_down_to_the_ten(count, shown):
    assert rounded(count) == shown


@pytest.mark.parametrize(
    ("count", "people", "shown"), [(9, 9, None), (0, 9, None), (0, 10, 0), (3, 10, 3), (12, 12, 12)]
)
def test_a_finer_figure_is_shown_from_ten_people_up(count, people, shown):
    assert fine(count, people) == shown


def test_a_campaign_that_rounds_rounds_its_finer_figures_too():
    assert fine(17, 25, is_rounded=True) == 10
