"""Every letter on paper, in every language, as a reader of PDFs and a screen reader have it."""

import html
import io
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import people
import pypdf
import pytest

from campaign.domain.paper import Paper, Sheet
from campaign.domain.signing import clean
from campaign.outside.files import resource
from campaign.outside.pdf import TypstTypesetter
from campaign.services.paper import paper

OWN = "Kirkenes – „ten“, «der», ”där”, ‘there’.\nĄžuolas, ģimene, żółć, õhtu, yö, å.\n\nTrečia pastraipa."
TYPESETTER = TypstTypesetter(resource("templates") / "pdf")
MM = 72 / 25.4
_HEAD = re.compile(r"^– \d+ –$", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """A document as its readers have it: the text of its pages, their sizes in millimetres, its tags, what it says."""

    texts: tuple[str, ...]
    sizes: frozenset[tuple[int, int]]
    tags: tuple[tuple[str, str], ...]
    root: pypdf.generic.DictionaryObject


@lru_cache(maxsize=32)
def typeset(told: Paper) -> Document:
    """Set a document, and read it; once, whichever database its words came from."""
    document = pypdf.PdfReader(io.BytesIO(TYPESETTER.typeset(told)))
    root = document.trailer["/Root"]
    return Document(
        texts=tuple(page.extract_text() for page in document.pages),
        sizes=frozenset(tuple(round(float(side) / MM) for side in page.mediabox[2:]) for page in document.pages),
        tags=tuple(tags_of(root["/StructTreeRoot"])),
        root=root,
    )


def tags_of(node) -> list[tuple[str, str]]:
    """Every node in the tree of tags: its kind, and the words that stand for it."""
    node = node.get_object()
    if isinstance(node, list):
        return [said for one in node for said in tags_of(one)]
    if not isinstance(node, dict):
        return []
    own = [(str(node["/S"]), str(node.get("/Alt", "")))] if "/S" in node else []
    return own + (tags_of(node["/K"]) if "/K" in node else [])


@pytest.fixture
def documents(loaded) -> dict[str, tuple[Paper, Document]]:
    """All letters of each state in each of its languages, as the form's button gives them: what is told, and set."""
    edition, found = loaded.editions.current(people.CAMPAIGN), {}
    for state in edition.states:
        for language in state.letter_languages():
            given = {"letter_language": language, "paragraph": OWN, "city": "Vadsø", "name": "Åse Øvrebø"}
            signing = clean(people.typed(loaded, state.state.slug, **given), state)
            paper(loaded, edition, state, signing)
            told = loaded.pdf.papers[-1]
            found[f"{state.state.slug} {language}"] = (told, typeset(told))
    return found


def bare(text: str) -> str:
    """Text without the spaces and line ends that a typesetter is free to choose."""
    return re.sub(r"\s", "", text)


def words_of(sheet: Sheet, address: str) -> str:
    """All that a letter on paper says, in the order in which it is read; a list's lines begin with a dash."""
    blocks = (
        "".join(f"–{item}" for item in block.items) if block.kind == "list" else block.text for block in sheet.blocks
    )
    return bare("".join([*sheet.window, sheet.head, sheet.subject, *blocks, *sheet.signature, address]))


def test_every_letter_is_there_whole_and_in_order(documents):
    assert len(documents) == 11
    for name, (told, document) in documents.items():
        assert len(told.letters) >= 5, name
        expected = "".join(words_of(one, told.home.address) for one in told.letters)
        assert bare(_HEAD.sub("", "\n".join(document.texts))) == expected, name


def test_every_letter_begins_on_a_sheet_of_its_own_of_the_same_size(documents):
    for name, (told, document) in documents.items():
        begun = [text for text in document.texts if not _HEAD.search(text)]
        windows = [bare("".join(one.window)) for one in told.letters]
        assert [bare(text).startswith(window) for text, window in zip(begun, windows, strict=True)] == [True] * len(
            begun
        )
        assert document.sizes == {(210, 297)}, name


def test_a_screen_reader_is_told_the_language_the_headings_the_lists_and_what_the_code_is(documents):
    for name, (told, document) in documents.items():
        kinds = Counter(kind for kind, _ in document.tags)
        assert document.root["/Lang"] == told.language == name.split()[1]
        assert document.root["/MarkInfo"]["/Marked"], name
        assert kinds["/H1"] == kinds["/L"] == len(told.letters), name
        assert kinds["/LI"] == sum(len(block.items) for one in told.letters for block in one.blocks), name
        assert [words for kind, words in document.tags if kind == "/Figure"] == [told.home.words] * len(told.letters)
        assert f"/{told.language}/" in told.home.address


def test_no_letter_in_any_language_falls_out_of_the_standards(documents):
    for name, (told, document) in documents.items():
        said = html.unescape(document.root["/Metadata"].get_data().decode())
        for mark in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", told.title, f">{told.language}<"):
            assert mark in said, (name, mark)
