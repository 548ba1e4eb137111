"""Cells that no spreadsheet program takes for a formula."""

import csv
import io

import pytest
from payloads import PAYLOADS

from campaign.domain.sheet import harmless


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_like_a_formula_however_the_line_is_split(payload, separator):
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(["before", harmless(payload), "after"])
    for line in csv.reader(io.StringIO(text.getvalue(), newline=""), delimiter=separator):
        for cell in line:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("cell", ["Ona", "O'Brien", "a=b", "Ona; Per", "3", "Nguyễn Thị Minh", "می‌خواه", ""])
def test_what_is_harmless_stays_as_it_is(cell):
    assert harmless(cell) == cell


def test_numbers_stay_numbers():
    assert (harmless(5), harmless(-5), harmless(None)) == ("5", "-5", "")
    assert harmless("-5") == "'-5"
