"""What a file may look like: which YAML is taken, and how the rest is refused."""

# ruff: noqa: E501  a table reads best with one case a line

import os

import pytest
from bundles import small

from campaign.outside.bundle.folder import MAX_BYTES
from campaign.outside.bundle.reader import read

FACTS = "facts.yaml"


@pytest.fixture
def bundle(tmp_path):
    return small(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("  - id: casualties", "  - &a\n    id: casualties", "&a", "& and * stand for repeated text, which is not allowed; write it out"),
        ("value: 6279", "value: *a", "*a", "& and * stand for repeated text, which is not allowed; write it out"),
        ("value: 6279", "value: !!python/name:os.system x", "!!python", "a word that begins with ! must be in quotes"),
        ("value: 6279", "value: {a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: 1}}}}}}}}}}}", "value: {", "this is nested too deeply"),
        ("value: 6279", "value: 6279\n    value: 1", "    value: 1", "`value` stands here twice; the first is in line 4"),
        ("what:\n", "what:\n      en: Twice\n", "en: People", "`en` stands here twice; the first is in line 6"),
        ("    value: 6279", "\tvalue: 6279", "\tvalue", "a line begins with a tab; use spaces"),
        ("en: People", "en: People: x", "en: People", "a colon and a space stand within a text; put the text in quotes"),
        ("en: People", "en: @People", "@People", "a text that begins with @, %, ` or the like must be in quotes"),
        ("en: People", 'en: "People', 'en: "People', "a quotation mark opens here and is never closed"),
        ("    checked: 2026-11-24\n  - id: published_on", "   checked: 2026-11-24\n  - id: published_on", "   checked", "this line does not stand in line with those above it"),
        ("[en]", "[en", "unread", "a bracket opens here and is never closed"),
        ("en: People", r'en: "\q"', r"\q", "in double quotes a backslash must be doubled"),
        ("en: People harmed in a year", r'en: "\UFFFFFFFF"', r"\UFFFF", "from here on this cannot be read as YAML"),
        ("en: People harmed in a year", r'en: "a\ud800"', r"\ud800", "this text holds a character that nobody can see; delete it"),
        ("what:\n      en", "what:\n      ? [a]\n      : b\n      en", "? [a]", "a name is missing before the colon"),
        ("unread: [en]\n", "%YAML 2.0\n---\nunread: [en]\n", "%YAML", "this cannot be read as YAML: found incompatible YAML document (version 1.* is required)"),
    ],
)  # fmt: skip
def test_yaml_that_data_does_not_need_is_refused_on_its_line(bundle, old, new, piece, what):
    bundle.change(FACTS, old, new)
    assert (f"{FACTS}:{bundle.line(FACTS, piece)}: {what}") == str(bundle.mistakes()[0])


def test_a_second_document_is_refused(bundle):
    bundle.write(FACTS, bundle.text(FACTS) + "---\nfacts: []\n")
    assert "a second document begins here" in bundle.mistakes()[0].what


@pytest.mark.parametrize("content", ["", "# nothing\n", "- a\n- b\n", "a text\n"])
def test_a_file_must_be_names_and_values(bundle, content):
    bundle.write("interventions.yaml", content)
    assert [str(one) for one in bundle.mistakes()] == [
        "interventions.yaml:1: this file must be made of lines such as `name: value`"
    ]


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor(bundle):
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    bundle.write(FACTS, "\n".join(lines))
    assert "facts.yaml:1: & and * stand for repeated text" in str(bundle.mistakes()[0])


def test_norway_is_a_country_and_yes_is_a_word(bundle):
    bundle.change("states/latvia.yaml", "code: LV", "code: NO")
    bundle.change("states/latvia.yaml", "share: {en: I wrote to Latvia", "share: {en: yes")
    state = read(bundle.root).states[0]
    assert (state.code, state.share["en"]) == ("NO", "yes")


def test_a_date_as_told_may_stand_without_quotes_be_it_only_a_year(bundle):
    state = read(bundle.root).states[0]
    assert [event.on for event in state.events] == ["2005", "2025-04-16", "2025-06-27", "2025-12-27"]


def test_line_ends_byte_order_mark_and_decomposed_letters_do_not_matter(bundle):
    before = read(bundle.root)
    for file in ("letters/latvia/lv.md", "states/latvia.yaml", "facts.yaml"):
        text = bundle.text(file).replace("ē", "e\u0304").replace("\n", "\r\n")
        bundle.write(file, b"\xef\xbb\xbf" + text.encode())
    assert read(bundle.root) == before


@pytest.mark.parametrize(("encoding", "line"), [("utf-16", 1), ("latin-1", 7), ("utf-16-le", 7)])
def test_only_utf_8_is_read(bundle, encoding, line):
    text = "unread: []\ninterventions:\n  - on: 2024\n    who: {en: A}\n    what: {en: B}\n    checked: 2026-11-24\n    source: [é]\n"
    bundle.write("interventions.yaml", text.encode(encoding))
    found = bundle.mistakes()[0]
    assert found.file == "interventions.yaml"
    if encoding != "utf-16-le":
        assert (found.line, found.what) == (line, "a character is not in UTF-8; save the file with that encoding")


@pytest.mark.parametrize("character", ["\0", "\x1b", "\u200b", "\u202e", "\u2028", "\ufeff", "\u00ad", "\U000e0041"])
def test_characters_that_nobody_can_see_are_refused_on_their_line(bundle, character):
    bundle.change("letters/latvia/lv.md", "Latvija nav", f"Latvija{character} nav")
    bundle.only_mistake(
        "letters/latvia/lv.md",
        f"Latvija{character}",
        f"there is a character that nobody can see (U+{ord(character):04X}); delete it",
    )


def test_a_file_that_is_too_long_is_not_read(bundle):
    bundle.write(FACTS, bundle.text(FACTS) + "#" * MAX_BYTES)
    assert "facts.yaml:0: this file is longer than 512 kB" in map(str, bundle.mistakes())


def test_links_that_lead_out_of_the_folder_are_refused(bundle, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "en.md").write_text(bundle.text("letters/latvia/en.md"))
    (bundle.root / "letters/latvia/en.md").unlink()
    (bundle.root / "letters/latvia/en.md").symlink_to(tmp_path / "elsewhere" / "en.md")
    bundle.only_mistake("letters/latvia/en.md", "", "this is a link that leads out of the campaign's folder")


def test_folders_that_are_links_out_of_it_are_refused(bundle, tmp_path):
    (bundle.root / "letters").rename(tmp_path / "letters")
    (bundle.root / "letters").symlink_to(tmp_path / "letters")
    assert {one.what for one in bundle.mistakes()} == {"this is a link that leads out of the campaign's folder"}


def test_a_link_within_the_folder_is_followed(bundle):
    (bundle.root / "pages/en/faq.md").unlink()
    (bundle.root / "pages/en/faq.md").symlink_to("evidence.md")
    assert bundle.mistakes() == []


def test_links_in_a_circle_are_refused(bundle):
    (bundle.root / "facts.yaml").unlink()
    (bundle.root / "facts.yaml").symlink_to("facts.yaml")
    assert any(one.file == "facts.yaml" for one in bundle.mistakes())


def test_what_is_no_file_is_not_waited_for(bundle):
    (bundle.root / "facts.yaml").unlink()
    os.mkfifo(bundle.root / "facts.yaml")
    (bundle.root / "interventions.yaml").unlink()
    (bundle.root / "interventions.yaml").mkdir()
    found = [str(one) for one in bundle.mistakes()]
    assert "facts.yaml:0: this is not a file" in found
    assert "interventions.yaml:0: this is not a file" in found


@pytest.mark.parametrize(
    ("file", "place", "what"),
    [
        ("facts.yml", "", "files are campaign.yaml, offices.yaml, facts.yaml, interventions.yaml, points.yaml, folders states, letters, pages, points, chase"),
        ("states/estonia.yaml", "", "campaign.yaml lists no such state"),
        ("letters/estonia/en.md", "letters/estonia", "campaign.yaml lists no such state"),
        ("letters/latvia/et.md", "", "letters are en.md, lv.md, nb.md"),
        ("letters/latvia/lv.md.bak", "", "letters are en.md, lv.md, nb.md"),
        ("pages/lv/faq.md", "pages/lv", "campaign.yaml says that there are no pages in this language"),
        ("pages/en/about.md", "", "pages are accessibility.md, evidence.md, faq.md, glossary.md, interventions.md, method.md, privacy.md, timeline.md"),
    ],
)  # fmt: skip
def test_a_file_that_nothing_reads_is_a_mistake(bundle, file, place, what):
    bundle.write(file, "x")
    bundle.only_mistake(place or file, "", f"this does not belong here; {what}")


def test_hidden_files_and_a_readme_are_let_be(bundle):
    bundle.write(".DS_Store", b"\xff")
    bundle.write("letters/latvia/.lv.md.swp", b"\xff")
    bundle.write("README.md", "x")
    assert bundle.mistakes() == []


@pytest.mark.parametrize("file", ["facts.yaml", "states/latvia.yaml", "letters/latvia/nb.md", "offices.yaml"])
def test_a_missing_file_is_a_mistake(bundle, file):
    (bundle.root / file).unlink()
    assert f"{file}:0: this file is missing" in map(str, bundle.mistakes())


def test_a_folder_that_is_not_there_is_one_mistake(bundle):
    bundle = type(bundle)(bundle.root / "nowhere")
    assert [one.what for one in bundle.mistakes()] == ["there is no such folder"]
