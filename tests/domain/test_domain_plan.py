"""A campaign's plan as it is typed: what stands, and what is refused."""

import datetime as dt

import pytest

from campaign.domain import plan as plans
from campaign.domain import slug as slugs
from campaign.domain.cause import Window
from campaign.errors import InputRefusedError

TODAY = dt.date(2026, 11, 25)
WINDOW = Window(days=("mon", "fri"), from_="08:00", to="24:00")
PLAN = plans.Plan(dt.date(2026, 1, 1), dt.date(2027, 1, 1), (10, 100), "exact", WINDOW)


def test_a_plan_that_is_written_reads_the_same():
    for plan in (PLAN, plans.Plan(None, None, (1,), "rounded", None)):
        assert plans.read(plans.written(plan), plan, TODAY) == plan


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"opens_on": "2026-13-01"}, "opens_on", "E-DAY"),
        ({"opens_on": "1999-12-31"}, "opens_on", "E-DAY-RANGE"),
        ({"closes_on": "9999-12-31"}, "closes_on", "E-DAY-RANGE"),
        ({"closes_on": "2025-12-31"}, "closes_on", "E-CLOSES-BEFORE"),
        ({"closes_on": "2026-11-24"}, "closes_on", "E-CLOSES-PAST"),
        ({"goals": ""}, "goals", "E-GOALS"),
        ({"goals": "10, 10"}, "goals", "E-GOALS"),
        ({"goals": "0"}, "goals", "E-GOALS"),
        ({"goals": "-5"}, "goals", "E-GOALS"),
        ({"goals": "٣"}, "goals", "E-GOALS"),
        ({"goals": "999999999"}, "goals", "E-GOALS"),
        ({"counts": "none"}, "counts", "E-COUNTS"),
        ({"from": "25:00"}, "from", "E-WINDOW-CLOCK"),
        ({"to": "07:00"}, "to", "E-WINDOW-ORDER"),
        ({"day-mon": "", "day-fri": ""}, "day-mon", "E-WINDOW-DAYS"),
    ],
)
def test_what_cannot_be_is_named_by_its_field(typed, field, code):
    with pytest.raises(InputRefusedError) as refused:
        plans.read(plans.written(PLAN) | typed, PLAN, TODAY)
    assert [(one.field, one.code) for one in refused.value.problems] == [(field, code)]


def test_a_last_day_that_is_past_already_may_stay():
    old = plans.Plan(None, dt.date(2026, 1, 1), (1,), "exact", None)
    assert plans.read(plans.written(old), old, TODAY) == old


@pytest.mark.parametrize(
    "slug", ["admin", "static", "api", "..", "con", "a b", "🙂", "", "-a", "a--b", "A", "a" * 41, "nb"]
)
def test_a_slug_that_cannot_name_a_campaign_is_refused(slug):
    assert slugs.fault(slug) in ("E-SLUG", "E-SLUG-RESERVED")


@pytest.mark.parametrize("slug", ["keep-the-ban", "a", "utopia-2027", "a" * 40])
def test_a_slug_of_small_letters_and_hyphens_can(slug):
    assert slugs.fault(slug) is None
