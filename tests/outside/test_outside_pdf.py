"""Paper as a reader of PDFs has it: text, places, tags and standards of what typst sets."""

import datetime as dt
import io
import itertools
import re

import pypdf
import pytest

from campaign.domain.letter import Block
from campaign.domain.paper import Home, Paper, Sheet
from campaign.outside.files import resource
from campaign.outside.pdf import TypstTypesetter, code

MM = 72 / 25.4
ADDRESS = "https://ban.example.org/lt/keep-the-ban/lithuania/"
WORDS = "QR kodas su adresu"
LETTERS = {
    "lt": "Gerbiamas Ministre! Ąžuolų ūksmėje čirškė įžūlūs žvirbliai, šnekėjo vėjas; „ačiū“",
    "lv": "Godātais ministr! Ķieģeļu ēka, ģērbonis, šķūnis, žņaugi, ļaudis, ūdens, ī, ā, č",
    "pl": "Szanowny Panie! Zażółć gęślą jaźń, ĄĆĘŁŃÓŚŹŻ",
    "et": "Lugupeetud minister! Õhtu, öö, ümbrik, äär, šokk, žanr",
    "fi": "Arvoisa ministeri! Yö, äiti, Åbo, öljy",
    "sv": "Bästa minister! Å, ä, ö, É; ”citat” – tack",
    "nb": "Kjære statsråd! Ærlig, ønske, åpen; «sitat»",
    "en": "Dear Minister, it’s “time”…",
}


@pytest.fixture(scope="module")
def typesetter() -> TypstTypesetter:
    return TypstTypesetter(resource("templates") / "pdf")


def sheet(*own: str, name: str = "Ona Nordmann", **changed) -> Sheet:
    blocks = (
        Block("salutation", "Gerbiamas Ministre!"),
        *(Block("own", one) for one in own),
        Block("list", "- viena;\n- antra.", ("viena;", "antra.")),
        Block("text", "Pagarbiai"),
    )
    given = {
        "window": ("Ministrui Pirmininkui", "Gedimino pr. 11", "01103 Vilnius"),
        "head": "Kaunas, 2026 m. lapkričio 24 d.",
        "subject": "Dėl konvencijų",
        "blocks": blocks,
        "signature": (name, "Norvegija"),
    }
    return Sheet(**(given | changed))


def paper(*letters: Sheet, language: str = "lt") -> Paper:
    return Paper(
        language=language,
        title="Dėl konvencijų",
        day=dt.date(2026, 11, 24),
        letters=letters,
        home=Home(address=ADDRESS, words=WORDS),
    )


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(data).pages)


def flat(data: bytes) -> str:
    return " ".join(text_of(data).split())


def places(page: pypdf.PageObject) -> list[tuple[str, float, float]]:
    """Every piece of text with its distance from the left and from the top edge, in millimetres."""
    found = []

    def note(text, ctm, matrix, *_):
        x = matrix[4] * ctm[0] + matrix[5] * ctm[2] + ctm[4]
        y = matrix[4] * ctm[1] + matrix[5] * ctm[3] + ctm[5]
        if text.strip():
            found.append((text.strip(), x / MM, (float(page.mediabox.height) - y) / MM))

    page.extract_text(visitor_text=note)
    return found


def at(page: pypdf.PageObject, words: str) -> tuple[float, float]:
    return next((x, y) for text, x, y in places(page) if words in text)


def tagged(node, key: str) -> list[str]:
    """What every node in the tree of tags says under a key: /S for its kind, /Alt for its words."""
    node = node.get_object()
    if isinstance(node, list):
        return [said for one in node for said in tagged(one, key)]
    if not isinstance(node, dict):
        return []
    return [str(node[key]) for _ in range(key in node)] + (tagged(node["/K"], key) if "/K" in node else [])


@pytest.mark.parametrize("language", LETTERS)
def test_the_letters_of_every_language_are_in_the_text(typesetter, language):
    made = typesetter.typeset(paper(sheet(LETTERS[language], name=LETTERS[language][:40]), language=language))
    assert LETTERS[language] in flat(made)
    assert read(made).trailer["/Root"]["/Lang"] == language


def test_it_is_tagged_and_says_which_standards_it_keeps(typesetter):
    root = read(typesetter.typeset(paper(sheet("Labas.")))).trailer["/Root"]
    said = root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "Dėl konvencijų" in said
    assert {"/H1", "/P", "/L", "/LI", "/Figure", "/Link"} <= set(tagged(root["/StructTreeRoot"], "/S"))


def test_the_code_says_in_words_where_it_leads(typesetter):
    made = typesetter.typeset(paper(sheet()))
    assert ADDRESS in text_of(made)
    assert WORDS in tagged(read(made).trailer["/Root"]["/StructTreeRoot"], "/Alt")


@pytest.mark.parametrize(
    "typed",
    [
        '#import "x"',
        "$ 1 $",
        "*b* _i_ `r`",
        "= z",
        "+ y",
        "/ t: u",
        "// gone /* too */",
        "@ona <tag>",
        r"\n \u{41} \ #",
        '#sys.inputs #read("letter.typ")',
        "#set text(white)",
        "a -- b --- c ... ~ 'q' \"q\"",
        "https://example.org/?a=b#c",
        '"}], "letters": [',
    ],
)
def test_what_looks_like_markup_is_only_text(typesetter, typed):
    made = typesetter.typeset(
        paper(sheet(typed, name=typed, window=(typed,), subject=typed, head=typed), language="en")
    )
    assert flat(made).count(typed) == 5


def test_lines_and_empty_lines_stay_where_they_were_typed(typesetter):
    said = text_of(typesetter.typeset(paper(sheet("Pirma\nantra\n\ntrečia\tketvirta"))))
    assert "Pirma\nantra\ntrečia ketvirta" in re.sub(r"\n+", "\n", said)


def test_the_address_stands_in_the_window_and_nothing_else_does(typesetter):
    """DIN 5008, form B: 20 mm from the left, 45 mm down, 85 by 45 mm; the rest begins below."""
    page = read(typesetter.typeset(paper(sheet("Labas.")))).pages[0]
    assert [round(float(side) / MM) for side in page.mediabox[2:]] == [210, 297]
    inside = [text for text, x, y in places(page) if 20 <= x < 105 and y < 90]
    assert " ".join(inside).split() == ["Ministrui", "Pirmininkui", "Gedimino", "pr.", "11", "01103", "Vilnius"]
    assert all(45 < y < 90 for text, x, y in places(page) if text in inside)
    assert at(page, "Kaunas")[0] > 105
    assert 90 < at(page, "Kaunas")[1] < 105 < at(page, "Dėl konvencijų")[1]


def test_a_long_address_stays_in_the_window(typesetter):
    long = ("Lietuvos nuolatinei atstovybei prie Jungtinių Tautų ir kitų tarptautinių organizacijų Ženevoje",)
    for lines in (long, long * 4, long * 8, tuple(f"{number} eilutė" for number in range(14)), ("x" * 300,)):
        page = read(typesetter.typeset(paper(sheet("Labas.", window=lines)))).pages[0]
        found = [(x, y) for _, x, y in places(page) if y < 91]
        assert found
        assert all(20 <= x < 105 and 45 < y < 90 for x, y in found), lines


def test_a_hand_has_room_to_sign(typesetter):
    page = read(typesetter.typeset(paper(sheet()))).pages[0]
    assert at(page, "Ona Nordmann")[1] - at(page, "Pagarbiai")[1] >= 25


def test_what_fits_no_line_breaks_and_stays_on_the_sheet(typesetter):
    run = "".join(itertools.islice(itertools.cycle("abcdefghij"), 1500))
    pages = read(typesetter.typeset(paper(sheet(run, name=run[:100])))).pages
    for page in pages:
        assert all(x < 190 and y < 280 for _, x, y in places(page))
    # Eleven lines and more: it went on below instead of over the edge.
    assert run in "".join(re.sub(r"\s", "", page.extract_text()) for page in pages)


def test_long_letters_go_on_with_numbered_pages_and_each_begins_anew(typesetter):
    long = sheet(*(f"Pastraipa {number}. " + "Žodis ir dar vienas žodis. " * 12 for number in range(14)))
    pages = read(typesetter.typeset(paper(long, long))).pages
    heads = [re.search(r"^– (\d+) –", page.extract_text()) for page in pages]
    assert [head and int(head[1]) for head in heads] == [None, 2, None, 2]
    assert ["Ministrui" in page.extract_text() for page in pages] == [True, False, True, False]
    assert [ADDRESS in page.extract_text() for page in pages] == [False, True, False, True]


def test_nothing_of_one_letter_is_in_the_next(typesetter):
    first, second = typesetter.typeset(paper(sheet("Slaptas žodis."))), typesetter.typeset(paper(sheet("Kitas.")))
    assert "Slaptas" in text_of(first)
    assert "Slaptas" not in text_of(second)
    assert b"Slaptas" not in second
    assert typesetter.typeset(paper(sheet("Slaptas žodis."))) == first


def test_a_sheet_holds_the_letter_and_nothing_more(typesetter):
    expected = (
        "Ministrui Pirmininkui Gedimino pr. 11 01103 Vilnius Kaunas, 2026 m. lapkričio 24 d. Dėl konvencijų "
        f"Gerbiamas Ministre! Labas. – viena; – antra. Pagarbiai Ona Nordmann Norvegija {ADDRESS}"
    )
    assert flat(typesetter.typeset(paper(sheet("Labas.")))) == expected


def test_no_character_keeps_a_letter_from_being_set(typesetter):
    for name in ("Олена Ґалаґан", "Ελένη", "დავით", "李小龍", "ไทย", "Ona 😀", "\ue000", "á\u0323"):
        made = typesetter.typeset(paper(sheet(name, name=name)))
        assert "Pagarbiai" in text_of(made)
        assert read(made).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_cyrillic_and_greek_names_keep_the_standards(typesetter):
    made = typesetter.typeset(paper(sheet(name="Олена Ґалаґан · Ελένη")))
    assert b"pdfuaid:part" in made
    assert "Олена Ґалаґан · Ελένη" in flat(made)


def test_the_code_is_drawn_once_for_an_address():
    assert code(ADDRESS).startswith("<svg ")
    assert code(ADDRESS) != code(ADDRESS.replace("/lt/", "/en/"))
