"""The rules beyond types: languages, timelines, sources, offices and the campaign's own file."""

# ruff: noqa: E501  a table reads best with one case a line

import pytest
from bundles import small

CAMPAIGN, STATE, FACTS, OFFICES = "campaign.yaml", "states/latvia.yaml", "facts.yaml", "offices.yaml"
ALL = (
    "president, prime-minister, foreign-minister, defence-minister, speaker, foreign-affairs-committee, geneva-mission"
)
NOT_A_PAGE = "is not the whole address of a page; give it, or say `is_unchecked: true`"


@pytest.fixture
def bundle(tmp_path):
    return small(tmp_path)


def damage(bundle, file, old, new, piece, what):
    bundle.change(file, old, new)
    bundle.only_mistake(file, piece, what)


@pytest.mark.parametrize(
    ("file", "old", "new", "piece", "what"),
    [
        (CAMPAIGN, "  lv: Maza lieta\n", "", "name:", "`name` lacks lv; write it"),
        (CAMPAIGN, "lv: Maza lieta", "lv: ''", "lv: ''", "`name` in lv is empty"),
        (CAMPAIGN, "lv: Maza lieta", "lv: Maza {{ lieta }}", "lieta", "`name` in lv has braces, but nothing is filled in here"),
        (CAMPAIGN, "lv: Maza lieta", "lv: |\n    Maza\n    lieta", "lv: |", "`name` in lv must be one line"),
        (CAMPAIGN, "lv: Maza lieta", "lv: Maza lieta\n  de: Sache", "de: S", "`de` is not a language of this campaign; languages are en, lv, nb"),
        (STATE, "lv: Latvija, nb: Latvia}", "nb: Latvia}", "name:", "`name` lacks lv; write it"),
        (STATE, "      nb: I tredje lesning.\n", "", "note:", "`note` lacks nb; write it"),
        (STATE, ", nb: Et navn.}", "}", "wants:", "`wants` lacks nb; write it"),
        (OFFICES, ", nb: President}", "}", "title:", "`title` lacks nb; write it"),
        (OFFICES, '      nb: {neutral: "Til presidenten"}\n', "", "salutation:", "`salutation` lacks nb; write it"),
        (OFFICES, 'neutral: "Til presidenten"', "neutral: ''", "neutral: ''", "`neutral` is empty"),
        (OFFICES, 'neutral: "Til presidenten"', "neutral: '{{ x }}'", "{{ x", "`neutral` must be one line without braces"),
        (OFFICES, '      nb: {neutral: "Til p', '      de: {neutral: x}\n      nb: {neutral: "Til p', "de:", "`de` is not a language of this campaign; languages are en, lv, nb"),
        (FACTS, "      lv: Cietušie gadā\n", "", "what:", "`what` lacks lv; write it or declare it in campaign.yaml under missing_translations"),
        (FACTS, "      lv: Cietušie gadā\n", "      lv: Cietušie gadā\n      nb: Rammet\n", "nb: Rammet", "`what` is in nb, which campaign.yaml declares missing for facts"),
        ("interventions.yaml", "      lv: Kāds\n", "", "who:", "`who` lacks lv; write it or declare it in campaign.yaml under missing_translations"),
    ],
)  # fmt: skip
def test_every_text_is_in_every_language_that_is_due(bundle, file, old, new, piece, what):
    damage(bundle, file, old, new, piece, what)


@pytest.mark.parametrize(
    ("file", "old", "new", "piece", "what"),
    [
        (FACTS, "unread: [en]\n", "", "facts:", "this file needs `unread`, the list of languages in it that no native has read"),
        (FACTS, "unread: [en]", "unread: en", "unread:", "this file needs `unread`, the list of languages in it that no native has read"),
        (FACTS, "unread: [en]", "unread: [nb]", "unread:", "`unread` names nb; this file is in en, lv"),
        (FACTS, "unread: [en]", "unread: [en, en]", "unread:", "`unread` names en twice"),
    ],
)  # fmt: skip
def test_what_no_native_has_read_is_declared(bundle, file, old, new, piece, what):
    damage(bundle, file, old, new, piece, what)


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("on: 2025-04-16", "on: 16 April 2025", "16 April", "`on` is “16 April 2025”; it must be a day, a month or a year: 2025-05-08, 2025-05 or 2025"),
        ("on: 2025-04-16", "on: 2025-04-31", "04-31", "`on` is “2025-04-31”; it must be a day, a month or a year: 2025-05-08, 2025-05 or 2025"),
        ("on: 2025-04-16", "on: 2025-13", "2025-13", "`on` is “2025-13”; it must be a day, a month or a year: 2025-05-08, 2025-05 or 2025"),
        ("on: 2005", "on: 0", "on: 0", "`on` is “0”; it must be a day, a month or a year: 2025-05-08, 2025-05 or 2025"),
        ("id: joined", "id: vote", "id: vote\n    treaty: apmbc\n    kind: p", "two events have the id `vote`; the first is in line 17"),
        ("id: joined", "id: Joined-up", "Joined-up", "`id` must be small letters a to z, digits and _, and begin with a letter"),
        ("id: joined", "id: published", "id: published", "a fact has the id `published_on` already"),
        ("kind: parliament", "kind: president", "vote: {in", "only a parliament votes; the kind of this event is president"),
        ("against: 14", "against: -14", "vote: {in", "`against` cannot be less than none"),
        ("on: 2005", "on: 2026", "on: 2026", "`joined` cannot come after `vote`, which is dated 2025-04-16"),
        ("on: 2025-04-16", "on: 2025-07-01", "on: 2025-07-01", "`vote` cannot come after `deposited`, which is dated 2025-06-27"),
        ("on: 2025-12-27", "on: 2025-12-26", "on: 2025-12-26", "`out` is too early: notice was deposited on 2025-06-27, and takes effect after 6 months at the soonest (Article 20), on 2025-12-27"),
        ("kind: deposited", "kind: government", "on: 2025-12-27", "`out` needs an event of the kind deposited before it: a state is out only after notice"),
        ("id: deposited\n    treaty: apmbc", "id: deposited\n    treaty: ccm", "on: 2025-12-27", "`out` needs an event of the kind deposited before it: a state is out only after notice"),
    ],
)  # fmt: skip
def test_a_timeline_is_one_that_can_have_been(bundle, old, new, piece, what):
    bundle.change(STATE, old, new)
    found = [one for one in bundle.mistakes() if one.file == STATE]
    assert [(one.line, one.what) for one in found] == [(bundle.line(STATE, piece), what)]


@pytest.mark.parametrize(("deposited", "out"), [("2025-06", "2025-12"), ("2025", "2026"), ("2025-08-31", "2026-02-28")])
def test_a_date_told_roughly_is_taken_at_its_best(bundle, deposited, out):
    bundle.change(STATE, "on: 2025-06-27", f"on: {deposited}")
    bundle.change(STATE, "on: 2025-12-27", f"on: {out}")
    assert bundle.mistakes() == []


def test_a_state_that_returned_may_begin_again(bundle):
    again = "".join(
        f"  - {{id: {name}, treaty: apmbc, kind: {kind}, on: {on}, source: [https://a.example.org], checked: 2026-11-24}}\n"
        for name, kind, on in (("back", "returned", "2026-03-01"), ("second", "announced", "2026-05-01"))
    )
    bundle.change(STATE, "missing_offices:", f"{again}missing_offices:")
    assert bundle.mistakes() == []


@pytest.mark.parametrize("typed", ["a newspaper", "www.example.org/vote", "https://example.org/…", "https://example.org/a...b",
                                   "https://localhost/x", "ftp://example.org/x", "https://exa mple.org/x", "https://[/x", "https:///x"])  # fmt: skip
def test_a_source_is_the_whole_address_of_a_page(bundle, typed):
    bundle.change(STATE, "[https://news.example.org/vote]", f'["{typed}"]')
    bundle.only_mistake(STATE, typed, f"“{typed}” {NOT_A_PAGE}")


def test_a_source_of_something_unchecked_may_say_how_it_is_known(bundle):
    bundle.change(STATE, "[https://news.example.org/vote]", '["told by a newspaper"]\n    is_unchecked: true')
    assert bundle.mistakes() == []


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("[]", "`source` is empty; say where this is told"),
        ("['']", "a source is empty"),
        ("[https://a.example.org, https://a.example.org]", "this source is listed twice"),
    ],
)
@pytest.mark.parametrize(
    ("file", "old"),
    [
        (STATE, "[https://news.example.org/vote]"),
        ("interventions.yaml", "[https://news.example.org/spoke-up]"),
        (FACTS, "\n      - https://monitor.example.org/report"),
    ],
)
def test_nothing_is_told_without_a_source(bundle, file, old, typed, what):
    bundle.change(file, old, f" {typed}")
    bundle.only_mistake(file, f"source:  {typed}" if file != FACTS else f"source: {typed}", what)


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("    email_status: official\n", "", "email: office", "there is an e-mail address, so `email_status` must be official or reported"),
        ("email_status: official", "email_status: none", "email_status: none", "there is an e-mail address, so `email_status` must be official or reported"),
        ("    email: office@president.example.org\n", "", "email_status", "`email_status` is official, but there is no `email`"),
        ("office@president.example.org", "office@president", "office@president", "“office@president” is not an e-mail address that can be mailed"),
        ("office@president.example.org", "office@president.example.org, b@example.org", "office@", "“office@president.example.org, b@example.org” is not an e-mail address that can be mailed"),
        ("    source: https://president.example.org/address\n", "", "email: office", "an e-mail address needs `source`, the page that shows it"),
        ("    source: https://president.example.org/address\n", "    source: their page\n", "source: their", f"`source` {NOT_A_PAGE}"),
        ("    postal_source: https://president.example.org/address\n", "", "postal:", "`postal` needs `postal_source`, the page that says so"),
        ("    wants_source: https://president.example.org/letters\n", "", "wants:", "`wants` needs `wants_source`, the page that says so"),
        ("answer_days: 30", "answer_days: 0", "answer_days", "`answer_days` must be a number of days within a year"),
        ("answer_days: 30", "holder_gender: feminine", "holder_gender", "`holder_gender` needs `holder_source`, the whole address of a page that tells it"),
        ("answer_days: 30", "holder_gender: feminine\n    holder_source: a page\n    is_unchecked: true", "holder_source", "`holder_gender` needs `holder_source`, the whole address of a page that tells it"),
        ("answer_days: 30", "holder_source: https://president.example.org", "holder_source", "there is a `holder_source`, but no `holder_gender`"),
        (", geneva-mission]", "]", "officials:", "the office `geneva-mission` is not here; add it, or name it under `missing_offices`"),
        ("[prime-minister,", "[prime-minister, speaker,", "missing_offices", "`speaker` is declared missing, and is here all the same"),
        ("[prime-minister,", "[prime-minister, king,", "missing_offices", f"`king` is not an office; offices are {ALL}"),
        ("title: {lv: Valsts prezidents}", "title: {en: President}", "title: {en: P", "`title` lacks lv, which the state is written to in"),
        ('salutation: {lv: {neutral: "Augsti', 'salutation: {en: {neutral: "Augsti', "salutation: {en", "`salutation` lacks lv; write it"),
        ("title: {lv: Valsts prezidents}", "title: {lv: Valsts prezidents, de: X}", "de: X", "`de` is not a language of this campaign; languages are en, lv, nb"),
        ("postal: [Pils laukums 3, Rīga]", "postal: [Pils laukums 3, '']", "postal:", "each item of `postal` must be one line"),
    ],
)  # fmt: skip
def test_offices_are_known_addressed_and_mailed_as_a_page_says(bundle, old, new, piece, what):
    damage(bundle, STATE, old, new, piece, what)


def test_an_unknown_office_is_told_with_those_there_are(bundle):
    bundle.change(STATE, "office: speaker", "office: speakers")
    assert f"`speakers` is not an office; offices are {ALL}" in [one.what for one in bundle.mistakes()]


def test_a_title_of_the_states_own_is_declined_where_that_of_the_office_is(bundle):
    bundle.change(OFFICES, "    salutation:", "    addressee: {lv: Prezidentam}\n    salutation:")
    what = "`addressee` lacks lv: `title` is declined atop a letter in it"
    bundle.only_mistake(STATE, "title: {lv: Valsts", what)
    bundle.change(
        STATE,
        "title: {lv: Valsts prezidents}",
        "title: {lv: Valsts prezidents}\n    addressee: {lv: Valsts prezidentam}",
    )
    assert bundle.mistakes() == []


def test_an_office_stands_once_in_a_state_and_in_the_list_of_kinds(bundle):
    bundle.change(STATE, "office: speaker", "office: president")
    bundle.change(OFFICES, "office: speaker", "office: president")
    whats = [(one.file, one.what) for one in bundle.mistakes()]
    assert (STATE, "the office `president` is here twice") in whats
    assert (OFFICES, "the office `president` is here twice") in whats


def test_an_office_that_offices_yaml_does_not_describe_is_told_where_it_is_used(bundle):
    text = bundle.text(OFFICES)
    bundle.write(OFFICES, text[: text.index("  - office: speaker")])
    bundle.only_mistake(STATE, "office: speaker", "offices.yaml does not describe `speaker`")


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("code: LV", "code: lv", "code:", "“lv” is not the code of a country, two capitals such as LV"),
        ("code: LV", "code: UK", "code:", "“UK” is not the code of a country, two capitals such as LV"),
        ("Europe/Riga", "Europe/../Riga", "Europe", "“Europe/../Riga” is not a time zone, such as Europe/Riga"),
        (
            "languages: [lv]",
            "languages: []",
            "languages",
            "`languages` is empty; name those the offices may be written to in",
        ),
        ("languages: [lv]", "languages: [lv, lv]", "languages", "`lv` is listed twice"),
        ("slug: latvia", "slug: latvija", "slug", "`slug` must be `latvia`, as the file is named"),
    ],
)
def test_the_head_of_a_state_is_checked(bundle, old, new, piece, what):
    damage(bundle, STATE, old, new, piece, what)


@pytest.mark.parametrize(
    ("old", "new", "piece", "what"),
    [
        ("slug: small", "slug: Small Cause", "slug", "`slug` must be small letters a to z and digits, with single hyphens between"),
        ("https://letters.example.org/contact", "us", "contact: us", "`contact` must be an e-mail address, or the whole address of a page"),
        ("goals: [10, 100]", "goals: [100, 10]", "goals", "`goals` must be numbers that rise, such as 100, 500, 1000"),
        ("goals: [10, 100]", "goals: []", "goals", "`goals` must be numbers that rise, such as 100, 500, 1000"),
        ("opens_on: 2026-01-01", "opens_on: 2026-01-01\ncloses_on: 2025-01-01", "closes_on", "`closes_on` is before `opens_on`"),
        ("organisation: Friends of Letters", "organisation: ''", "organisation", "`organisation` is empty"),
        ("is_required: false", "is_required: true", "is_required: true\n    text:\n      en: Write", "`is_required` must be true for `letter`, and false for any other"),
        ("purpose: news", "purpose: The News", "The News", "`purpose` must be small letters a to z and single hyphens"),
        ("  facts: [nb]", "  facts: [nb, en]", "facts:", "en is always there: what is missing elsewhere is shown in it"),
        ("  facts: [nb]", "  facts: [nb, de]", "facts:", "`de` is not a language of this campaign"),
        ("  - latvia\n", "  - latvia\n  - Estonia\n", "Estonia", "a state is named by small letters a to z and single hyphens"),
    ],
)  # fmt: skip
def test_the_campaigns_own_file_is_checked(bundle, old, new, piece, what):
    damage(bundle, CAMPAIGN, old, new, piece, what)


def test_a_state_is_listed_once(bundle):
    bundle.change(CAMPAIGN, "  - latvia\n", "  - latvia\n  - latvia\n")
    last = bundle.line(CAMPAIGN, "- latvia") + 1
    assert [str(one) for one in bundle.mistakes()] == [f"{CAMPAIGN}:{last}: `latvia` is listed twice"]


def test_the_letters_consent_is_there_and_names_who_receives(bundle):
    bundle.change(CAMPAIGN, 'nb: "Send brevet mitt til disse i {{ state }}: {{ offices }}."', "nb: Send det.")
    what = "this consent must say who receives the letter: use {{ offices }}"
    assert f"{CAMPAIGN}:{bundle.line(CAMPAIGN, 'nb: Send det')}: {what}" in map(str, bundle.mistakes())
    bundle.change(CAMPAIGN, "purpose: letter", "purpose: brief")
    what = "one consent must be for the purpose `letter`"
    assert f"{CAMPAIGN}:{bundle.line(CAMPAIGN, 'consents')}: {what}" in map(str, bundle.mistakes())


@pytest.mark.parametrize(("typed", "what"), [
    ("states: [nb]", "`states` is not a section that may lack languages; pages, facts, interventions, points, chase, glossary may"),
    ("facts: nb", "`facts` must be a list of languages"),
])  # fmt: skip
def test_declared_gaps_are_lists_for_sections_that_may_have_them(bundle, typed, what):
    bundle.change(CAMPAIGN, "  facts: [nb]", f"  {typed}")
    assert f"{CAMPAIGN}:{bundle.line(CAMPAIGN, typed)}: {what}" in map(str, bundle.mistakes())


@pytest.mark.parametrize(("typed", "what"), [
    ("[en, lv, nb, zz]", "`zz` is not the code of a language, such as en or lv"),
    ("[en, lv, nb, nb]", "`nb` is listed twice"),
    ("[lv, nb]", "`languages` must have en: what is missing elsewhere is shown in it"),
])  # fmt: skip
def test_the_campaigns_languages_are_languages_and_english_is_one(bundle, typed, what):
    bundle.change(CAMPAIGN, "languages: [en, lv, nb]", f"languages: {typed}")
    assert f"campaign.yaml:2: {what}" in map(str, bundle.mistakes())


def test_facts_have_names_of_their_own(bundle):
    bundle.change(FACTS, "id: published_on", "id: casualties")
    bundle.change(FACTS, "id: casualties", "id: signature")
    whats = [one.what for one in bundle.mistakes() if one.file == FACTS]
    assert "there is a field named `signature` already" in whats
