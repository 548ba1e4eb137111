"""The rules of letters, ledes, consents and pages: what may stand in braces, and that it comes out whole."""

# ruff: noqa: E501  a table reads best with one case a line

import pytest
from bundles import small

EN, LV, NB, STATE = "letters/latvia/en.md", "letters/latvia/lv.md", "letters/latvia/nb.md", "states/latvia.yaml"
PAGE = "pages/en/faq.md"
FACTS = ["casualties", "published_on"]
EVENTS = ["deposited_on", "joined_on", "out_on", "vote_abstained", "vote_against", "vote_in_favour", "vote_on"]
STATE_FIELDS = sorted([*FACTS, *EVENTS, "standing", "cluster_standing"])
SUBJECT_FIELDS = ", ".join(sorted([*STATE_FIELDS, "reader"]))
LETTER_FIELDS = ", ".join(sorted([*STATE_FIELDS, "reader", "addressees", "salutation", "paragraph", "signature"]))
STANDINGS = "never, party, announced, voted, deposited, out, returned"


@pytest.fixture
def bundle(tmp_path):
    return small(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("{{ casualties | number }}", "{{ casulties | number }}", "casulties", f"nobody defines the field `casulties`; fields are {LETTER_FIELDS}; did you mean `casualties`?"),
        ("{{ casualties | number }}", "{{ config }}", "config", f"nobody defines the field `config`; fields are {LETTER_FIELDS}"),
        ("{{ casualties | number }}", "{{ casualties.__class__ }}", "__class__", "getattr is not allowed; use fields, filters and if"),
        ("{{ casualties | number }}", "{{ casualties['x'] }}", "['x']", "getitem is not allowed; use fields, filters and if"),
        ("{{ casualties | number }}", "{{ 'x' * 10**9 }}", "10**9", "mul is not allowed; use fields, filters and if"),
        ("{{ casualties | number }}", "{{ casualties() }}", "casualties()", "call is not allowed; use fields, filters and if"),
        ("{{ casualties | number }}", "{% include '/etc/passwd' %}", "include", "include is not allowed; use fields, filters and if"),
        ("{{ casualties | number }}", "{% for x in vote_on %}{% endfor %}", "for x", "for is not allowed; use fields, filters and if"),
        ("{{ casualties | number }}", "{% set x = 1 %}", "set x", "assign is not allowed; use fields, filters and if"),
        ("{{ casualties | number }}", "{{ casualties | upper }}", "upper", "`upper` is no filter; filters are date, on_date, since_date, year, number"),
        ("{{ casualties | number }}", "{{ casualties | number(2) }}", "number(2)", "`number` is no filter; filters are date, on_date, since_date, year, number"),
        ("{{ casualties | number }}", "{{ 'x' }}", "{{ 'x' }}", "write {{ field }} or {{ field | filter }} instead of {{ 'x' }}"),
        ("{{ casualties | number }}", "{{ casualties | number | year }}", "| year", "write {{ field }} or {{ field | filter }} instead of {{ casualties | number | year }}"),
        ("{{ casualties | number }}", "{{ casualties }}", "{{ casualties }}", "`casualties` is a number; write {{ casualties | number }}"),
        ("{{ casualties | number }}", "{{ casualties | year }}", "casualties | year", "`casualties` is a number; write {{ casualties | number }}"),
        ("{{ vote_on | on_date }}", "{{ vote_on }}", "{{ vote_on }}", "`vote_on` is a date; write {{ vote_on | date }}, or on_date, since_date or year for date"),
        ("{{ vote_on | on_date }}", "{{ vote_on | number }}", "vote_on | number", "`vote_on` is a date; write {{ vote_on | date }}, or on_date, since_date or year for date"),
        ("{{ casualties | number }}", "{{ standing }}", "{{ standing }}", "`standing` is only for {% if %}: it is a word of this program, not of a language"),
        ("{{ casualties | number }}", "{{ casualties | number }", "{{ casualties | number } ", None),
        ('standing == "out" %}Since', 'standing == "oot" %}Since', "oot", f"`standing` is never “oot”; it is one of {STANDINGS}"),
        ('standing == "out" %}Since', '"oot" == standing %}Since', "oot", f"`standing` is never “oot”; it is one of {STANDINGS}"),
        ('standing == "out" %}Since', "standing > 'out' %}Since", "> 'out'", "compare with == or != only"),
        ('standing == "out" %}Since', "standing == “out” %}Since", "“out”", "the braces in this text cannot be read: unexpected char '“' at 18"),
        ("{% endif %}\n\nOn", "\n\nOn", "{% if", "each {% if … %} needs its {% endif %} within the same paragraph"),
        ("Thank you.{% endif %}", "Thank\n\nyou.{% endif %}", "{% if", None),
        ("There were", "In 2024 there were", "In 2024", "“2024” is typed in; numbers come from the data, as {{ field }}"),
        ("There were", "About 6,279 and", "About", "“6,279” is typed in; numbers come from the data, as {{ field }}"),
        ("There were", "About 55\u00a0000\u00a0000 and", "About", "“55\u00a0000\u00a0000” is typed in; numbers come from the data, as {{ field }}"),
        ("- help those", "help those", '{% if standing == "out" -%}', "some lines of this paragraph begin with “- ” and some do not when standing is never; part the list from the text by an empty line"),
        ("{{ addressees }}\n\n", "", "{{ salutation }}", "paragraph 1 of a letter must be exactly {{ addressees }}"),
        ("{{ salutation }}\n\n", "", "{% if", "paragraph 2 of a letter must be exactly {{ salutation }}"),
        ("{{ signature }}\n", "Yours\n", "Yours", "the last paragraph of a letter must be exactly {{ signature }}"),
        ("{{ signature }}\n", "Yours\n{{ signature }}\n", "Yours", None),
        ("{{ paragraph }}\n\n", "", "{{ addressees }}", "a letter needs one paragraph that is exactly {{ paragraph }}"),
        ("{{ paragraph }}\n\n", "{{ paragraph }}\n\n{{ paragraph }}\n\n", None, None),
        ("There were", "{{ paragraph }} There were", "On {{", "{{ paragraph }} must be a paragraph of its own, between empty lines"),
    ],
)  # fmt: skip
def test_a_letter_uses_what_it_may_and_stands_in_its_order(bundle, old, new, piece, what):
    bundle.change(EN, old, new)
    if what is None:
        assert {one.file for one in bundle.mistakes()} == {EN}
    else:
        bundle.only_mistake(EN, piece, what)


def test_a_tag_within_one_paragraph_may_span_lines_and_is_told_on_its_own(bundle):
    bundle.change(EN, "There were", "There\nwere\n{{ casulties | number }}\nand")
    found = bundle.mistakes()
    assert (found[0].file, found[0].line) == (EN, bundle.line(EN, "casulties"))


@pytest.mark.parametrize(
    ("subject", "what"),
    [
        ("''", "`subject` is empty"),
        ('"a\\nb"', "`subject` must be one line"),
        ('"=?utf-8?q?x?="', "`subject` must not have =? in it: mail programs read it as a code"),
        ('"In 2025"', "“2025” is typed in; numbers come from the data, as {{ field }}"),
        (f'"{"long " * 41}"', "the subject comes out longer than 200 characters"),
        ("'{% if standing == \"out\" %}Return{% endif %}'", "this text comes out empty when standing is never"),
        ("'{{ paragraph }}'", f"nobody defines the field `paragraph`; fields are {SUBJECT_FIELDS}"),
    ],
)
def test_a_subject_is_one_line_that_mail_can_carry(bundle, subject, what):
    bundle.change(EN, 'subject: "Latvia\'s place"', f"subject: {subject}")
    bundle.only_mistake(EN, "subject:", what)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("---\nsubject", "subject", "the first line must be `---`, and the fields stand below it"),
        ("2026-11-24\n---\n", "2026-11-24\n", "a second line `---` must close the fields at the head of this file"),
        ("has_native_reader: false\n", "", "the fields above the text need `has_native_reader`"),
        ("checked: 2026-11-24\n", "", "a letter needs `checked`"),
        ("checked: 2026-11-24\n", "checked: 2026-11-24\nlanguage: lv\n", "`language` is not a field of a letter; fields are subject, subjects, has_native_reader, checked"),
        ("has_native_reader: false", "has_native_reader: no", "`has_native_reader` must be true or false"),
    ],
)  # fmt: skip
def test_the_fields_above_a_letter_are_complete(bundle, old, new, what):
    bundle.change(LV, old, new)
    assert what in [one.what for one in bundle.mistakes() if one.file == LV]


def test_a_letter_has_a_text(bundle):
    text = bundle.text(LV)
    bundle.write(LV, text[: text.index("{{ addressees")])
    assert [str(one) for one in bundle.mistakes()] == [f"{LV}:5: there is no text below the fields"]


def test_a_translation_that_dropped_a_number_is_a_mistake(bundle):
    bundle.change(NB, " {{ casualties | number }} ble rammet.", "")
    bundle.only_mistake(NB, "{{ addressees", "the English text gives casualties; this translation does not")


def test_a_translation_that_added_a_number_is_a_mistake(bundle):
    bundle.change(NB, "stemte", "({{ deposited_on | year }}) stemte")
    bundle.only_mistake(NB, "{{ addressees", "this translation gives deposited_on; the English text does not")


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("  nb: Latvia stemte den {{ vote_on | on_date }}.", "  nb: Latvia stemte.", "nb: Latvia stemte", "the English text gives vote_on; this translation does not"),
        ("  nb: Latvia stemte den {{ vote_on | on_date }}.", "  nb: Latvia stemte den {{ vote_on | on_date }}, i 2025.", "nb: Latvia stemte", "“2025” is typed in; numbers come from the data, as {{ field }}"),
        ("  nb: Latvia stemte den {{ vote_on | on_date }}.", "  nb: Latvia stemte {{ paragraph }}.", "nb: Latvia stemte", f"nobody defines the field `paragraph`; fields are {', '.join(STATE_FIELDS)}"),
        ("  nb: Latvia stemte den {{ vote_on | on_date }}.", '  nb: "{% if standing == \'out\' %}{{ vote_on | on_date }}{% endif %}"', 'nb: "{%', "this text comes out empty when standing is never"),
    ],
)  # fmt: skip
def test_ledes_are_held_to_the_same_rules(bundle, old, new, piece, what):
    bundle.change(STATE, old, new)
    bundle.only_mistake(STATE, piece, what)


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("En person i {{ country }}", "En person", "nb: En person", "the English text gives country; this translation does not"),
        ("En person i {{ country }}", "En person i {{ land }}", "land", "nobody defines the field `land`; fields are country"),
        ("nb: Skriv til meg om dette.", 'nb: "{{ offices }}"', '"{{ offices', "this translation gives offices; the English text does not"),
        ("nb: Skriv til meg om dette.", 'nb: "{{ offices | date }}"', '"{{ offices', "`offices` is a text; write {{ offices }}"),
    ],
)  # fmt: skip
def test_consents_and_hidden_names_are_held_to_the_same_rules(bundle, old, new, piece, what):
    bundle.change("campaign.yaml", old, new)
    bundle.only_mistake("campaign.yaml", piece, what)


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("A paragraph", "A <b>paragraph</b>", None, None),
        ("A paragraph", "<div>\nA paragraph", "<div>", "HTML is not allowed; write Markdown"),
        ("A paragraph", "A\n<!-- note --> paragraph", "<!--", "HTML is not allowed; write Markdown"),
        ("## A section", "# A section", "# A section", "the title is the page's only heading of the first rank; begin this one with ##"),
        ("A paragraph", "A\nparagraph ![x](https://a.example.org/x.png)", "![x]", "pictures are not allowed"),
        ("https://news.example.org/2025/06/17/story", "news.example.org", "(news", "“news.example.org” is not the whole address of a page"),
        ("https://news.example.org/2025/06/17/story", "//evil.example.org", "(//", "“//evil.example.org” is not the whole address of a page"),
        ("A paragraph", "In 2024 a paragraph", "In 2024", "“2024” is typed in; numbers come from the data, as {{ field }}"),
        ("It counts {{ casualties | number }}", "It counts {{ vote_in_favour | number }}", "It counts", "nobody defines the field `vote_in_favour`; fields are casualties, published_on"),
        ("It counts {{ casualties | number }}", "It counts {{ casualties }}", "It counts", "`casualties` is a number; write {{ casualties | number }}"),
        ("title: About faq", "title: ''", "title", "`title` must be one line without braces"),
        ("title: About faq\n", "", "has_native", None),
    ],
)  # fmt: skip
def test_a_page_is_markdown_with_figures_from_the_data(bundle, old, new, piece, what):
    bundle.change(PAGE, old, new)
    if what is None:
        assert {one.file for one in bundle.mistakes()} == {PAGE}
    else:
        bundle.only_mistake(PAGE, piece, what)


@pytest.mark.parametrize("link", ["/en/small/", "#part-1", "mailto:office@example.org", "https://a.example.org/2025"])
def test_a_page_may_link_to_pages_here_and_elsewhere(bundle, link):
    bundle.change(PAGE, "https://news.example.org/2025/06/17/story", link)
    assert bundle.mistakes() == []


def test_a_page_that_every_language_needs_is_missed(bundle):
    (bundle.root / "pages/en/privacy.md").unlink()
    bundle.only_mistake("pages/en/privacy.md", "", "this file is missing; write it")


def test_a_language_that_is_not_declared_missing_has_the_pages_of_english(bundle):
    bundle.change("campaign.yaml", "pages: [lv, nb]", "pages: [lv]")
    assert [str(one) for one in bundle.mistakes()] == [
        f"pages/nb/{name}.md:0: this file is missing; write it, or declare nb missing for pages in campaign.yaml"
        for name in ("accessibility", "evidence", "faq", "privacy", "timeline")
    ]


def test_a_translated_page_gives_the_same_figures(bundle):
    bundle.change("campaign.yaml", "pages: [lv, nb]", "pages: [lv]")
    for name in ("accessibility", "evidence", "faq", "privacy", "timeline"):
        bundle.write(f"pages/nb/{name}.md", bundle.text(f"pages/en/{name}.md"))
    assert bundle.mistakes() == []
    bundle.change("pages/nb/faq.md", "{{ casualties | number }} ", "")
    bundle.only_mistake("pages/nb/faq.md", "A para", "the English text gives casualties; this translation does not")


def test_what_defines_fields_and_cannot_be_read_is_told_once(bundle):
    bundle.change("facts.yaml", "facts:", "facts: {")
    assert {one.file for one in bundle.mistakes()} == {"facts.yaml"}
    bundle.change(STATE, "events:", "events: {")
    assert {one.file for one in bundle.mistakes()} == {"facts.yaml", STATE}
