"""A paragraph that asks for a look: counted at once, its letters wait, and leave as they were signed or not at all."""

import datetime as dt
from dataclasses import replace

import held
import people
import pytest

from campaign.errors import DecidedError, InputRefusedError, NotFoundError
from campaign.outside.clock import Clock
from campaign.services import judge, wordlist
from campaign.services import withdraw as withdrawing
from campaign.services.digest import open_digests
from campaign.services.takes import take
from campaign.services.verify import set_email, verify

WHO = "somebody"


def test_a_letter_with_an_address_in_it_counts_and_waits(loaded):
    signature_id = held.held(loaded)
    people.work(loaded)
    assert people.letters(loaded) == []
    row = held.row(loaded, signature_id)
    assert (row.review, row.review_reasons, row.status) == ("held", ("link",), "confirmed")
    figures = held.figures(loaded)
    assert (figures["confirmed"], figures["letters_sent"], figures["letters_waiting"]) == (1, 0, 0)
    assert figures["letters_held"] > 0


def test_a_letter_without_any_leaves_at_once(loaded):
    people.confirmed(loaded, paragraph=held.SHORTER)
    people.work(loaded)
    assert held.waiting(loaded) == []
    assert people.letters(loaded) != []


def test_what_is_approved_leaves_exactly_as_it_was_signed(loaded):
    judge.approve(loaded, WHO, held.held(loaded))
    assert held.waiting(loaded) == []
    people.work(loaded)
    letters = people.letters(loaded)
    assert letters != []
    assert all(f"\n\n{held.PARAGRAPH}\n\n" in one.text for one in letters)


def test_what_nobody_need_look_at_and_what_was_approved_go_to_the_same_offices(loaded):
    people.confirmed(loaded, email="kari@example.org")
    people.work(loaded)
    others = {one.to_address for one in people.letters(loaded)}
    judge.approve(loaded, WHO, held.held(loaded))
    people.work(loaded)
    mine = [one.to_address for one in people.letters(loaded) if one.reply_to_address == "ona@example.org"]
    assert set(mine) == others
    assert len(mine) == len(others)


def test_an_office_that_is_verified_meanwhile_gets_nothing_before_the_look_and_its_letter_after(loaded):
    signature_id = held.held(loaded)
    set_email(loaded, people.CAMPAIGN, "LT", "president", "office@example.lt", "https://example.lt")
    assert verify(loaded, people.CAMPAIGN, "LT", "president").released == 0
    people.work(loaded)
    assert people.letters(loaded) == []
    judge.approve(loaded, WHO, signature_id)
    people.work(loaded)
    assert "office@example.lt" in {one.to_address for one in people.letters(loaded)}


def test_an_office_without_an_address_gets_its_letter_when_it_is_verified_after_the_look(loaded):
    judge.approve(loaded, WHO, held.held(loaded))
    people.work(loaded)
    left = len(people.letters(loaded))
    set_email(loaded, people.CAMPAIGN, "LT", "president", "office@example.lt", "https://example.lt")
    assert verify(loaded, people.CAMPAIGN, "LT", "president").released == 1
    people.work(loaded)
    assert [one.to_address for one in people.letters(loaded)[left:]] == ["office@example.lt"]


def test_an_office_that_asked_for_silence_meanwhile_gets_none(loaded):
    signature_id = held.held(loaded)
    take(loaded, people.CAMPAIGN, "LT", "prime-minister", "silence", "their mail")
    judge.approve(loaded, WHO, signature_id)
    people.work(loaded)
    edition = loaded.editions.current(people.CAMPAIGN).state("lithuania")
    silent = next(one for one in edition.officials if one.office == "prime-minister")
    assert people.letters(loaded) != []
    assert silent.official.email not in {one.to_address for one in people.letters(loaded)}


def test_an_office_that_asked_for_a_digest_meanwhile_gets_it_in_one(loaded):
    signature_id = held.held(loaded)
    take(loaded, people.CAMPAIGN, "LT", "prime-minister", "digest", "their mail")
    judge.approve(loaded, WHO, signature_id)
    open_digests(loaded)
    people.work(loaded)
    [digest] = [one for one in people.letters(loaded) if one.attachments]
    assert digest.to_address


def test_offices_that_came_to_share_a_mailbox_meanwhile_get_one_letter(loaded):
    signature_id = held.held(loaded)
    for office in ("president", "speaker"):
        set_email(loaded, people.CAMPAIGN, "LT", office, "both@example.lt", "https://example.lt")
        verify(loaded, people.CAMPAIGN, "LT", office)
    judge.approve(loaded, WHO, signature_id)
    people.work(loaded)
    assert [one.to_address for one in people.letters(loaded)].count("both@example.lt") == 1


def test_the_second_to_decide_hears_who_was_faster_and_changes_nothing(loaded):
    signature_id = held.held(loaded)
    judge.approve(loaded, WHO, signature_id)
    for decide in (
        lambda: judge.approve(loaded, "another", signature_id),
        lambda: judge.refuse(loaded, "another", signature_id, "insult"),
        lambda: judge.ask_to_trim(loaded, "another", signature_id, held.SHORTER),
    ):
        with pytest.raises(DecidedError) as decided:
            decide()
        assert (decided.value.by, decided.value.outcome, decided.value.at) == (WHO, "approved", loaded.clock.now())
    assert held.row(loaded, signature_id).reviewed_by == WHO


def test_nothing_is_decided_about_what_nobody_need_look_at(loaded):
    people.confirmed(loaded)
    for unknown in ("0" * 32, "nothing"):
        with pytest.raises(NotFoundError):
            judge.approve(loaded, WHO, unknown)


def test_what_was_taken_back_meanwhile_does_not_leave(loaded):
    signature_id = held.held(loaded)
    people.work(loaded)
    withdrawing.withdraw(loaded, people.token(people.mails(loaded)[-1], "withdraw"), [signature_id])
    assert held.waiting(loaded) == []
    with pytest.raises(DecidedError):
        judge.approve(loaded, WHO, signature_id)
    people.work(loaded)
    assert people.letters(loaded) == []


def test_what_is_refused_does_not_leave_still_counts_and_its_supporter_hears_why(loaded):
    signature_id = held.held(loaded)
    judge.refuse(loaded, WHO, signature_id, "link")
    people.work(loaded)
    assert people.letters(loaded) == []
    figures = held.figures(loaded)
    assert (figures["confirmed"], figures["letters_held"]) == (1, 0)
    mail = people.mails(loaded)[-1]
    assert "did not leave" in mail.subject
    assert "that we cannot vouch for" in " ".join(mail.text.split())
    assert "Your signature counts all the same" in mail.text
    assert "370" not in mail.text
    assert people.token(mail, "withdraw")


def test_a_threat_is_taken_out_of_the_count_and_may_be_signed_again_in_other_words(loaded):
    judge.refuse(loaded, WHO, held.held(loaded), "threat")
    people.work(loaded)
    assert held.figures(loaded)["confirmed"] == 0
    assert "no longer counts" in people.mails(loaded)[-1].text
    loaded.clock.move(held.LATER)
    people.confirmed(loaded)
    people.work(loaded)
    assert held.figures(loaded)["confirmed"] == 1
    assert people.letters(loaded) != []


def test_a_reason_that_is_not_on_the_list_is_not_taken(loaded):
    signature_id = held.held(loaded)
    with pytest.raises(InputRefusedError):
        judge.refuse(loaded, WHO, signature_id, "I do not like it")
    assert held.row(loaded, signature_id).review == "held"


def test_a_word_of_any_language_of_the_campaign_holds_a_paragraph_and_a_threat_is_looked_at_first(loaded):
    edition = loaded.editions.current(people.CAMPAIGN)
    wordlist.add(loaded, edition, WHO, "lt", "word", "kvailys")
    wordlist.add(loaded, edition, WHO, "pl", "threat", "zabiję was")
    first = held.held(loaded, paragraph="You KVAILYS.")
    second = held.held(loaded, paragraph="Z a b i j ę   w a s!", email="kari@example.org")
    assert [one.id for one in held.waiting(loaded)] == [second, first]
    assert held.row(loaded, second).review_reasons == ("threat",)


class _DyingClock:
    """A clock that tells the time so often and then fails, as a process does that is killed there."""

    def __init__(self, inner: Clock, left: int) -> None:
        self._inner = inner
        self._left = left

    def now(self) -> dt.datetime:
        self._left -= 1
        if self._left < 0:
            raise RuntimeError("killed")
        return self._inner.now()


@pytest.mark.parametrize("left", [1, 2, 3, 4])
def test_a_decision_is_whole_or_not_there(loaded, left):
    """Its letters, its mail, the count and its line in the trail are one transaction."""
    signature_id = held.held(loaded)
    before = held.figures(loaded)
    for decide in (
        lambda parts: judge.refuse(parts, WHO, signature_id, "threat"),
        lambda parts: judge.approve(parts, WHO, signature_id),
    ):
        with pytest.raises(RuntimeError):
            decide(replace(loaded, clock=_DyingClock(loaded.clock, left)))
        assert held.row(loaded, signature_id).review == "held"
        assert held.figures(loaded) == before
    judge.refuse(loaded, WHO, signature_id, "threat")
    assert held.figures(loaded)["confirmed"] == 0
