"""Did the office answer? A page whose opening changes nothing, which names nobody but under a letter yet to leave."""

import afterwards
import people
import pytest
from page import Page, text_of, visit
from person import Person, link_in, refused, rows

from campaign.outside.words import LANGUAGES
from campaign.services.deliver import deliver
from campaign.services.question import question

PUBLIC = "/en/keep-the-ban/answers/"


@pytest.fixture
def asked(ona, loaded):
    """The path of the question's link, some weeks after Ona's letters to Lithuania left."""
    afterwards.second_letters(loaded, "lt", "en")
    return weeks_later(ona)


def weeks_later(person: Person) -> str:
    person.confirm()
    people.work(person.parts)
    afterwards.later(person.parts)
    return link_in(afterwards.questions(person.parts)[-1], "answers")


def choices(page: Page) -> list[str]:
    """The names of the groups of answers."""
    return [name for name in page.form("answers").choices if name.startswith("answer-")]


def say(person: Person, path: str, what: str):
    return person.client.post(path, data=dict.fromkeys(choices(visit(person.client, path)), what))


def test_the_page_asks_of_every_letter_that_left_and_nothing_is_chosen(ona, loaded, asked):
    page = visit(ona.client, asked)
    form = page.form("answers")
    assert len(choices(page)) == len(people.letters(loaded)) == 2
    assert form.fields == {}
    assert set(form.choices[choices(page)[0]]) == {"yes", "no", "returned"}
    assert form.buttons == (("", "", "Save what I chose"),)
    assert page.heading == "Did the offices answer?"
    assert "Lithuania: Prime Minister of Lithuania" in page.text
    assert "Left on 24 November 2026." in page.text
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert PUBLIC in page.links


def test_opening_changes_nothing_and_names_nobody(ona, loaded, asked):
    """A11."""
    before = rows(loaded)
    page = visit(ona.client, asked + "?do=chase")
    assert ona.client.head(asked).status_code == 200
    assert ona.client.put(asked).status_code == 405
    assert rows(loaded) == before
    for private in ("Ona", "Nordmann", "ona@", "Norway"):
        assert private not in page.html


def test_what_is_chosen_is_kept_thanked_for_and_can_be_changed(ona, asked):
    answer = say(ona, asked, "yes")
    assert (answer.status_code, answer.headers["Location"]) == (303, asked)
    page = visit(ona.client, asked)
    assert set(page.form("answers").fields.values()) == {"yes"}
    assert "Thank you. What you chose is saved" in page.text
    one, other = choices(page)
    assert ona.client.post(asked, data={one: "returned"}).status_code == 303
    assert visit(ona.client, asked).form("answers").fields == {one: "returned", other: "yes"}


@pytest.mark.parametrize("value", ["", "maybe", None])
def test_a_press_with_nothing_chosen_asks_again(ona, loaded, asked, value):
    name = choices(visit(ona.client, asked))[0]
    before = rows(loaded)
    page = refused(ona.client.post(asked, data={} if value is None else {name: value}))
    assert page.problems == {name: "Choose an answer for at least one letter"}
    assert rows(loaded) == before


def test_the_second_letter_is_shown_where_no_answer_came_and_leaves_once_by_a_press(ona, loaded, asked):
    assert "second letter" not in visit(ona.client, asked).text
    say(ona, asked, "no")
    page = visit(ona.client, asked)
    form = page.form("chase-1")
    assert form.buttons == (("do", "chase", "Send this second letter, once"),)
    folded = next(text_of(one) for one in page.all("details") if "Read the second letter" in text_of(one))
    assert "A second letter (lt)" in folded
    assert "On 24 November 2026 I wrote to you." in folded
    assert "On 2026 m. lapkričio 24 d. I wrote to you." in folded
    assert "Ona Nordmann" in folded
    data = form.fields | {"do": "chase"}
    for _ in range(2):
        answer = ona.client.post(asked, data=data)
        assert (answer.status_code, answer.headers["Location"]) == (303, asked)
    assert "Waiting its turn" in visit(ona.client, asked).text
    before = len(people.letters(loaded))
    while deliver(loaded) is not None:
        pass
    assert len(people.letters(loaded)) == before + 1
    assert [line for line in people.letters(loaded)[-1].text.splitlines() if line not in folded] == []


def test_only_what_was_seen_leaves(ona, loaded, asked):
    say(ona, asked, "no")
    fields = visit(ona.client, asked).form("chase-1").fields
    before = rows(loaded)
    page = Page(ona.client.post(asked, data=fields | {"do": "chase", "digest": "0" * 64}), 409)
    assert "so nothing was sent" in page.text
    assert page.form("chase-1").fields == fields
    assert ona.client.post(asked, data={"do": "chase", "delivery": "0" * 32, "digest": ""}).status_code == 303
    assert ona.client.post(asked, data={"do": "chase"}).status_code == 303
    assert rows(loaded) == before


def test_the_page_after_the_first_press_names_the_second_letter(ona, asked):
    say(ona, asked, "no")
    ona.client.post(asked, data=visit(ona.client, asked).form("chase-1").fields | {"do": "chase"})
    done = next(one for one in people.mails(ona.parts) if "/confirm/" in one.text)
    page = visit(ona.client, link_in(done, "confirm"))
    assert [text_of(one).endswith("second letter") for one in page.all("th")].count(True) == 1


def test_a_signature_taken_back_is_not_listed(ona, asked):
    mail = afterwards.questions(ona.parts)[-1]
    ona.press(link_in(mail, "withdraw"), "withdraw")
    page = visit(ona.client, asked)
    assert page.heading == "Nothing to ask about"
    assert ona.client.post(asked, data={}).status_code == 303


def test_who_asks_for_no_more_mail_by_the_question_gets_none(ona, asked):
    mail = afterwards.questions(ona.parts)[-1]
    ona.press(link_in(mail, "unsubscribe"), "unsubscribe")
    assert say(ona, asked, "yes").status_code == 303


@pytest.mark.parametrize("token", ["abc", "x" * 10_000, "A" * 22 + "." + "B" * 43], ids=range(3))
def test_a_link_that_is_not_ours_opens_nothing(client, loaded, token):
    before = rows(loaded)
    assert visit(client, f"/en/answers/{token}/", 404).heading == "This link is not complete"
    assert client.post(f"/en/answers/{token}/", data={"do": "chase"}).status_code == 404
    assert visit(client, "/en/answers/", 404).heading == "This link is not complete"
    assert rows(loaded) == before


def test_a_link_is_good_for_its_own_purpose_only(ona, asked):
    token = asked.split("/")[3]
    for purpose in ("confirm", "withdraw", "unsubscribe"):
        visit(ona.client, f"/en/{purpose}/{token}/", 404)
    other = link_in(afterwards.questions(ona.parts)[-1], "withdraw").split("/")[3]
    visit(ona.client, f"/en/answers/{other}/", 404)


def test_the_question_is_plain_and_holds_nothing_typed(ona, asked):
    mail = afterwards.questions(ona.parts)[-1]
    assert (mail.subject, mail.is_automatic) == ("Keep the Ban: did the office answer?", True)
    assert mail.html.count("/answers/") == mail.text.count("/answers/") == 1
    for typed in ("Ona", "Nordmann", "Norway"):
        assert typed not in mail.subject + mail.text + mail.html
    assert [line for line in mail.text.splitlines() if len(line) > 72 and "http" not in line] == []


def test_anybody_can_read_which_offices_answer(client):
    page = visit(client, PUBLIC)
    assert page.heading == "Which offices answer"
    assert page.text.count("fewer than 10") == 2 * 35
    assert page.answer.headers["Cache-Control"] == "public, max-age=60"
    for path in ("/en/keep-the-ban/", "/en/keep-the-ban/evidence/"):
        assert PUBLIC in visit(client, path).links
    visit(client, "/en/no-such-campaign/answers/", 404)


def test_figures_are_shown_from_ten_people_up(client, loaded):
    """A08: no cell tells of fewer than ten."""
    for number in range(10):
        people.confirmed(loaded, email=f"person{number}@example.org")
    people.work(loaded)
    loaded.clock.move(afterwards.MONTH)
    question(loaded)
    people.work(loaded)
    mails = afterwards.questions(loaded)
    for mail in mails[:9]:
        afterwards.say(loaded, people.token(mail, "answers"), "no")
    assert row(visit(client, PUBLIC), "Prime Minister of Lithuania") == ["10", "– fewer than 10 told us"]
    afterwards.say(loaded, people.token(mails[9], "answers"), "yes")
    loaded.clock.move(afterwards.MONTH)
    page = visit(client, PUBLIC)
    assert row(page, "Prime Minister of Lithuania") == ["10", "1", "9", "0"]
    assert row(page, "President of the Republic of Lithuania") == ["– fewer than 10", "– fewer than 10 told us"]


def row(page: Page, office: str) -> list[str]:
    """The cells beside an office."""
    (found,) = [one for one in page.all("tr") if text_of(one).startswith(office)]
    return [text_of(one) for one in found if one.tag.endswith("}td")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_pages_are_whole_in_every_language(loaded, client, language):
    person = Person(loaded, client, path=f"/{language}/keep-the-ban/finland/")
    path = weeks_later(person)
    assert path.startswith(f"/{language}/")
    mail = afterwards.questions(loaded)[-1]
    assert mail.language == language
    assert [line for line in mail.text.splitlines() if len(line) > 72 and "http" not in line] == []
    visit(client, path)
    visit(client, f"/{language}/keep-the-ban/answers/")
