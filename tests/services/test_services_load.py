"""Loading a folder: what a letter version holds beside its text, and what makes it another version."""

import dataclasses
import datetime as dt

import pytest
from bundles import small

from campaign.domain import letter as letters
from campaign.domain.cause import Cause
from campaign.domain.letter import Signer
from campaign.models.base import AsJson
from campaign.outside.bundle.reader import read
from campaign.services.load import letter_fields, load

TODAY = dt.date(2026, 11, 24)
STATE, PRESIDENT = "states/latvia.yaml", "president"
OWN = 'salutation: {lv: {neutral: "Augsti godātais Valsts prezident!"}}'
FORMS = (
    'salutation: {lv: {neutral: "Augsti godātais Valsts prezident!", feminine: "Augsti godātā Valsts prezidente!", '
    'masculine: "Augsti godātais Valsts prezidenta kungs!"}}'
)
HOLDER = "holder_source: https://president.example.org/who"


@pytest.fixture
def bundle(tmp_path):
    """The small campaign, in which one office has a form for a man and one for a woman."""
    bundle = small(tmp_path)
    bundle.change(STATE, OWN, FORMS)
    return bundle


def loaded_letter(parts, bundle, language):
    """Load the folder and give the letter to Latvia that stands today in a language."""
    load(parts, bundle.root)
    return parts.editions.current("small").state("latvia").letter(language, TODAY)


def opening(letter):
    return letters.render(letter, Signer(name="Ona", country="LT"), (PRESIDENT,)).blocks[1].text


def hold(bundle, gender):
    bundle.change(STATE, "answer_days: 30", f"answer_days: 30\n    holder_gender: {gender}\n    {HOLDER}")


@pytest.mark.parametrize(
    ("gender", "said"),
    [
        ("feminine", "Augsti godātā Valsts prezidente!"),
        ("masculine", "Augsti godātais Valsts prezidenta kungs!"),
    ],
)
def test_whoever_holds_an_office_is_addressed_as_a_page_says_and_the_version_is_another(parts, bundle, gender, said):
    before = loaded_letter(parts, bundle, "lv")
    assert opening(before) == "Augsti godātais Valsts prezident!"
    hold(bundle, gender)
    after = loaded_letter(parts, bundle, "lv")
    assert opening(after) == said
    assert after.version != before.version


def test_a_language_without_the_form_stays_neutral_and_keeps_its_version(parts, bundle):
    before = loaded_letter(parts, bundle, "en")
    hold(bundle, "feminine")
    after = loaded_letter(parts, bundle, "en")
    assert opening(after) == "Dear President,"
    assert after.version == before.version


def test_the_form_of_the_office_is_used_where_the_state_has_none_of_its_own(bundle):
    hold(bundle, "feminine")
    bundle.change("offices.yaml", 'en: {neutral: "Dear President,"}', "en: {neutral: Dear, feminine: Madam}")
    assert fields(bundle, "en")["offices"][PRESIDENT]["salutation"] == "Madam"


def fields(bundle, language):
    """The fields that loading would give the letter to Latvia in a language."""
    cause = read(bundle.root)
    return letter_fields(cause, cause.states[0], language, TODAY)


def test_a_campaign_without_points_has_versions_as_ever(bundle):
    assert not {"points", "subjects", "chase"} & fields(bundle, "en").keys()


POINTS = "has_native_reader: true\nchecked: 2026-11-25\npoints:\n"
CHASE = '---\nsubject: "{}"\nhas_native_reader: true\nchecked: 2026-11-25\n---\n{}\n'
BODY = "{{ addressees }}\n\n{{ salutation }}\n\nOn {{ sent_on | on_date }} I wrote.\n\n{{ signature }}"


@pytest.fixture
def richer(bundle):
    """The small campaign with points, a further subject and a second letter; Norwegian lacks all three."""
    bundle.change("campaign.yaml", "missing_translations:", "missing_translations:\n  points: [nb]\n  chase: [nb]")
    listed = "".join(
        f"  - {{id: {name}, source: [https://a.example.org], checked: 2026-11-25{states}}}\n"
        for name, states in (("second", ""), ("first", ", states: [latvia]"))
    )
    bundle.write("points.yaml", f"points:\n{listed}")
    bundle.write(
        "points/en.yaml", f"{POINTS}  first: {{title: One, text: This.}}\n  second: {{title: Two, text: That.}}\n"
    )
    bundle.write(
        "points/lv.yaml", f"{POINTS}  first: {{title: Viens, text: Tas.}}\n  second: {{title: Divi, text: To.}}\n"
    )
    for language, subject in (("en", "Again"), ("lv", "Atkal")):
        bundle.write(f"chase/{language}.md", CHASE.format(subject, BODY))
    bundle.change("letters/latvia/en.md", "has_native_reader", "subjects: [My own view]\nhas_native_reader")
    return bundle


def test_a_version_holds_the_points_of_its_state_in_the_registers_order(richer):
    assert fields(richer, "lv")["points"] == [
        {"id": "second", "title": "Divi", "text": "To."},
        {"id": "first", "title": "Viens", "text": "Tas."},
    ]


def test_a_point_for_other_states_is_not_in_a_letter(richer):
    cause = read(richer.root)
    found = letter_fields(cause, cause.states[0], "en", TODAY)["points"]
    elsewhere = dataclasses.replace(cause.states[0], slug="estonia")
    assert [one["id"] for one in found] == ["second", "first"]
    assert [one["id"] for one in letter_fields(cause, elsewhere, "en", TODAY)["points"]] == ["second"]


def test_a_version_holds_its_further_subjects_and_the_second_letter(richer):
    english, latvian = fields(richer, "en"), fields(richer, "lv")
    assert english["subjects"] == ["My own view"]
    assert "subjects" not in latvian
    assert latvian["chase"] == {"subject": "Atkal", "body": BODY}


def test_a_language_that_lacks_them_has_none(richer):
    assert not {"points", "subjects", "chase"} & fields(richer, "nb").keys()


def test_another_word_in_a_point_makes_another_version_in_its_language_alone(parts, richer):
    load(parts, richer.root)
    state = parts.editions.current("small").state("latvia")
    before = {language: state.letter(language, TODAY).version for language in ("en", "lv", "nb")}
    richer.change("points/lv.yaml", "text: Tas.", "text: Tas pats.")
    load(parts, richer.root)
    state = parts.editions.current("small").state("latvia")
    after = {language: state.letter(language, TODAY).version for language in ("en", "lv", "nb")}
    assert {language for language in before if before[language] != after[language]} == {"lv"}
    assert state.letter("lv", TODAY).fields["points"][1]["text"] == "Tas pats."


def test_loading_twice_changes_nothing(parts, richer):
    load(parts, richer.root)
    assert load(parts, richer.root).changes == ()


def test_a_cause_kept_before_there_were_points_is_still_read(bundle):
    column, cause = AsJson(Cause), read(bundle.root)
    kept = column.process_bind_param(cause, None)
    del kept["points"], kept["chases"]
    for state in kept["states"]:
        for official in state["officials"]:
            del official["holder_gender"], official["holder_source"]
        for letter in state["letters"]:
            del letter["subjects"]
    assert column.process_result_value(kept, None) == cause
