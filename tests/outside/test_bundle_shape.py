"""What a field must be: every mistake of type or name, in a sentence, on its line."""

# ruff: noqa: E501  a table reads best with one case a line

from dataclasses import fields

import pytest
from bundles import small

from campaign.domain.cause import Event, Official

STATE = "states/latvia.yaml"
EVENT = ", ".join(one.name for one in fields(Event))
OFFICIAL = ", ".join(one.name for one in fields(Official))


@pytest.fixture
def bundle(tmp_path):
    return small(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("    vote: {in_f", "    tally: {in_f", "tally", f"`tally` is not a field of an event; fields are {EVENT}"),
        ("    vote: {in_f", "    votes: {in_f", "votes", f"`votes` is not a field of an event; fields are {EVENT}; did you mean `vote`?"),
        ("in_favour: 66", "favour: 66", "favour", "a vote needs `in_favour`"),
        ("in_favour: 66", "in_favour: '66'", "in_favour", "`vote: in_favour` must be a whole number without quotes"),
        ("in_favour: 66", "in_favour: 66.5", "in_favour", "`vote: in_favour` must be a whole number without quotes"),
        ("in_favour: 66", "in_favour: true", "in_favour", "`vote: in_favour` must be a whole number without quotes"),
        ("in_favour: 66", "in_favour: ", "in_favour", "`vote: in_favour` must be a whole number without quotes; there is nothing here"),
        ("vote: {in_favour: 66, against: 14, abstained: 0}", "vote: 66", "vote: 66", "`vote` must be a vote with the fields in_favour, against, abstained, absent"),
        ("kind: parliament", "kind: senate", "senate", "`kind` must be one of joined, announced, government, parliament, president, deposited, in_force, returned"),
        ("treaty: apmbc\n    kind: parl", "treaty: ottawa\n    kind: parl", "ottawa", "`treaty` must be one of apmbc, ccm"),
        ("source: [https://news.example.org/vote]", "source: https://news.example.org/vote", "source: https", "`source` must be a list"),
        ("source: [https://news.example.org/vote]", "source: [7]", "source: [7]", "`source: item 1` must be a text, so put it in quotes"),
        ("    source: [https://news.example.org/vote]\n", "", "id: vote", "an event needs `source`"),
        ("en: In the third reading.", "en: 3", "en: 3", "`note: en` must be a text, so put it in quotes"),
        ("    note:\n      en: In the third reading.\n      lv: Trešajā lasījumā.\n      nb: I tredje lesning.\n", "    note: In the third reading.\n", "note: In", "`note` must be a list of languages, such as `en: …`"),
        ("on: 2025-04-16", "on:", "on:\n", "`on` must be a text; there is nothing here"),
        ("    answer_days: 30", "    answer_days: a month", "answer_days", "`answer_days` must be a whole number without quotes"),
        ("wants_postal: true", "wants_postal: yes", "wants_postal", "`wants_postal` must be true or false"),
        ("email_status: official", "email_status: verified", "email_status", "`email_status` must be one of official, reported, none"),
        ("    answer_days: 30", "    holder_gender: female", "holder_gender", "`holder_gender` must be one of masculine, feminine"),
        ("    email: office", "    e-mail: office", "e-mail", f"`e-mail` is not a field of an official; fields are {OFFICIAL}; did you mean `email`?"),
        ('salutation: {lv: {neutral: "Augsti', 'salutation: {lv: {neuter: "Augsti', "neuter", "a salutation needs `neutral`"),
        ("postal: [Pils laukums 3, Rīga]", "postal: Pils laukums 3", "postal: Pils", "`postal` must be a list"),
        ("slug: latvia\n", "slug: latvia\nletters: []\n", "letters", "`letters` is not a field of a state; fields are slug, code, timezone, languages, name, write_to, lede, parliament, share, events, officials, missing_offices, unread"),
        ("timezone: Europe/Riga\n", "", "unread", "a state needs `timezone`"),
        ("languages: [lv]", "languages: lv", "languages", "`languages` must be a list"),
        ("  - office: speaker", "  - just a text\n  - office: speaker", "just a text", f"here must stand an official, with the fields {OFFICIAL}"),
    ],
)  # fmt: skip
def test_a_field_that_is_not_what_it_must_be_is_told_in_a_sentence(bundle, old, new, piece, what):
    bundle.change(STATE, old, new)
    assert f"{STATE}:{bundle.line(STATE, piece)}: {what}" in map(str, bundle.mistakes())


@pytest.mark.parametrize(
    "typed", ["20261124", "'20261124'", "24.11.2026", "2026-02-30", "2026-11-24T00:00:00", "", "soon"]
)
def test_a_date_is_written_one_way(bundle, typed):
    bundle.change("facts.yaml", "checked: 2026-11-24", f"checked: {typed}")
    found = bundle.mistakes()
    assert (found[0].line, found[0].what.partition(";")[0]) == (10, "`checked` must be a date such as 2026-11-24")


@pytest.mark.parametrize("typed", ["'6279'", "'86400'", "6279.5", "true", "many", "[6279]", ""])
def test_a_fact_is_a_whole_number_or_a_date(bundle, typed):
    bundle.change("facts.yaml", "value: 6279", f"value: {typed}")
    found = bundle.mistakes()
    assert found[0].line == bundle.line("facts.yaml", "value:")
    assert found[0].what.startswith("`value` must be a whole number without quotes or a date")


@pytest.mark.parametrize("name", ["office_kinds", "facts", "interventions", "pages"])
def test_what_has_a_file_of_its_own_does_not_stand_in_the_campaigns(bundle, name):
    bundle.write("campaign.yaml", bundle.text("campaign.yaml") + f"{name}: []\n")
    fields = (
        "slug, languages, name, title, lede, organisation, contact, goals, counts, opens_on, closes_on, "
        "sending_window, anonymous, consents, states, embeds, unread, missing_translations"
    )
    bundle.only_mistake("campaign.yaml", f"{name}: []", f"`{name}` is not a field of a campaign; fields are {fields}")


@pytest.mark.parametrize(
    ("file", "list_name"),
    [("facts.yaml", "facts"), ("offices.yaml", "office_kinds"), ("interventions.yaml", "interventions")],
)
def test_a_file_of_one_list_holds_nothing_else(bundle, file, list_name):
    bundle.write(file, bundle.text(file) + "other: 1\n")
    bundle.only_mistake(file, "other", f"`other` is not a part of this file; parts are {list_name}, unread")


def test_a_list_that_is_missing_or_none_is_a_mistake(bundle):
    bundle.write("interventions.yaml", "unread: []\n")
    bundle.only_mistake("interventions.yaml", "unread", "this file needs `interventions`")
    bundle.write("interventions.yaml", "unread: []\ninterventions: none\n")
    bundle.only_mistake("interventions.yaml", "interventions", "`interventions` must be a list")


def test_one_thing_with_mistakes_does_not_hide_those_of_the_next(bundle):
    bundle.change(STATE, "kind: joined", "kind: began")
    bundle.change(STATE, "on: 2025-04-16", "on: 2025-04-31")
    bundle.change(STATE, "code: LV", "code: 17")
    bundle.change("letters/latvia/nb.md", "casualties |", "casulties |")
    lines = [(one.file, one.line) for one in bundle.mistakes()]
    assert lines == [
        ("letters/latvia/nb.md", 12),
        (STATE, 3),
        (STATE, bundle.line(STATE, "began")),
        (STATE, bundle.line(STATE, "2025-04-31")),
    ]
