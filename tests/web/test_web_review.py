"""Paragraphs that wait for a look, as those who look at them see them, and what their supporters see."""

import held
import people
import pytest
from organisers import Organiser
from page import Page, visit
from person import link_in, rows
from sqlalchemy import select

from campaign.models.audit import AuditRow
from campaign.services import judge, review, wordlist

PATH = "/organise/review/"
WORDS = "/organise/review/words/"


@pytest.fixture
def organiser(loaded) -> Organiser:
    """Somebody who may read paragraphs."""
    return Organiser(loaded).accept("campaigner")


def _lines(parts, what: str) -> list[tuple[str, str]]:
    with parts.reading() as session:
        asked = select(AuditRow.which, AuditRow.reason).where(AuditRow.what == what).order_by(AuditRow.id)
        return [tuple(row) for row in session.execute(asked)]


def test_a_paragraph_is_shown_with_what_was_found_marked_and_without_an_address(organiser, loaded):
    held.held(loaded, paragraph="I grew up near a minefield. Call +370 612 34567.", email="kari@example.org")
    page = organiser.page(PATH)
    assert "1 letter waits" in page.text
    assert [one.text for one in page.all("mark")] == ["+370 612 34567"]
    assert "Ona Nordmann" in page.text
    assert "".join(page.all("blockquote")[0].itertext()) == "I grew up near a minefield. Call +370 612 34567."
    assert "kari@" not in page.html
    assert "Storgata" not in page.html


def test_every_view_is_written_down_by_ids_and_one_of_nothing_is_not(organiser, loaded):
    organiser.page(PATH)
    signature_id = held.held(loaded)
    organiser.page(PATH)
    assert _lines(loaded, "review.seen") == [("1 paragraphs of keep-the-ban", signature_id)]


def test_opening_the_queue_changes_nothing_but_the_trail(organiser, loaded):
    held.held(loaded)
    before = rows(loaded)
    organiser.page(PATH)
    after = rows(loaded)
    assert {name for name in after if after[name] != before[name]} <= {"audit"}


def test_what_is_ticked_leaves_as_it_was_signed_and_the_rest_waits(organiser, loaded):
    first = held.held(loaded)
    second = held.held(loaded, email="kari@example.org")
    answer = organiser.press(PATH, do="approve", **{f"signature-{first}": "on"})
    assert answer.status_code == 303
    assert "is on its way" in organiser.page(answer.headers["Location"]).text
    people.work(loaded)
    letters = people.letters(loaded)
    assert {one.reply_to_address for one in letters} == {"ona@example.org"}
    assert all(held.PARAGRAPH in one.text for one in letters)
    assert [one.id for one in held.waiting(loaded)] == [second]


def test_who_comes_second_hears_who_was_faster(organiser, loaded):
    signature_id = held.held(loaded)
    faster = Organiser(loaded, "eva@example.org").accept("owner")
    faster.press(PATH, do="approve", **{f"signature-{signature_id}": "on"})
    for fields in (
        {"do": "approve", f"signature-{signature_id}": "on"},
        {"do": "trim", "signature": signature_id, f"text-{signature_id}": held.SHORTER},
        {"do": "refuse", "signature": signature_id, f"reason-{signature_id}": "insult"},
    ):
        page = Page(organiser.press(PATH, **fields), 409)
        assert "Already decided by eva@example.org at " in page.text
        assert "let go. Nothing was changed" in page.text


def test_a_press_without_a_tick_a_reason_or_a_change_says_what_is_missing(organiser, loaded):
    signature_id = held.held(loaded)
    empty = Page(organiser.press(PATH, do="approve"), 422)
    assert "Tick at least one letter" in empty.text
    why = Page(organiser.press(PATH, do="refuse", signature=signature_id), 422)
    assert why.problems == {f"reason-{signature_id}": "Choose a reason from the list"}
    same = organiser.press(PATH, do="trim", signature=signature_id, **{f"text-{signature_id}": held.PARAGRAPH + " And"})
    assert list(Page(same, 422).problems) == [f"text-{signature_id}"]
    assert held.row(loaded, signature_id).review == "held"


def test_a_refused_letter_does_not_leave_and_its_supporter_hears_why(organiser, loaded):
    signature_id = held.held(loaded)
    answer = organiser.press(PATH, do="refuse", signature=signature_id, **{f"reason-{signature_id}": "person"})
    assert "the supporter is told why" in organiser.page(answer.headers["Location"]).text
    people.work(loaded)
    assert people.letters(loaded) == []
    assert "private things about somebody else" in people.mails(loaded)[-1].text.replace("\n", " ")


def test_threats_come_first_then_the_oldest_and_pages_follow_each_other(loaded):
    edition = loaded.editions.current(people.CAMPAIGN)
    wordlist.add(loaded, edition, "somebody", "lt", "threat", "žudyti")
    first, second = (held.held(loaded, email=f"{one}@example.org") for one in ("a", "b"))
    loaded.clock.move(held.LATER)
    threat = held.held(loaded, email="c@example.org", paragraph="Žudyti!")
    whole = review.queue(loaded, edition, "somebody", most=3)
    assert ([one.signature_id for one in whole.waiting], whole.after) == ([threat, *sorted((first, second))], "")
    assert (whole.total, whole.threats) == (3, 1)
    opened = review.queue(loaded, edition, "somebody", most=2)
    judge.approve(loaded, "somebody", opened.after)
    following = review.queue(loaded, edition, "somebody", opened.after, most=2)
    assert [one.signature_id for one in following.waiting] == [whole.waiting[2].signature_id]
    assert following.after == ""


def test_words_are_put_in_and_taken_out_and_what_waits_goes_on_waiting(organiser, loaded):
    organiser.press(WORDS, do="add", language="en", kind="word", words="Bloody Fool\n\nidiot\nIDIOT")
    signature_id = held.held(loaded, paragraph="You bloody   fool.")
    page = organiser.page(WORDS)
    assert "bloody fool" in page.text
    counts = [one.text for one in page.all("td") if one.get("class") == "number"]
    assert counts == ["1", "0"]
    number = page.form(next(name for name in _forms(page) if name.startswith("remove-"))).fields["word"]
    assert (
        "goes on waiting" in organiser.page(organiser.press(WORDS, do="remove", word=number).headers["Location"]).text
    )
    assert "bloody fool" not in organiser.page(WORDS).text
    assert [one.id for one in held.waiting(loaded)] == [signature_id]
    lines = _lines(loaded, "word.word")
    assert len(lines) == 2
    assert "idiot" not in str(lines)


def _forms(page: Page) -> list[str]:
    return [one.get("id") for one in page.all("form")]


def test_words_that_cannot_be_are_refused(organiser, loaded):
    refused = Page(organiser.press(WORDS, do="add", language="xx", kind="curse", words=" \n"), 422)
    assert list(refused.problems) == ["language", "kind", "words"]
    for words in ("!!!", "x" * 81, "\n".join(f"word{one}" for one in range(201))):
        assert list(Page(organiser.press(WORDS, do="add", language="en", kind="word", words=words), 422).problems) == [
            "words"
        ]
    assert organiser.press(WORDS, do="remove", word="99").status_code == 404


def test_the_done_page_and_the_receipt_say_that_a_person_looks_and_not_why(ona, loaded):
    ona.sign(paragraph=held.PARAGRAPH)
    asking = ona.mail()
    path = link_in(asking, "confirm")
    ona.press(path)
    page = visit(ona.client, path)
    assert "a person looks at the letter before it leaves" in page.text
    assert "A person looks at it before it leaves" in page.text
    loaded.clock.move(held.LATER)
    receipt = " ".join(ona.mail().text.split())
    assert "a person looks at the letter before it leaves" in receipt


def test_nobody_else_is_told_so(ona, loaded):
    path = ona.confirm()
    assert "a person looks" not in visit(ona.client, path).text
    loaded.clock.move(held.LATER)
    assert "a person looks" not in ona.mail().text


def _asked(person, parts, paragraph=held.PARAGRAPH) -> str:
    """Somebody who is asked for fewer words; the path of the link."""
    person.sign(paragraph=paragraph)
    person.press(person.link())
    [waiting] = held.waiting(parts)
    judge.ask_to_trim(parts, "somebody", waiting.id, held.SHORTER)
    return person.link("trim")


def test_the_question_shows_the_letter_before_and_after_and_changes_nothing(ona, loaded):
    path = _asked(ona, loaded)
    before = rows(loaded)
    page = visit(ona.client, path)
    assert page.heading == "May it leave in these words?"
    assert held.PARAGRAPH in page.text
    assert "As you signed it" in page.text
    ona.client.head(path)
    assert rows(loaded) == before
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert "Your signature counts all the same" in page.text


@pytest.mark.parametrize(("do", "heading"), [("yes", "It leaves in these words"), ("no", "The letter does not leave")])
def test_after_the_press_the_page_says_what_is_done_and_names_nobody(ona, loaded, do, heading):
    path = _asked(ona, loaded)
    answer = ona.press(path, "trim", do=do)
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    page = visit(ona.client, path)
    assert page.heading == heading
    assert "Ona" not in page.html
    assert ona.client.post(path, data={"do": "yes", "digest": "another"}).status_code == 303
    people.work(loaded)
    assert (people.letters(loaded) != []) is (do == "yes")


def test_a_press_for_another_text_and_one_for_nothing_change_nothing(ona, loaded):
    path = _asked(ona, loaded)
    assert Page(ona.client.post(path, data={"do": "yes", "digest": "another"}), 409)
    assert ona.client.post(path, data={"do": "perhaps"}).status_code == 303
    assert visit(ona.client, path).heading == "May it leave in these words?"


def test_a_link_cut_short_says_so(ona):
    assert visit(ona.client, "/en/trim/", 404)
    assert visit(ona.client, "/en/trim/nothing/", 404)


def test_the_first_page_says_what_waits_to_be_read_and_calls_it_no_missing_address(organiser, loaded):
    held.held(loaded, "estonia")
    page = organiser.page("/organise/")
    assert "1 letter waits until somebody has read its paragraph." in page.text
    assert "waits for a verified address" not in page.text
    assert "/organise/review/" in page.links
