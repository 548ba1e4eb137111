"""The letter on paper: a file to keep, never a page, and nothing of it stays here."""

import dataclasses
import io
import re

import pypdf
from page import Page, visit
from person import STATE, Person, rows
from sites import build

from campaign.outside.files import resource
from campaign.outside.pdf import TypstTypesetter


def test_paper_is_a_file_that_nobody_keeps(ona, loaded):
    before = rows(loaded)
    answer = ona.post(do="pdf", paragraph="My words")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=keep-the-ban-lithuania-lt.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "ETag" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.data == b"%PDF-fake"
    assert rows(loaded) == before


def test_paper_holds_the_letters_that_the_preview_showed(loaded):
    parts = dataclasses.replace(loaded, pdf=TypstTypesetter(resource("templates") / "pdf"))
    ona = Person(parts, build(parts).test_client(use_cookies=False))
    document = pypdf.PdfReader(io.BytesIO(ona.post(do="pdf", paragraph="Aš užaugau <Kirkenese>.").data))
    pages = [page.extract_text() for page in document.pages]
    assert sum("Aš užaugau <Kirkenese>." in page for page in pages) == 6
    assert sum("Ona Nordmann" in page for page in pages) == 6
    assert not any("ona@example.org" in page for page in pages)


def test_an_unfinished_form_comes_back_instead_of_paper(ona, loaded):
    assert "name" in Page(ona.post(name="", do="pdf"), 422).problems
    assert loaded.pdf.papers == []


def test_a_text_that_changed_is_to_be_read_before_it_is_printed(ona, loaded):
    page = Page(ona.post(text_version="0" * 32, paragraph="My words", do="pdf"), 409)
    assert "The text changed" in page.text
    assert page.form("sign").fields["paragraph"] == "My words"
    assert loaded.pdf.papers == []


def test_form_and_preview_offer_paper_after_everything_else(ona):
    for page in (visit(ona.client, STATE), Page(ona.post(do="preview"))):
        buttons = page.form("sign").buttons
        assert buttons[0] == ("", "", "Sign the letter")
        assert [one for one in buttons if one[1] == "pdf"] == [("do", "pdf", "Print it instead (PDF)")]


def test_a_preview_prints_what_it_showed(ona, loaded):
    form = Page(ona.post(do="preview", paragraph="My words", letter_language="en")).form("sign")
    assert ona.client.post(STATE, data=form.fields | {"do": "pdf"}).content_type == "application/pdf"
    (paper,) = loaded.pdf.papers
    assert paper.language == "en"
    assert re.search("'My words'", repr(paper.letters[0]))
