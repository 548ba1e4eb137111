"""Letters: a version and a signer's words make one exact text, and words are never a template."""

import datetime as dt

import pytest

from campaign.domain import letter, template
from campaign.domain.edition import LetterEdition
from campaign.errors import LetterError

BODY = """{{ addressees }}

{{ salutation }}

On {{ vote_on | on_date }} the Seimas voted, {{ vote_in_favour | number }} to {{ vote_against | number }}.

{{ paragraph }}

{% if standing == "out" %}I ask you to return.{% endif %}

- not to produce
- not to lay

{{ signature }}
"""
OFFICES = {
    "president": {"title": "President", "salutation": "Dear President,"},
    "speaker": {"title": "Speaker", "salutation": "Dear Speaker,"},
}


def version(**fields):
    given = {
        "vote_on": "2025-05-08",
        "vote_in_favour": 1107,
        "vote_against": 0,
        "standing": "out",
        "offices": OFFICES,
        "anonymous": "A supporter ({{ country }})",
    }
    return LetterEdition(1, "en", "0" * 64, "Please return, {{ vote_on | year }}", BODY, given | fields, dt.date.min)


ONA = letter.Signer(name="Ona Nordmann", country="NO", city="Oslo", paragraph="{{ 7 * 7 }} {% raw %} %(x)s {name}")


def test_what_was_typed_is_a_value_and_never_read_as_a_template():
    rendered = letter.render(version(), ONA, ("president",))
    assert "{{ 7 * 7 }} {% raw %} %(x)s {name}" in rendered.text
    assert "49" not in rendered.text


def test_the_blocks_say_what_they_are():
    kinds = [block.kind for block in letter.render(version(), ONA, ("president",)).blocks]
    assert kinds == ["addressees", "salutation", "text", "own", "text", "list", "signature"]


def test_numbers_and_dates_come_in_the_letters_language():
    rendered = letter.render(version(), ONA, ("president",))
    assert "On 8 May 2025 the Seimas voted, 1,107 to 0." in rendered.text
    assert rendered.subject == "Please return, 2025"


def test_a_block_that_says_nothing_is_not_there():
    rendered = letter.render(version(standing="party"), letter.Signer(name="Ona", country="NO"), ("president",))
    assert [block.kind for block in rendered.blocks].count("text") == 1
    assert "own" not in [block.kind for block in rendered.blocks]
    assert "\n\n\n" not in rendered.text


def test_offices_that_share_a_mailbox_are_each_addressed():
    text = letter.render(version(), ONA, ("president", "speaker")).text
    assert text.startswith("President\nSpeaker\n\nDear President,\nDear Speaker,\n")


@pytest.mark.parametrize(
    ("signer", "ending"),
    [
        (ONA, "Ona Nordmann\nOslo, Norway\n"),
        (letter.Signer(name="Ona", country="NO", shown="short", short_name="O."), "O.\nNorway\n"),
        (letter.Signer(name="Ona", country="NO", city="Oslo", shown="country"), "A supporter (Norway)\n"),
    ],
)
def test_the_signature_shows_what_its_signer_chose(signer, ending):
    assert letter.render(version(), signer, ("president",)).text.endswith(f"\n\n{ending}")


def test_a_version_is_named_by_everything_it_says():
    one = letter.version("en", "s", "b", {"a": 1})
    assert one == letter.version("en", "s", "b", {"a": 1})
    assert len({one, letter.version("lt", "s", "b", {"a": 1}), letter.version("en", "s", "b", {"a": 2})}) == 3


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ nmae }}",
        "{{ config }}",
        "{% include '/etc/passwd' %}",
        "{{ name.__class__ }}",
        "{{ name['x'] }}",
        "{{ 'x' * 10**9 }}",
        "{% for a in name %}{% endfor %}",
        "{% set a = 1 %}",
        "{{ name | upper }}",
        "{{ name | date(1) }}",
        "{{ name() }}",
        "{% macro a() %}{% endmacro %}",
        "{{ name",
        "{% if name > 1 %}{% endif %}",
        "{% if name is defined %}{% endif %}",
        "{{ [name] }}",
        "x" * 50_000,
        "{{ " + "(" * 5000 + "name" + ")" * 5000 + " }}",
    ],
)
def test_templates_may_do_nothing_but_what_is_listed(hostile):
    with pytest.raises(LetterError):
        template.check(hostile, frozenset({"name"}))


@pytest.mark.parametrize(
    "deep",
    [
        "{% if name %}" * 120 + "x" + "{% endif %}" * 120,  # Python indents no further than a hundred
        "{{ " + " and ".join(["name"] * 300) + " }}",
        "{{ " + " and ".join(["name"] * 3000) + " }}",
        "{{ " + "not " * 300 + "name }}",
        "{{ name" + " | number" * 3000 + " }}",
    ],
)
def test_what_stands_too_deep_in_one_another_is_refused_and_not_found_out_by_the_first_reader(deep):
    with pytest.raises(LetterError, match="deep"):
        template.check(deep, frozenset({"name"}))


@pytest.mark.parametrize(
    "source", ["{{ true | date }}", "{{ 'a' | number }}", "{{ 1e999 | year }}", "{{ (a == 1) | date }}"]
)
def test_a_filter_writes_a_field_and_nothing_that_was_typed(source):
    with pytest.raises(LetterError, match="stands after a field alone"):
        template.check(source, frozenset("a"))


def test_as_many_constructions_as_one_likes_may_stand_beside_each_other():
    source = "{% if name == 1 %}a{% elif name == 2 %}b{% endif %}" * 300 + "{{ name }}" * 300
    assert template.check(source, frozenset({"name"})) == ("name",)
    assert template.render(source, "en", {"name": "x"}) == "x" * 300


def test_fields_filters_and_if_are_allowed():
    source = '{% if a == "x" and not b %}{{ a }}{% else %}{{ c | date }}{% endif %}'
    assert template.check(source, frozenset("abc")) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("offices", "reader"),
    [
        (("president",), "head"),
        (("speaker", "foreign-affairs-committee"), "parliament"),
        (("president", "speaker"), "several"),
        (("nobody-knows",), "several"),
    ],
)
def test_a_letter_can_speak_to_who_reads_it(offices, reader):
    assert letter.reader_of(offices) == reader


def test_a_paragraph_for_one_office_is_in_no_other_letter():
    body = BODY.replace("{{ paragraph }}", '{% if reader == "head" %}You speak for it.{% endif %}\n\n{{ paragraph }}')
    edition = LetterEdition(1, "en", "0" * 64, "s", body, version().fields, dt.date.min)
    assert "You speak for it." in letter.render(edition, ONA, ("president",)).text
    assert "You speak for it." not in letter.render(edition, ONA, ("speaker",)).text
    assert "You speak for it." not in letter.render(edition, ONA, ("president", "speaker")).text
