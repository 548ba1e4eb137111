"""What in a personal paragraph asks for a look by a person, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.domain import review, text

LISTED = (("shoot", "threat"), ("Žudyti", "threat"), ("bloody fool", "word"), ("Straße", "word"), ("we", "word"))
WORDS = [(review.fold(word), kind) for word, kind in LISTED]


def _found(paragraph: str) -> list[str]:
    return [paragraph[one.start : one.end] for one in review.hits(paragraph, WORDS)]


@pytest.mark.parametrize(
    "said",
    [
        "See example.org for more.",
        "Read it on Sub.Example.COM",
        "Write to ona@example.org",
        "write to ona [at] example [dot] org",
        "ona (at) example",
        "hxxps://example",
        "Read example.org.Then write.",
        "I am @ona_writes there",
        "Call +370 612 34567",
        "Call (0155) 123-4567 at night",
        "Skambinkite 8 612 34 567",
        "512345678",
        "５１２３４５６７８",
    ],
)
def test_what_leads_elsewhere_asks_for_a_look(said):
    assert review.reasons(said, ()) == ("link",)


@pytest.mark.parametrize(
    "said",
    [
        "The war ended.It was 1999, e.g. in spring.",
        "On 18.09.1997 and 1997-12-03, from 1997-2003 or 1914 - 1918 it was so.",
        "110 000 000 mines, or 110.000.000, lie there.",
        "Born in 1961 I have seen 3 wars. No. 12345.",
        "My grandmother (92) lost a leg; 25 years on she still cries.",
        "Pvz. Lietuva, t.y. mes.",
    ],
)
def test_a_date_a_figure_or_a_missing_space_asks_for_none(said):
    assert review.reasons(said, ()) == ()


@pytest.mark.parametrize(
    "said",
    [
        "I will shoot",
        "SHOOT!",
        "s h o o t",
        "s.h.o.o.t them",
        "sh-oot",
        "s*h*o*o*t",
        "_shoot_",
        "ｓｈｏｏｔ",
        "Žudyti nevalia",
        "Z\N{COMBINING CARON}udyti",
    ],
)
def test_a_listed_word_is_found_whole_in_any_case_and_pulled_apart(said):
    assert review.reasons(text.clean(said), WORDS) == ("threat",)


@pytest.mark.parametrize("said", ["shooting", "offshoot", "Shoo, the cat", "sho ot", "w e", "zudyti", "wet"])
def test_a_part_of_a_word_or_another_word_is_not_found(said):
    assert review.reasons(said, WORDS) == ()


def test_a_phrase_is_found_over_any_gap():
    assert _found("You bloody,\n fool. A bloodyfool.") == ["bloody,\n fool"]


def test_what_is_found_is_marked_where_it_stands_though_folding_makes_it_longer():
    assert _found("ﬃ In der STRASSE und Straße.") == ["STRASSE", "Straße"]


def test_threats_come_first_and_each_reason_once():
    assert review.reasons("bloody fool, shoot, shoot; a@b.org", WORDS) == ("threat", "word", "link")


def test_a_paragraph_is_cut_at_what_was_found():
    paragraph = "We shoot."
    cut = review.pieces(paragraph, review.hits(paragraph, WORDS))
    assert [(one.text, one.reason) for one in cut] == [("We", "word"), (" ", ""), ("shoot", "threat"), (".", "")]


@given(st.text(max_size=200))
def test_pieces_are_the_whole_paragraph_whatever_it_is(paragraph):
    cut = review.pieces(paragraph, review.hits(paragraph, WORDS))
    assert "".join(one.text for one in cut) == paragraph


@given(st.text(min_size=1, max_size=review.MAX_WORD))
def test_any_listed_word_is_found_in_itself(word):
    folded = review.fold(word)
    if review._bare(folded):  # noqa: SLF001
        assert review.reasons(folded, [(folded, "word")])[:1] == ("word",)


def test_a_shortened_text_has_words_taken_out_and_none_put_in_or_moved():
    assert review.is_shortened("I am not a fool, minister. Stay.", "I am not a fool. Stay.")
    assert review.is_shortened("You fool", "")
    assert not review.is_shortened("You fool", "You fool")
    assert not review.is_shortened("Stay in the treaty", "Stay out of the treaty")
    assert not review.is_shortened("One two", "two One")
