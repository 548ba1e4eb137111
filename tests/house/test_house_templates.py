"""Templates hold no words of their own, and every mail has its three files."""

import re
from html.parser import HTMLParser

import pytest
from sources import TEMPLATES, place
from words import PARSER, template_files

_VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands in the markup where a template puts something in
_READ_ALOUD = {"alt", "title", "placeholder", "aria-label", "aria-description", "content", "label"}
_MACHINE_WORDS = re.compile(r"width=device-width, initial-scale=1|light dark|noindex, nofollow|no-referrer|summary")
_ATTRIBUTE = re.compile(r'[a-z-]+="[^"]*"')  # a macro may give attributes alone
_SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]+|[a-z]{2,} [a-z]{2,}[.!?]")
MAIL_FILES = {"subject.txt", "body.txt", "body.html"}
TEXT_ALONE = {"digest"}  # to offices, with files beside it: a message with files has no HTML, so none is written


class _Words(HTMLParser):
    """Collects what a person would read of a page: text between tags, and attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        self.found += [
            value for name, value in attrs if name in _READ_ALOUD and value and not _MACHINE_WORDS.fullmatch(value)
        ]

    def handle_endtag(self, tag):
        self._inside = self._inside if tag != self._inside else ""

    def handle_data(self, data):
        if self._inside not in ("style", "script"):
            self.found.append(_ATTRIBUTE.sub("", data))


def _markup(path) -> str:
    """A template without its instructions."""
    tokens = PARSER.lex(path.read_text(encoding="utf-8"))
    return "".join(text if kind == "data" else _VALUE for _, kind, text in tokens if kind in ("data", "variable_begin"))


@pytest.mark.parametrize("path", template_files(), ids=place)
def test_a_template_has_no_words_of_its_own(path):
    markup = _markup(path)
    found = [markup]
    if path.suffix == ".html":
        parser = _Words()
        parser.feed(markup)
        parser.close()
        found = parser.found
    assert [text.strip() for text in found if re.search(r"[^\W\d_]", text)] == []


@pytest.mark.parametrize("path", template_files(), ids=place)
def test_a_template_puts_no_sentence_of_its_own_into_a_macro(path):
    tokens = PARSER.lex(path.read_text(encoding="utf-8"))
    assert [text for _, kind, text in tokens if kind == "string" and _SENTENCE.search(text)] == []


def test_a_template_has_no_script_style_or_handler_inside():
    data = ' type="application/ld\\+json">'  # what a page says to machines; no browser runs it
    inline = re.compile(rf"<script(?![^>]*\ssrc=|{data})|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    # Mail programs know no stylesheets but inline ones, and a book is one file that is opened from anywhere.
    alone = (TEMPLATES / "mail", TEMPLATES / "book")
    pages = [path for path in template_files() if not any(path.is_relative_to(one) for one in alone)]
    assert [place(path) for path in pages if inline.search(_markup(path))] == []


def test_a_template_never_switches_escaping_off():
    lifted = re.compile(r"\|\s*safe\b|autoescape\s+false")
    assert [place(path) for path in template_files() if lifted.search(path.read_text(encoding="utf-8"))] == []


def test_every_mail_has_its_three_files_and_one_with_files_beside_it_has_no_html():
    mails = {folder.name: {path.name for path in folder.iterdir()} for folder in _folders()}
    assert mails.keys() > TEXT_ALONE
    expected = {name: MAIL_FILES - {"body.html"} if name in TEXT_ALONE else MAIL_FILES for name in mails}
    assert mails == expected


def _folders():
    return [folder for folder in (TEMPLATES / "mail").iterdir() if folder.is_dir()]
