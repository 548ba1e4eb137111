"""A letter is edited while people sign: who signed before keeps what they read, who signs after has the new one."""

import people
import pytest

from campaign.domain.piece import Name
from campaign.errors import TextChangedError
from campaign.services.edit import By
from campaign.services.proof import affected
from campaign.services.rewrite import Rewriting, find, rewrite, try_out
from campaign.services.sign import signable

LETTER = Name("letter", "lithuania", "lt")


def test_letters_signed_before_an_edit_keep_their_text_and_letters_after_have_the_new(loaded):
    people.sign(loaded, email="ona@example.org")
    people.sign(loaded, email="jonas@example.org")
    people.work(loaded)
    asked = people.mails(loaded)
    opened = people.typed(loaded)
    assert people.press(loaded, asked[0]) == 1

    old = find(loaded, people.CAMPAIGN, LETTER).fields["subject"]
    rewriting = Rewriting({LETTER: {"subject": "Naujas laiškas"}})
    (follows,) = affected(loaded, try_out(loaded, people.CAMPAIGN, rewriting))
    assert (follows.state, follows.languages) == ("lithuania", ("lt",))
    assert (follows.pending, follows.confirmed) == (1, 1)
    rewrite(loaded, people.CAMPAIGN, By("ona", "shorter"), rewriting)

    edition = loaded.editions.current(people.CAMPAIGN)
    state = edition.state("lithuania")
    assert opened.text_version != state.text_version(loaded.clock.now().date())
    with pytest.raises(TextChangedError):  # a form that was opened before
        signable(loaded, edition, state, opened)

    assert people.press(loaded, asked[1]) == 1
    people.sign(loaded, email="petras@example.org")
    people.work(loaded)
    assert people.press(loaded, people.mails(loaded, "petras@example.org")[-1]) == 1
    people.work(loaded)
    subjects = [one.subject for one in people.letters(loaded)]
    assert set(subjects[:-1]) >= {old}
    assert subjects.count("Naujas laiškas") * 2 == subjects.count(old)
