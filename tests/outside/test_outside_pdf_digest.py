"""Many letters as one document and one table, as their readers have them."""

import csv
import datetime as dt
import io
import re

import pypdf
import pytest

from campaign.domain.digest import Bound, Volume, lines_of, table
from campaign.domain.letter import Block, RenderedLetter
from campaign.outside.files import resource
from campaign.outside.pdf import TypstTypesetter


@pytest.fixture(scope="module")
def typesetter() -> TypstTypesetter:
    return TypstTypesetter(resource("templates") / "pdf")


def bound(number=1, said="Labas.", **changed):
    given = {
        "heading": f"{number}. Ona Nordmann, Norvegija",
        "facts": ("Patvirtinta 2026 m. lapkričio 24 d.",),
        "subject": "Dėl konvencijų",
        "blocks": (
            Block("addressees", "Ministrui Pirmininkui"),
            Block("own", said),
            Block("list", "- viena;\n- antra.", ("viena;", "antra.")),
            Block("signature", "Ona Nordmann\nNorvegija"),
        ),
    }
    return Bound(**(given | changed))


def volume(*letters, language="lt", **changed):
    given = {
        "language": language,
        "title": "Laiškai",
        "day": dt.date(2026, 11, 24),
        "opening": ("Ministrui Pirmininkui",),
        "contents": "Turinys",
        "letters": letters,
    }
    return Volume(**(given | changed))


def pages(made):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]


def flat(made):
    return " ".join(" ".join(pages(made)).split())


def test_each_letter_begins_a_page_after_contents_that_name_it(typesetter):
    made = typesetter.bind(volume(*(bound(number) for number in range(1, 4))))
    opening, *rest = pages(made)
    assert ["Turinys" in opening, len(rest)] == [True, 3]
    for number, page in enumerate(rest, start=1):
        assert f"{number}. Ona Nordmann, Norvegija" in opening
        assert page.startswith(f"{number}. Ona Nordmann, Norvegija")
        assert page.rstrip().endswith(f"{number + 1} / 4")


def test_all_that_a_letter_says_stands_under_its_heading(typesetter):
    said = re.sub(r"\s+", " ", pages(typesetter.bind(volume(bound(said="Pirma\nantra\n\ntrečia"))))[1])
    assert said.startswith(
        "1. Ona Nordmann, Norvegija Patvirtinta 2026 m. lapkričio 24 d. Dėl konvencijų Ministrui Pirmininkui "
        "Pirma antra trečia – viena; – antra. Ona Nordmann Norvegija"
    )


@pytest.mark.parametrize(
    "typed",
    ['#import "x"', "$ 1 $", "*b* _i_ `r`", "= z", "// gone", "@ona <tag>", r"\n \u{41} \ #", '"}], "letters": ['],
)
def test_what_looks_like_markup_is_only_text(typesetter, typed):
    one = bound(said=typed, heading=typed, facts=(typed,), subject=typed)
    assert flat(typesetter.bind(volume(one, title=typed, opening=(typed,), contents=typed))).count(typed) == 8


def test_what_fits_no_line_breaks(typesetter):
    run = "x" * 600
    made = typesetter.bind(volume(bound(said=run, heading=run[:200], facts=(run,), subject=run)))
    assert flat(made).replace(" ", "").count("x") == 600 * 3 + 200 * 2


@pytest.mark.parametrize("language", ["en", "nb", "lt", "lv", "pl", "et", "fi", "sv"])
def test_it_says_its_language_and_keeps_the_standards(typesetter, language):
    root = pypdf.PdfReader(io.BytesIO(typesetter.bind(volume(bound(), language=language)))).trailer["/Root"]
    assert root["/Lang"] == language
    said = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in said


def test_no_character_keeps_a_digest_from_being_set(typesetter):
    for name in ("Олена Ґалаґан", "დავით", "李小龍", "Ona 😀", "\ue000", "á\u0323"):
        assert "Dėl konvencijų" in flat(typesetter.bind(volume(bound(said=name, heading=name))))


def test_a_table_is_utf_8_with_its_mark_and_every_cell_is_a_text():
    made = table(("Nr", "=1+1"), [(1, "=SUM(A1)"), (2, 'a "b"\nc; d,\r\n-x'), (3, "+370"), (4, "\t@x")])
    assert made.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert found == [
        ["Nr", "'=1+1"], ["1", "'=SUM(A1)"], ["2", 'a "b"\nc; d,\r\n\'-x'], ["3", "'+370"], ["4", "'\t'@x"]
    ]  # fmt: skip


def test_what_several_letters_say_is_said_once():
    letters = [RenderedLetter("lt", "", (Block("addressees", said),)) for said in ("A\nB", "B", "C")]
    assert lines_of(letters, "addressees") == ("A", "B", "C")
    assert lines_of(letters, "salutation") == ()
