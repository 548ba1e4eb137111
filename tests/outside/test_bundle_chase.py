"""The second letter and the further subjects: as strict as the first letter, and the glossary as any page."""

# ruff: noqa: E501  a table reads best with one case a line

import datetime as dt

import pytest
from bundles import small

from campaign.domain.cause import Chase
from campaign.outside.bundle.reader import read

EN, LV, NB = "chase/en.md", "chase/lv.md", "chase/nb.md"
LETTER = """---
subject: "{subject}"
has_native_reader: {read}
checked: 2026-11-25
---
{{{{ addressees }}}}

{{{{ salutation }}}}

{text}

{{{{ signature }}}}
"""


@pytest.fixture
def bundle(tmp_path):
    """The small campaign with a second letter in its three languages."""
    bundle = small(tmp_path)
    for file, subject, text, reader in (
        (EN, "A second letter", "On {{ sent_on | on_date }} I wrote to you.", "true"),
        (LV, "Otra vēstule", "Es Jums rakstīju {{ sent_on | on_date }}.", "false"),
        (NB, "Et annet brev", "Jeg skrev til Dem den {{ sent_on | on_date }}.", "true"),
    ):
        bundle.write(file, LETTER.format(subject=subject, text=text, read=reader))
    return bundle


def test_the_second_letter_is_read_in_every_language(bundle):
    found = read(bundle.root).chases
    assert [one.language for one in found] == ["en", "lv", "nb"]
    assert found[0] == Chase(
        language="en",
        subject="A second letter",
        body="{{ addressees }}\n\n{{ salutation }}\n\nOn {{ sent_on | on_date }} I wrote to you.\n\n{{ signature }}",
        has_native_reader=True,
        checked=dt.date(2026, 11, 25),
    )


def test_a_campaign_may_have_no_second_letter(tmp_path):
    assert read(small(tmp_path).root).chases == ()


def test_a_second_letter_that_no_native_has_read_is_listed(bundle):
    assert [one for one in read(bundle.root).unread if one.startswith("chase/")] == [LV]


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("{{ addressees }}\n\n", "", "{{ salutation }}", "paragraph 1 of a letter must be exactly {{ addressees }}"),
        ("{{ signature }}\n", "Yours\n", "Yours", "the last paragraph of a letter must be exactly {{ signature }}"),
        ("On {{", "{{ paragraph }}\n\nOn {{", "{{ paragraph }}", "{{ paragraph }} has no place in a second letter"),
        ("On {{", "{{ signature }} On {{", "{{ signature }} On", "{{ signature }} must be a paragraph of its own, between empty lines"),
        ("{{ sent_on | on_date }}", "{{ casualties | number }}", "On {{", "nobody defines the field `casualties`; fields are addressees, paragraph, salutation, sent_on, signature"),
        ("{{ sent_on | on_date }}", "{{ sent_on }}", "On {{", "`sent_on` is a date; write {{ sent_on | date }}, or on_date, since_date or year for date"),
        ("I wrote", '{% if standing == "out" %}I{% endif %} wrote', "On {{", "nobody defines the field `standing`; fields are addressees, paragraph, salutation, sent_on, signature"),
        ("I wrote", "in 2026 I wrote", "On {{", "“2026” is typed in; numbers come from the data, as {{ field }}"),
        ("A second letter", "", "subject", "`subject` is empty"),
        ("A second letter", "x" * 201, "subject", "the subject comes out longer than 200 characters"),
        ("checked: 2026-11-25\n", "", "subject", "a second letter needs `checked`"),
        ("checked: 2026-11-25\n", "checked: 2026-11-25\nsubjects: [x]\n", "subjects", "`subjects` is not a field of a second letter; fields are subject, has_native_reader, checked; did you mean `subject`?"),
    ],
)  # fmt: skip
def test_the_second_letter_is_held_to_the_rules_of_letters(bundle, old, new, piece, what):
    bundle.change(EN, old, new)
    found = [one.what for one in bundle.mistakes() if one.file == EN]
    assert what in found
    if "needs" not in what:
        line = bundle.line(EN, piece)
        assert (line, what) in [(one.line, one.what) for one in bundle.mistakes() if one.file == EN]


def test_a_translation_gives_the_same_day(bundle):
    bundle.change(NB, " den {{ sent_on | on_date }}", "")
    bundle.only_mistake(NB, "{{ addressees", "the English text gives sent_on; this translation does not")


@pytest.mark.parametrize("file", [EN, NB])
def test_every_language_has_it_once_there_is_any(bundle, file):
    (bundle.root / file).unlink()
    declare = "" if file == EN else ", or declare nb missing for chase in campaign.yaml"
    bundle.only_mistake(file, "", f"this file is missing; write it{declare}")


def test_a_language_may_be_declared_to_lack_it(bundle):
    bundle.change("campaign.yaml", "  facts: [nb]", "  facts: [nb]\n  chase: [nb]")
    what = "campaign.yaml declares this language missing for chase, and its file is here all the same"
    bundle.only_mistake(NB, "", what)
    (bundle.root / NB).unlink()
    assert [one.language for one in read(bundle.root).chases] == ["en", "lv"]


def test_a_file_beside_it_that_nothing_reads_is_a_mistake(bundle):
    bundle.write("chase/latvia.md", "x")
    bundle.only_mistake("chase/latvia.md", "", "this does not belong here; files are en.md, lv.md, nb.md")


def subjects(bundle, language, *items):
    """Give a first letter further subjects, one a line."""
    typed = "".join(f"  - {one}\n" for one in items)
    bundle.change(f"letters/latvia/{language}.md", "has_native_reader", f"subjects:\n{typed}has_native_reader")


def test_a_letter_may_have_further_subjects_and_a_translation_none(tmp_path):
    bundle = small(tmp_path)
    subjects(bundle, "en", "My own view", "'Since {{ out_on | since_date }}'")
    subjects(bundle, "lv", "Mans viedoklis", "'Kopš {{ out_on | since_date }}'")
    found = {one.language: one.subjects for one in read(bundle.root).states[0].letters}
    assert found == {
        "en": ("My own view", "Since {{ out_on | since_date }}"),
        "lv": ("Mans viedoklis", "Kopš {{ out_on | since_date }}"),
        "nb": (),
    }


@pytest.mark.parametrize(
    ("items", "piece", "what"),
    [
        (["''"], "- ''", "item 1 of `subjects` is empty"),
        (["One", '"a\\nb"'], '- "a', "item 2 of `subjects` must be one line"),
        (['"=?utf-8?q?x?="'], '- "=?', "item 1 of `subjects` must not have =? in it: mail programs read it as a code"),
        (["In 2025"], "- In", "“2025” is typed in; numbers come from the data, as {{ field }}"),
        (["x" * 201], "- x", "the subject comes out longer than 200 characters"),
        (["'{% if standing == \"out\" %}Return{% endif %}'"], "- '{%", "this text comes out empty when standing is never"),
        (["Latvia's place"], "- Latvia", "this subject stands here already"),
        (["A", "B", "C", "D", "E"], "- E", "there are more than 4 further subjects"),
    ],
)  # fmt: skip
def test_further_subjects_are_lines_that_mail_can_carry(tmp_path, items, piece, what):
    bundle = small(tmp_path)
    subjects(bundle, "en", *items)
    bundle.only_mistake("letters/latvia/en.md", piece, what)


def test_a_translation_has_as_many_further_subjects_with_the_same_fields(tmp_path):
    bundle = small(tmp_path)
    subjects(bundle, "en", "My own view", "'Since {{ out_on | since_date }}'")
    subjects(bundle, "nb", "Mitt syn")
    what = "`subjects` has 1, and the English letter 2; give as many, or none"
    bundle.only_mistake("letters/latvia/nb.md", "subjects:", what)
    bundle.change("letters/latvia/nb.md", "  - Mitt syn\n", "  - Mitt syn\n  - Siden da\n")
    what = "the English text gives out_on; this translation does not"
    bundle.only_mistake("letters/latvia/nb.md", "- Siden", what)


def test_a_glossary_is_due_in_every_language_once_english_has_one(tmp_path):
    bundle = small(tmp_path)
    bundle.change("campaign.yaml", "pages: [lv, nb]", "pages: [lv]")
    pages = ("accessibility", "evidence", "faq", "privacy", "timeline")
    for name in pages:
        bundle.write(f"pages/nb/{name}.md", bundle.text(f"pages/en/{name}.md"))
    bundle.write("pages/en/glossary.md", bundle.text("pages/en/faq.md"))
    what = "this file is missing; write it, or declare nb missing for glossary in campaign.yaml"
    bundle.only_mistake("pages/nb/glossary.md", "", what)
    bundle.change("campaign.yaml", "  facts: [nb]", "  facts: [nb]\n  glossary: [nb]")
    assert bundle.mistakes() == []
    bundle.write("pages/nb/glossary.md", bundle.text("pages/en/faq.md"))
    what = "campaign.yaml declares nb missing for glossary, and this file is here all the same"
    bundle.only_mistake("pages/nb/glossary.md", "", what)
