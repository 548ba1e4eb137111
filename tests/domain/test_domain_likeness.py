"""Likeness: what of a letter is one's own, in every script, and what stands elsewhere is found wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.domain.likeness import MANY, RUN, SHARED, Repeated, compare, fingerprints, plain, sentences

ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)
WORDS = st.text("abcdefghij", min_size=SHARED, max_size=120)
LETTER = "The ban on these mines has protected children for more than twenty-five years. I ask you to return to it."
MINE = "My grandfather lost a leg on the road behind our house in 1951."


def times(*texts, many=MANY):
    return {run: many for text in texts for run in fingerprints(text)}


@given(ANY, ANY, WORDS, ANY, ANY)
def test_two_texts_that_share_a_run_have_a_fingerprint_of_it_in_common(before, after, shared, start, end):
    common = set(fingerprints(f"{before}{shared}{after}")) & set(fingerprints(f"{start}{shared}{end}"))
    assert any(run in shared for run in common)


@given(ANY)
def test_fingerprints_are_distinct_runs_of_the_text_itself(text):
    found = fingerprints(text)
    assert len(found) == len(set(found))
    assert all(run in plain(text) and len(run) == min(RUN, len(plain(text))) for run in found)
    assert bool(found) == bool(plain(text))


@given(ANY)
def test_space_punctuation_and_case_change_nothing(text):
    spread = "".join(f" {one}, " for one in plain(text))
    assert fingerprints(spread) == fingerprints(text)
    assert fingerprints(plain(text).upper().lower()) == fingerprints(plain(text).upper())


@given(ANY)
def test_the_sentences_of_a_text_are_all_of_it(text):
    found = sentences(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(one == one.strip() != "" for one in found)


@given(ANY, st.lists(ANY, max_size=3), st.integers(0, 5000))
def test_a_share_is_between_nothing_and_all(own, fixed, length):
    found = compare(own, fixed, length, {})
    assert 0 <= found.share <= 100
    assert found.has_own == bool(plain(own))
    assert {one.sentence for one in found.repeated} <= set(sentences(own))


@given(WORDS, st.text("xyz", max_size=60), st.text("xyz", max_size=60))
def test_a_sentence_that_stands_in_many_letters_is_always_told(shared, before, after):
    """Whatever stands round it, here and there."""
    theirs = f"{after} {shared} {before}"
    found = compare(f"{before}. {shared}. {after}.", (), 1000, times(theirs, many=57))
    assert Repeated(f"{shared}.", 50) in found.repeated


def test_of_fewer_than_ten_letters_nobody_is_told():
    assert compare(MINE, (), 100, times(MINE, many=MANY - 1)).repeated == ()
    assert compare(MINE, (), 100, times(MINE, many=MANY)).repeated == (Repeated(MINE, 10),)


def test_what_repeats_the_letter_itself_is_told_as_that():
    own = f"{LETTER} {MINE}"
    found = compare(own, [LETTER], 100, times(LETTER))
    assert [(one.sentence, one.times) for one in found.repeated] == [(one, 0) for one in sentences(LETTER)]


def test_the_share_is_of_the_letters_and_digits_of_the_whole_letter():
    length = len(plain(MINE))
    assert compare(MINE, [LETTER], length, {}).share == 50
    assert compare(MINE, [LETTER], 0, {}).share == 100
    assert compare(f"{MINE} {LETTER}", [LETTER], 0, {}).share == round(100 * length / len(plain(MINE + LETTER)))
    assert compare("A word.", [LETTER], 100_000, {}).share == 1
    assert compare(MINE, [MINE], 100, {}).share == 0


def test_the_name_of_a_treaty_is_no_repetition():
    assert compare(
        "I read about the Anti-Personnel Mine Ban Convention.", ["Anti-Personnel Mine Ban Convention"], 0, {}
    ) == (compare("I read about the Anti-Personnel Mine Ban Convention.", [], 0, {}))


@pytest.mark.parametrize("empty", ["", " ", "...", "🌱\n—"])
def test_a_paragraph_without_a_letter_is_none(empty):
    found = compare(empty, [LETTER], 100, {})
    assert (found.has_own, found.share, found.repeated) == (False, 0, ())


@pytest.mark.parametrize(
    "text",
    [
        "Mano senelis augo prie lauko, kuriame po karo liko minų, ir niekas jame negalėjo dirbti.",
        "मेरे दादाजी उस खेत के पास बड़े हुए जहाँ युद्ध के बाद बारूदी सुरंगें रह गईं और कोई काम नहीं कर सका।",
        "我的祖父在一片戰後留下地雷的田野旁邊長大，很多年裡沒有人能在那裡耕種，孩子們也不能在那裡玩耍，這就是我寫信的原因。",
        "نشأ جدي بجوار حقل بقيت فيه الألغام بعد الحرب ولم يستطع أحد أن يعمل فيه.",
    ],
)
def test_every_script_is_compared(text):
    assert compare(f"Ω. {text} Ж.", (), 500, times(f"{text} Ω"))
    assert any(one.times == MANY for one in compare(f"Ω. {text} Ж.", (), 500, times(f"{text} Ω")).repeated)


def test_sentences_end_where_languages_end_them():
    text = "It was cleared! “When?” I was nine…\nIn 3.5 years. 日本語です。次の文。 क्या? हाँ। Yes"
    assert sentences(text) == (
        "It was cleared!", "“When?”", "I was nine…", "In 3.5 years.", "日本語です。", "次の文。", "क्या?", "हाँ।", "Yes",
    )  # fmt: skip
