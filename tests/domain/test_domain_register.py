"""The directory of offices as a file: what is read, and what is refused, by line."""

import datetime as dt
import io
import zipfile

import pytest

from campaign.domain import register
from campaign.errors import InputRefusedError

TODAY = dt.date(2026, 11, 25)
HEAD = "state,office,email,source,checked,title_en,title_lt\n"
LINE = "LT,president,office@president.lt,https://president.lt/contact,2026-11-20,The President,Prezidentas\n"


def read(raw):
    return register.read(raw if isinstance(raw, bytes) else raw.encode(), ("en", "lt"), TODAY)


def codes(raw):
    with pytest.raises(InputRefusedError) as refused:
        read(raw)
    return [(one.code, one.values.get("line")) for one in refused.value.problems]


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + LINE,
        "\ufeff" + HEAD + LINE,
        (HEAD + LINE).replace(",", ";"),
        (HEAD + LINE).replace("\n", "\r\n"),
        HEAD + "\n" + LINE + ",,,,,,\n",
        HEAD + LINE.replace("The President", '"The\nPresident"'),
        HEAD.upper() + LINE.replace("LT,", " lt ,"),
    ],
)
def test_one_table_in_many_shapes(raw):
    [one] = read(raw)
    assert (one.state, one.office, one.email) == ("lt", "president", "office@president.lt")
    assert (one.source, one.checked) == ("https://president.lt/contact", dt.date(2026, 11, 20))
    assert one.titles == {"en": "The President", "lt": "Prezidentas"}


def test_a_record_is_named_by_the_line_it_begins_on():
    two = HEAD + LINE.replace("The President", '"The\nPresident"') + "LV,speaker,nobody,,,,\n"
    assert codes(two) == [("E-TABLE-EMAIL", "4")]


def zipped():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("offices.csv", "0" * 10_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "E-TABLE-EMPTY"),
        (b"\xef\xbb\xbf", "E-TABLE-EMPTY"),
        (HEAD.encode(), "E-TABLE-EMPTY"),
        ((HEAD + LINE).encode("utf-16"), "E-TABLE-UTF16"),
        ((HEAD + LINE).encode("utf-16-le"), "E-TABLE-UTF16"),
        ((HEAD + LINE.replace("Prez", "Prež")).encode("cp1257"), "E-TABLE-UTF8"),
        (zipped(), "E-TABLE-BINARY"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E-TABLE-BINARY"),
        (b"x" * (register.MAX_BYTES + 1), "E-TABLE-LARGE"),
        (b"state,office\nLT,president\n", "E-TABLE-HEADER"),
        (b"LT,president,a@b.lt,https://b.lt\n", "E-TABLE-HEADER"),
        ((HEAD + 'LT,"president\n').encode(), "E-TABLE-CSV"),
    ],
)
def test_what_is_no_such_table_is_told_in_one_word(raw, code):
    assert codes(raw)[0][0] == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("LT,president\n", "E-TABLE-CELLS"),
        ("LT,president,=HYPERLINK(1),https://a.lt,,,\n", "E-TABLE-FORMULA"),
        ("LT,president,a@b.lt,https://a.lt,,@SUM(1),\n", "E-TABLE-FORMULA"),
        ("LT,president,,https://a.lt,2026-11-26,,\n", "E-TABLE-DAY"),
        ("LT,president,,https://a.lt,9999-99-99,,\n", "E-TABLE-DAY"),
        (",president,,https://a.lt,,,\n", "E-TABLE-OFFICE"),
        ("LT,president,,https://a.lt,,a\u202eb,\n", "E-TABLE-CHARS"),
        (f"LT,president,,https://a.lt,,{'a' * 201},\n", "E-TABLE-LONG"),
        (LINE, "E-TABLE-TWICE"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_with_it(line, code):
    assert codes(HEAD + LINE + line)[0] == (code, "3")


def test_columns_are_known_and_each_once():
    assert codes("state,office,email,source,phone\n") == [("E-TABLE-COLUMN", "1")]
    assert codes("state,office,email,source,email\n") == [("E-TABLE-COLUMN-TWICE", "1")]
    assert codes("state,office,email,source,title_xx\n") == [("E-TABLE-COLUMN", "1")]


def test_a_million_lines_are_refused_by_their_number():
    assert codes(HEAD + "a,b,,,,,\n" * 6000)[0][0] == "E-TABLE-ROWS"


def test_of_many_faults_a_hundred_are_told():
    found = codes(HEAD + "LT\n" * 500)
    assert len(found) == register.MAX_TOLD + 1
    assert found[-1] == ("E-TABLE-MORE", None)
