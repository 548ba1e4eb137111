"""Comparing: what confirmed letters share is counted by fingerprint alone, and told of many letters only."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import people
import pytest
from sqlalchemy import select

from campaign.domain import likeness
from campaign.domain.letter import Block, RenderedLetter
from campaign.domain.signing import clean
from campaign.models.apart import PhraseRow
from campaign.models.supporter import SignatureRow
from campaign.services.compare import compare, count_phrases
from campaign.services.forget import forget
from campaign.services.preview import preview

STORY = "My grandfather lost a leg on the road behind our house, and he never spoke of it again."
OTHER = "I teach at a school near the border, and what we do here is watched by the children."


def phrases(parts):
    with parts.reading() as session:
        return {one.key: (one.times, one.last_on) for one in session.scalars(select(PhraseRow))}


def previewed(parts, **changed):
    edition = parts.editions.current(people.CAMPAIGN)
    state = edition.state("lithuania")
    return preview(parts, edition, state, clean(people.typed(parts, **changed), state)).likeness


def counted(parts, paragraph, times):
    """Count a paragraph as that many confirmed letters would."""
    people.sign(parts, paragraph=paragraph, email="many@example.org")
    with parts.writing() as session:
        [row] = session.scalars(select(SignatureRow).where(SignatureRow.status == "pending"))
        count_phrases(parts, session, [row] * times)
        session.commit()


def test_a_confirmed_paragraph_is_counted_by_its_fingerprints_and_a_pending_one_is_not(loaded):
    people.sign(loaded, paragraph=STORY)
    assert phrases(loaded) == {}
    people.confirmed(loaded, paragraph=STORY)
    found = phrases(loaded)
    assert len(found) == len(likeness.fingerprints(STORY))
    assert set(found.values()) == {(1, loaded.clock.now().date())}
    assert all(len(key) == 32 and set(key) <= set("0123456789abcdef") for key in found)


def test_a_letter_without_a_paragraph_counts_nothing(loaded):
    people.confirmed(loaded)
    assert phrases(loaded) == {}


def test_each_letter_counts_a_turn_of_phrase_once_however_often_it_says_it(loaded):
    people.confirmed(loaded, paragraph=f"{STORY} {STORY} {STORY}")
    assert {times for times, _ in phrases(loaded).values()} == {1}
    people.confirmed(loaded, email="per@example.org", paragraph=f"{STORY} {OTHER}")
    times = [many for many, _ in phrases(loaded).values()]
    assert sorted(set(times)) == [1, 2]


def test_several_letters_of_one_press_are_each_counted(loaded):
    people.sign(loaded, "latvia", paragraph=STORY)
    people.confirmed(loaded, "lithuania", paragraph=STORY)
    assert {times for times, _ in phrases(loaded).values()} == {2}


def test_two_presses_at_once_count_two(own_parts):
    """The same text from two mailboxes: neither is lost, neither waits for the other for ever."""
    for number in range(2):
        people.sign(own_parts, email=f"racer{number}@example.org", paragraph=f"{STORY} {OTHER}")
    people.work(own_parts)
    mails = people.mails(own_parts)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda mail: people.press(own_parts, mail), mails)) == [1, 1]
    assert {times for times, _ in phrases(own_parts).values()} == {2}


def test_a_sentence_of_many_confirmed_letters_is_told_and_of_few_is_not(loaded):
    counted(loaded, STORY, 9)
    assert previewed(loaded, paragraph=f"{OTHER} {STORY}").repeated == ()
    counted(loaded, STORY, 28)
    found = previewed(loaded, paragraph=f"{OTHER} {STORY}")
    assert found.repeated == (likeness.Repeated(STORY, 30),)
    assert 0 < found.share < previewed(loaded, paragraph=f"{OTHER} {OTHER.upper()}").share


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_sentence_of_the_letter_itself_is_told_in_both_its_languages(loaded, language):
    edition = loaded.editions.current(people.CAMPAIGN)
    letter = edition.state("lithuania").letter(language, loaded.clock.now().date())
    template = max((one for one in letter.body.split("\n\n") if "{" not in one), key=len)
    sentence = max(likeness.sentences(" ".join(template.split())), key=len)
    found = previewed(loaded, paragraph=f"{sentence} {STORY}", letter_language="lt", language="en")
    assert likeness.Repeated(sentence, 0) in found.repeated
    assert STORY not in [one.sentence for one in found.repeated]


def test_an_empty_paragraph_is_no_share_of_the_letter(loaded):
    found = previewed(loaded)
    assert (found.has_own, found.share, found.repeated) == (False, 0, ())


def test_a_talking_point_is_the_campaigns_words(loaded):
    blocks = (
        Block("salutation", "Dear Minister,"),
        Block("text", OTHER),
        Block("own", STORY),
        Block("signature", "Ona"),
    )
    letter = RenderedLetter("en", "s", blocks)
    assert letter.campaign_texts == (OTHER,)
    own, fixed = (len(likeness.plain(text)) for text in (STORY, OTHER))
    campaign_id = loaded.editions.current(people.CAMPAIGN).campaign_id
    assert compare(loaded, campaign_id, STORY, (letter,)).share == round(100 * own / (own + fixed))


def test_a_turn_of_phrase_is_forgotten_after_ninety_days_without_a_letter(loaded):
    people.confirmed(loaded, paragraph=f"{STORY} {OTHER}")
    loaded.clock.move(dt.timedelta(days=60))
    people.confirmed(loaded, email="per@example.org", paragraph=STORY)
    loaded.clock.move(dt.timedelta(days=31))
    while forget(loaded):
        pass
    assert {times for times, _ in phrases(loaded).values()} == {2}
    loaded.clock.move(dt.timedelta(days=60))
    while forget(loaded):
        pass
    assert phrases(loaded) == {}
