"""Sending windows in a campaign folder: read where they are right, and every mistake in one named by its line."""

# ruff: noqa: E501  a table reads best with one case a line

import pytest
from bundles import small

from campaign.domain.cause import DAYS, Cause, Window
from campaign.models.base import AsJson
from campaign.outside.bundle.reader import read

CAMPAIGN, STATE = "campaign.yaml", "states/latvia.yaml"
WORKING = 'sending_window:\n  days: [mon, tue]\n  from: "08:00"\n  to: "18:00"\n'
HEAD, OFFICE = "goals:", "    answer_days:"


@pytest.fixture
def bundle(tmp_path):
    return small(tmp_path)


def put(bundle, window, file=CAMPAIGN):
    """Write a window into a file, of an office with the indent of its item."""
    if file == CAMPAIGN:
        bundle.change(CAMPAIGN, HEAD, window + HEAD)
    else:
        indented = "".join(f"    {line}\n" for line in window.splitlines())
        bundle.change(STATE, OFFICE, indented + OFFICE)


def test_a_campaign_and_an_office_have_none_unless_they_say_so(bundle):
    cause = read(bundle.root)
    assert cause.sending_window is None
    assert {one.sending_window for state in cause.states for one in state.officials} == {None}


def test_a_campaign_and_an_office_can_each_have_a_window(bundle):
    put(bundle, WORKING)
    put(bundle, "sending_window: {days: [sun], from: 00:00, to: 24:00}\n", STATE)
    cause = read(bundle.root)
    assert cause.sending_window == Window(days=("mon", "tue"), from_="08:00", to="18:00")
    [state] = cause.states
    assert Window(days=("sun",), from_="00:00", to="24:00") in [one.sending_window for one in state.officials]


def test_a_window_is_kept_and_read_back_as_it_is_written_in_files(bundle):
    put(bundle, WORKING)
    column, cause = AsJson(Cause), read(bundle.root)
    kept = column.process_bind_param(cause, None)
    assert kept["sending_window"] == {"days": ["mon", "tue"], "from": "08:00", "to": "18:00"}
    assert column.process_result_value(kept, None) == cause
    del kept["sending_window"]  # as it was kept before there were any
    assert column.process_result_value(kept, None).sending_window is None


@pytest.mark.parametrize("file", [CAMPAIGN, STATE])
@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("[mon, tue]", "[]", "days: []", "`days` is empty: name those on which letters may leave, such as mon"),
        ("[mon, tue]", "[mon, mon]", "days: [mon", "`mon` is listed twice"),
        ("[mon, tue]", "[monday]", "days: [monday", f"`days: item 1` must be one of {', '.join(DAYS)}"),
        ("[mon, tue]", "mon", "days: mon", "`sending_window: days` must be a list"),
        ('"08:00"', '"8:00"', 'from: "8:00"', '`from` must be a time such as "08:00"'),
        ('"08:00"', '"25:00"', 'from: "25:00"', '`from` must be a time such as "08:00"'),
        ('"18:00"', '"18:00:00"', 'to: "18:00:00"', '`to` must be a time such as "08:00"'),
        ('"08:00"', "8", "from: 8", "`sending_window: from` must be a text, so put it in quotes"),
        ('"08:00"', '"18:00"', 'to: "18:00"', "`to` must be later on the same day than `from`"),
        ('"18:00"', '"06:00"', 'to: "06:00"', "`to` must be later on the same day than `from`"),
    ],
)
def test_a_mistake_in_a_window_is_named_by_its_line(bundle, file, old, new, piece, what):
    put(bundle, WORKING.replace(old, new), file)
    bundle.only_mistake(file, piece, what)


@pytest.mark.parametrize(
    ("window", "piece", "what"),
    [
        ('sending_window: {days: [mon], to: "18:00"}\n', "sending_window", "a sending window needs `from`"),
        ('sending_window: {days: [mon], from: "08:00", to: "18:00", x: 1}\n', "x: 1", "`x` is not a field of a sending window; fields are days, from, to"),
        ("sending_window: always\n", "sending_window", "`sending_window` must be a sending window with the fields days, from, to"),
    ],
)  # fmt: skip
def test_a_window_has_its_three_fields(bundle, window, piece, what):
    put(bundle, window)
    bundle.only_mistake(CAMPAIGN, piece, what)
