"""Making a letter one's own: questions to begin with, subjects, talking points, and how much of it is one's own."""

import offers
import pytest
from page import Page, visit
from person import STATE, Person, refused

from campaign.domain.signing import MAX_POINTS
from campaign.web.forms.body import MAX_FIELDS

MINE = "My grandfather lost a leg on the road behind our house, and he never spoke of it again."


@pytest.fixture
def offered(loaded):
    offers.give(loaded)
    return loaded


@pytest.fixture
def ona(offered, client):
    return Person(offered, client)


def points(*chosen, **places):
    """The fields of some talking points, and of their places."""
    return {f"point_{one}": "on" for one in chosen} | {f"place_{one}": place for one, place in places.items()}


def letters(page):
    """The blocks of the first letter as it leaves."""
    article = page.all("article")[1]
    return [
        " ".join("".join(one.itertext()).split()) for one in article.iter() if "block" in one.get("class", "").split()
    ]


def test_questions_stand_beside_the_paragraph_and_are_answered_for_nobody(client, loaded):
    page = visit(client, STATE)
    assert "prompts" in page.by_id("paragraph").get("aria-describedby").split()
    assert [one.tag.rpartition("}")[2] for one in page.by_id("prompts").iter()].count("li") == 3
    assert page.form("sign").fields["paragraph"] == ""


def test_the_choices_are_in_the_readers_language_and_subjects_in_the_offices_too(offered, client):
    page = visit(client, "/nb/keep-the-ban/lithuania/")
    form = page.form("sign")
    assert form.choices["subject_choice"] == ("0", "1", "2")
    assert form.fields["subject_choice"] == "0"
    for said in ("Subject 2 in nb", "Subject 3 in lt", "About roads (nb)", "What the roads tell us, in nb."):
        assert said in page.text
    assert "(lt)" not in page.text
    assert page.by_id("subject_choice-1-hint")[0].get("lang") == "lt"


def test_in_the_offices_own_language_a_subject_stands_once(offered, client):
    page = visit(client, "/lt/keep-the-ban/lithuania/")
    assert page.text.count("Subject 2 in lt") == 1
    assert [one for one in page.root.iter() if one.get("id") == "subject_choice-1-hint"] == []


def test_a_talking_point_that_an_office_could_not_get_is_not_offered_nor_taken(loaded, client):
    offers.give(loaded, without={"lt": "roads"})
    ona = Person(loaded, client)
    assert "point-fields" in ona.form().choices
    assert "point-roads" not in ona.form().choices
    assert len(refused(client.post(STATE, data=ona.filled() | {"point-roads": "on"})).problems) == 1


def test_without_further_subjects_and_points_there_is_nothing_to_choose(loaded, client):
    offers.give(loaded, how_many=0)
    form = visit(client, STATE).form("sign")
    assert [name for name in form.fields | form.choices if name.startswith(("subject", "point", "place"))] == []


def test_the_letter_has_the_subject_and_the_points_that_were_chosen_in_the_order_of_their_places(ona):
    chosen = points("children", "roads", "years", children="3", roads="1", years="2")
    page = Page(ona.post(do="preview", subject_choice="2", paragraph=MINE, **chosen))
    assert "Subject 3 in lt" in page.text
    said = letters(page)
    at = said.index(MINE)
    assert said[at + 1 : at + 4] == [f"What the {one} tell us, in lt." for one in ("roads", "years", "children")]


def test_more_points_than_a_letter_takes_are_refused_beside_them(ona):
    page = refused(ona.post(**points(*offers.POINTS)))
    assert page.problems == {
        "point-children": f"Choose at most {MAX_POINTS} of these paragraphs: offices read short letters"
    }
    assert [one.get("open") for one in page.all("details") if "point-children" in list(ids(one))] == [""]


def ids(element):
    return (one.get("id") for one in element.iter())


@pytest.mark.parametrize(
    ("field", "anchor"), [({"subject_choice": "9"}, "subject_choice"), ({"point-x": "on"}, "point-children")]
)
def test_a_choice_that_is_not_offered_is_refused_and_leads_to_those_that_are(ona, field, anchor):
    page = refused(ona.client.post(STATE, data=ona.filled() | field))
    assert set(page.problems) == {anchor}
    assert page.form("sign").fields["subject_choice"] == "0"


@pytest.mark.parametrize("field", [{"subject_choice": "9"}, {"point-x": "on"}])
def test_where_nothing_is_offered_a_made_up_choice_still_leads_somewhere(loaded, client, field):
    offers.give(loaded, how_many=0)
    page = refused(client.post(STATE, data=Person(loaded, client).filled() | field))
    assert len(page.problems) == 1


def test_another_language_and_the_preview_keep_every_choice(ona):
    typed = ona.filled(paragraph=MINE, subject_choice="1", **points("roads", "years", roads="4", years="1"))
    there = Page(ona.client.post("/lt/keep-the-ban/lithuania/", data=typed | {"do": "edit"})).form("sign")
    kept = [name for name in typed if name.startswith(("subject", "point-", "place-", "paragraph"))]
    assert {name: there.fields[name] for name in kept} == {name: typed[name] for name in kept}
    assert "point-children" not in there.fields
    again = Page(ona.client.post(STATE, data=typed | {"do": "preview"})).form("sign")
    assert {name: again.fields[name] for name in kept} == {name: typed[name] for name in kept}


def test_the_fullest_form_of_every_state_is_one_that_is_taken(loaded, client):
    """With the bundled talking points, all of them ticked; what is not always in a form is added."""
    for state in loaded.editions.current("keep-the-ban").states:
        form = visit(client, f"/en/keep-the-ban/{state.state.slug}/").form("sign")
        assert len(form.fields | form.choices | dict.fromkeys(("do", "source", "email_seen"), "")) <= MAX_FIELDS - 8


def test_the_preview_tells_how_much_is_ones_own_and_what_the_letter_says_already(ona):
    page = Page(ona.post(do="preview", paragraph=f"{MINE} What the roads tell us, in lt. {MINE}", **points("roads")))
    assert "This is no reason not to send it" in page.text
    assert page.text.count("% of this letter is in your own words") == 1
    assert "the letter itself says this" not in page.text, "a short sentence is no repetition"
    [said] = [one for one in letters(page) if one.startswith("Pasitraukimo")][:1] or [""]
    found = Page(ona.post(do="preview", paragraph=f"{MINE} {said}"))
    assert "the letter itself says this" in found.text
    assert 'class="ink-done"' in found.html


def test_a_letter_without_own_words_is_told_so_and_not_refused(ona):
    page = Page(ona.post(do="preview"))
    assert "All of these are the campaign's words" in page.text
    assert "in your own words" not in page.text
    assert "This is no reason not to send it" in page.text
    ona.sign()
