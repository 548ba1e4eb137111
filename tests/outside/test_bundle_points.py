"""Talking points: a register with sources, words in every language that is due, texts that come out in every letter."""

# ruff: noqa: E501  a table reads best with one case a line

import datetime as dt

import pytest
from bundles import small

from campaign.domain.cause import Point
from campaign.outside.bundle.reader import read

REGISTER, EN, LV, NB = "points.yaml", "points/en.yaml", "points/lv.yaml", "points/nb.yaml"
LISTED = """points:
  - id: harm
    source: [https://monitor.example.org/report]
    checked: 2026-11-25
  - id: vote-2
    states: [latvia]
    source: [told by a neighbour]
    checked: 2026-11-25
    is_unchecked: true
"""
SAID = """has_native_reader: {read}
checked: 2026-11-25
points:
  harm:
    title: {title}
    text: >-
      {harm}
  vote-2:
    title: {other}
    text: "{vote}"
"""
ENGLISH = SAID.format(
    read="true",
    title="How many are hurt",
    harm='{% if standing == "out" %}Still{% else %}Yet{% endif %}\n      {{ casualties | number }} were hurt.',
    other="A vote",
    vote="The vote was on {{ vote_on | on_date }}.",
)
LATVIAN = SAID.format(
    read="false",
    title="Cik daudzi cietuši",
    harm="Cietuši: {{ casualties | number }}.",
    other="Balsojums",
    vote="Balsoja {{ vote_on | on_date }}.",
)
NORWEGIAN = SAID.format(
    read="true",
    title="Hvor mange som ble rammet",
    harm="{{ casualties | number }} ble rammet.",
    other="En avstemning",
    vote="Stemte den {{ vote_on | on_date }}.",
)


@pytest.fixture
def bundle(tmp_path):
    """The small campaign with two points in its three languages."""
    bundle = small(tmp_path)
    for file, text in ((REGISTER, LISTED), (EN, ENGLISH), (LV, LATVIAN), (NB, NORWEGIAN)):
        bundle.write(file, text)
    return bundle


def test_points_are_read_in_the_registers_order_with_their_words(bundle):
    harm, vote = read(bundle.root).points
    assert vote == Point(
        id="vote-2",
        states=("latvia",),
        title={"en": "A vote", "lv": "Balsojums", "nb": "En avstemning"},
        text={
            "en": "The vote was on {{ vote_on | on_date }}.",
            "lv": "Balsoja {{ vote_on | on_date }}.",
            "nb": "Stemte den {{ vote_on | on_date }}.",
        },
        source=("told by a neighbour",),
        checked=dt.date(2026, 11, 25),
        is_unchecked=True,
    )
    assert (harm.id, harm.states) == ("harm", ())
    assert (
        harm.text["en"]
        == '{% if standing == "out" %}Still{% else %}Yet{% endif %} {{ casualties | number }} were hurt.'
    )


def test_a_campaign_may_have_no_points(tmp_path):
    assert read(small(tmp_path).root).points == ()


def test_words_that_no_native_has_read_are_listed(bundle):
    assert [one for one in read(bundle.root).unread if one.startswith("points/")] == ["points/lv.yaml: lv"]


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("id: harm", "id: Harm", "id: Harm", "`id` must be 1 to 20 small letters a to z, digits and hyphens"),
        ("id: harm", "id: harm-that-is-done-to-us", "id: harm", "`id` must be 1 to 20 small letters a to z, digits and hyphens"),
        ("id: vote-2", "id: harm", "id: harm\n    states", "the point `harm` is here twice"),
        ("[latvia]", "[estonia]", "states", "campaign.yaml lists no state `estonia`"),
        ("[latvia]", "[latvia, latvia]", "states", "`latvia` is listed twice"),
        ("[latvia]", "[]", "states", "`states` is empty; name those this is for, or leave it out for all"),
        ("    is_unchecked: true\n", "", "source: [told", "“told by a neighbour” is not the whole address of a page; give it, or say `is_unchecked: true`"),
        ("[https://monitor.example.org/report]", "[]", "source: []", "`source` is empty; say where this is told"),
        ("    checked: 2026-11-25\n", "", "id: harm", "a point needs `checked`"),
        ("    states", "    title: {en: A vote}\n    states", "title", "`title` is not a field of a point; fields are id, states, source, checked, is_unchecked"),
        ("points:", "unread: [en]\npoints:", "unread", "`unread` is not a part of this file; its one part is points"),
    ],
)  # fmt: skip
def test_the_register_is_checked(bundle, old, new, piece, what):
    bundle.change(REGISTER, old, new)
    found = [(one.line, one.what) for one in bundle.mistakes() if one.file == REGISTER]
    assert found == [(bundle.line(REGISTER, piece), what)]


def test_a_register_without_points_is_none(bundle):
    bundle.write(REGISTER, "points: []\n")
    assert f"{REGISTER}:1: `points` is empty; list one, or delete this file" in map(str, bundle.mistakes())


def test_there_are_no_more_points_than_a_person_reads(bundle):
    listed = "".join(
        f"  - {{id: p{number}, source: [https://a.example.org], checked: 2026-11-25}}\n" for number in range(11)
    )
    bundle.write(REGISTER, LISTED + listed)
    found = [(one.line, one.what) for one in bundle.mistakes() if one.file == REGISTER]
    assert found == [(bundle.line(REGISTER, "id: p10"), "there are more than 12 points")]


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("How many are hurt", "''", "title: ''", "`title` is empty"),
        ("How many are hurt", "x" * 71, "title: x", "`title` is longer than 70 characters"),
        ("How many are hurt", "Hurt in 2024", "title: Hurt", "“2024” is typed in; numbers come from the data, as {{ field }}"),
        ("How many are hurt", "'{{ casualties | number }}'", "title: '", "`title` must be one line without braces"),
        ("How many are hurt", "|-\n      Two\n      lines", "title: |", "`title` must be one line without braces"),
        ("{{ casualties | number }} were hurt.", "{{ casualties }} were hurt.", "text: >-", "`casualties` is a number; write {{ casualties | number }}"),
        ("{{ casualties | number }} were hurt.", "{{ casualties | number }} in 2024.", "text: >-", "“2024” is typed in; numbers come from the data, as {{ field }}"),
        ("{{ casualties | number }} were hurt.", "{{ casualties | number }}\n\n      were hurt.", "text: >-", "`text` must be one paragraph; begin it with >- and keep its lines in line"),
        ("{% else %}Yet{% endif %}\n      {{ casualties | number }} were hurt.", "{{ casualties | number }}{% endif %}", "text: >-", "this text comes out empty when standing is never"),
        ("{% if", "- {% if", "text: >-", "this paragraph comes out as a list when standing is never"),
        ("    title: How many are hurt\n", "", "harm:", "a point's words needs `title`"),
        ("    title: How many are hurt\n", "    title: How many are hurt\n    states: [latvia]\n", "states", "`states` is not a field of a point's words; fields are title, text"),
        ("  harm:", "  farm:", "farm:", None),
        ("has_native_reader: true\n", "", "", "a file of points needs `has_native_reader`"),
        ("checked: 2026-11-25", "checked: today", "checked", "`checked` must be a date such as 2026-11-24"),
        ("points:\n", "other: 1\npoints:\n", "other", "`other` is not a field of a file of points; fields are has_native_reader, checked, points"),
    ],
)  # fmt: skip
def test_the_words_of_points_are_checked(bundle, old, new, piece, what):
    bundle.change(EN, old, new)
    found = [(one.line, one.what) for one in bundle.mistakes() if one.file == EN]
    if what is None:
        lacks = (bundle.line(EN, "points:"), "`points` lacks harm; write it")
        assert found == [lacks, (bundle.line(EN, piece), f"{REGISTER} lists no point `farm`")]
    else:
        assert found == [(bundle.line(EN, piece) or 1, what)]


@pytest.mark.parametrize("field", ["reader", "paragraph", "signature", "sent_on", "points"])
def test_a_point_cannot_use_what_is_known_of_one_letter_only(bundle, field):
    bundle.change(EN, "The vote was on", f"{{{{ {field} }}}} The vote was on")
    (found,) = bundle.mistakes()
    assert (found.file, found.line) == (EN, bundle.line(EN, 'text: "'))
    assert found.what.startswith(f"nobody defines the field `{field}`; fields are casualties, ")


def test_a_point_for_several_states_uses_only_fields_that_all_have(bundle):
    bundle.change("campaign.yaml", "  - latvia\n", "  - latvia\n  - estonia\n")
    state = (
        bundle.text("states/latvia.yaml").replace("slug: latvia", "slug: estonia").replace("id: vote\n", "id: poll\n")
    )
    bundle.write("states/estonia.yaml", state.replace("vote_on", "poll_on"))
    for language in ("en", "lv", "nb"):
        letter = bundle.text(f"letters/latvia/{language}.md").replace("vote_", "poll_")
        bundle.write(f"letters/estonia/{language}.md", letter)
    assert bundle.mistakes() == []
    bundle.change(REGISTER, "    states: [latvia]\n", "")
    assert {(one.file, one.what.partition(";")[0]) for one in bundle.mistakes()} == {
        (file, "nobody defines the field `vote_on`") for file in (EN, LV, NB)
    }


def test_a_translation_that_dropped_a_number_is_a_mistake(bundle):
    bundle.change(NB, "{{ casualties | number }} ble", "Mange ble")
    bundle.only_mistake(NB, "text: >-", "the English text gives casualties; this translation does not")


def test_every_language_has_every_point_unless_it_is_declared_missing(bundle):
    (bundle.root / NB).unlink()
    bundle.only_mistake(NB, "", "this file is missing; write it, or declare nb missing for points in campaign.yaml")
    bundle.change("campaign.yaml", "  facts: [nb]", "  facts: [nb]\n  points: [nb]")
    assert bundle.mistakes() == []
    assert read(bundle.root).points[0].title == {"en": "How many are hurt", "lv": "Cik daudzi cietuši"}


def test_a_language_that_is_declared_missing_has_no_points(bundle):
    bundle.change("campaign.yaml", "  facts: [nb]", "  facts: [nb]\n  points: [nb]")
    what = "campaign.yaml declares this language missing for points, and its file is here all the same"
    bundle.only_mistake(NB, "", what)


def test_a_file_beside_the_points_that_nothing_reads_is_a_mistake(bundle):
    bundle.write("points/et.yaml", "x")
    bundle.only_mistake("points/et.yaml", "", "this does not belong here; files are en.yaml, lv.yaml, nb.yaml")


def test_points_without_a_register_are_a_mistake(bundle):
    (bundle.root / REGISTER).unlink()
    what = "this does not belong here; there is no points.yaml to list points"
    assert [str(one) for one in bundle.mistakes()] == [f"{file}:0: {what}" for file in (EN, LV, NB)]


def test_a_register_with_a_mistake_does_not_hide_those_in_the_words(bundle):
    bundle.change(REGISTER, "    checked: 2026-11-25\n", "")
    bundle.change(LV, "Cik daudzi cietuši", "''")
    bundle.change(LV, "{{ casualties | number }}", "{{ casualties |")
    assert {one.file for one in bundle.mistakes()} == {REGISTER, LV}


@pytest.mark.parametrize(
    "content",
    ["points: [", "points: harm", "points:", "[]", "points: {harm: x}", "points: {harm: {title: 1, text: [2]}}"],
)
@pytest.mark.parametrize("file", [REGISTER, EN])
def test_a_damaged_file_is_told_and_nothing_else_happens(bundle, file, content):
    bundle.write(file, content)
    assert bundle.mistakes()


def test_a_letters_own_names_are_not_facts(bundle):
    bundle.change("facts.yaml", "id: published_on", "id: sent_on")
    whats = [one.what for one in bundle.mistakes() if one.file == "facts.yaml"]
    assert whats == ["there is a field named `sent_on` already"]
