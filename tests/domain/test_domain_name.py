"""Names: nearly everything is one; what a header, a sheet or a reader could misread is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.domain import name, text

NAMES = (
    "O'Brien-D’Angelo",
    "María José",
    "Nguyễn Thị Minh",
    "李",
    "U",
    "X",
    "Null",
    "None",
    "True",
    "Test",
    "Drop",
    "Jean-Luc 2nd",
    "Sukarno",
    "Björk Guðmundsdóttir",
    "‘Umar",
    "N’Golo",
    "Ng",
    "Yu’lan Mc'Donald-van der Berg",
    "می\u200cخواه",
    "क्\u200dष",
    "President of X",
    "Ministry of Justice",
    "$name",
    "%(x)s",
)


@pytest.mark.parametrize("typed", [one for one in NAMES if one != "%(x)s"])
def test_real_names_are_taken_unchanged(typed):
    assert name.clean(typed) == typed
    assert name.fault(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "E-NAME-EMPTY"),
        ("   ", "E-NAME-EMPTY"),
        ("\u00a0", "E-NAME-EMPTY"),
        ("\u3164", "E-NAME-EMPTY"),
        ("\u2800", "E-NAME-EMPTY"),
        ("\u200b" * 15, "E-NAME-EMPTY"),
        ("Ann\u202etxe.exe", "E-NAME-CHARS"),
        ("A" + "\u0301" * 20, "E-NAME-MARKS"),
        ("=cmd|' /C calc'!A0", "E-NAME-START"),
        ("+1+1", "E-NAME-START"),
        ("-2+3", "E-NAME-START"),
        ("@SUM(A1)", "E-NAME-START"),
        ("\t=1+1", "E-NAME-START"),
        ("\r=1", "E-NAME-START"),
        ("＝1+1", "E-NAME-START"),
        ("|calc", "E-NAME-START"),
        ("%0A=1", "E-NAME-START"),
        ("http://evil.example/win", "E-NAME-URL"),
        ("www.evil.example", "E-NAME-URL"),
        ("<script>alert(1)</script>", "E-NAME-CHARS"),
        ('"><img src=x onerror=alert(1)>', "E-NAME-CHARS"),
        ("A\r\nBcc: victim@example.net", "E-NAME-CHARS"),
        ("Ann =?utf-8?b?DQpCY2M6IHZpY3RpbUBleGFtcGxlLm5ldA==?=", "E-NAME-ENCODED"),
        ("Ann =?utf-8?b?DQoNCkZPUkdFRCBCT0RZDQo=?=", "E-NAME-ENCODED"),
        ('Ann" <press@gov.example>, "', "E-NAME-CHARS"),
        ("Ann (x@y.z)", "E-NAME-CHARS"),
        ("Ann; Bob", "E-NAME-CHARS"),
        ("A" * 101, "E-NAME-LONG"),
        ("\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466a" * 15, "E-NAME-LONG"),
        ("ann@example.org", "E-NAME-EMAIL"),
        ("Ann\U000e0041", "E-NAME-CHARS"),
    ],
)
def test_what_is_no_name_is_refused_by_its_code(typed, code):
    assert name.fault(name.clean(typed)) == code


def test_a_name_of_two_scripts_is_taken_and_marked():
    assert name.fault("Аnn") is None
    assert name.has_mixed_scripts("Аnn")
    assert not name.has_mixed_scripts("Анна")
    assert not name.has_mixed_scripts("李 Ann")


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(typed):
    assert text.clean(text.clean(typed)) == text.clean(typed)


@given(st.text(max_size=60))
def test_a_taken_name_can_stand_in_a_header(typed):
    cleaned = name.clean(typed)
    if name.fault(cleaned) is None:
        assert not set(cleaned) & set('\r\n\0<>"(),;:\\')
        assert "=?" not in cleaned
        assert cleaned == cleaned.strip()
