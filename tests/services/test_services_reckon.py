"""Letters and answers by office: all of it for organisers, and only what ten people are behind for everybody."""

import dataclasses

import afterwards
import people
import pytest

from campaign.models.apart import OwnLetterRow
from campaign.services import answer as answers
from campaign.services import reckon, withdraw

ZERO = dict.fromkeys(reckon.FIGURES, 0)
HIDDEN = {"yes": None, "no": None, "returned": None}


def told(parts, office="prime-minister"):
    found = reckon.told(parts, parts.editions.current(people.CAMPAIGN)).states["LT"]
    return next(one for one in found if one.office == office)


def figures(parts, office="prime-minister", state="LT"):
    """The figures of an office that are not zero."""
    document = reckon.by_office(parts, parts.editions.current(people.CAMPAIGN))
    return {name: count for name, count in document["states"][state][office].items() if count}


def crowd(parts, size, *words):
    """Let people answer, each in the next of the words; their links."""
    tokens = []
    for number in range(size):
        people.confirmed(parts, email=f"person{number}@example.org")
    people.work(parts)
    afterwards.later(parts)
    for number in range(size):
        mail = afterwards.questions(parts, f"person{number}@example.org")[-1]
        tokens.append(people.token(mail, "answers"))
        afterwards.say(parts, tokens[-1], words[number % len(words)])
    return tokens


def test_the_tenth_person_brings_an_offices_figures_into_view(loaded):
    crowd(loaded, 9, "no")
    assert told(loaded) == reckon.OfficeTold("prime-minister", None, HIDDEN)
    token = afterwards.asked(loaded)
    assert told(loaded) == reckon.OfficeTold("prime-minister", 10, HIDDEN)
    afterwards.say(loaded, token, "yes")
    shown = reckon.OfficeTold("prime-minister", 10, {"yes": 1, "no": 9, "returned": 0})
    assert told(loaded) == shown
    assert told(loaded, "president") == reckon.OfficeTold("president", None, HIDDEN)
    receipt = next(one for one in people.mails(loaded, "ona@example.org") if "/withdraw/" in one.text)
    withdraw.withdraw(loaded, people.token(receipt, "withdraw"), [one.id for one in afterwards.signatures(loaded)])
    assert told(loaded) == reckon.OfficeTold("prime-minister", 10, HIDDEN)  # it left, but the word is taken back


def test_offices_that_share_a_mailbox_share_their_figures(loaded):
    crowd(loaded, 10, "yes", "returned")
    for office in ("speaker", "foreign-affairs-committee"):
        assert told(loaded, office) == reckon.OfficeTold(office, 10, {"yes": 5, "no": 0, "returned": 5})


def test_a_campaign_with_rounded_counts_rounds_these_too(loaded):
    crowd(loaded, 12, "no")
    edition = loaded.editions.current(people.CAMPAIGN)
    rounding = dataclasses.replace(edition, cause=dataclasses.replace(edition.cause, counts="rounded"))
    found = next(one for one in reckon.told(loaded, rounding).states["LT"] if one.office == "speaker")
    assert (found.left, found.answers["no"]) == (10, 10)


def test_organisers_see_every_office_and_every_figure(loaded):
    document = reckon.by_office(loaded, loaded.editions.current(people.CAMPAIGN))
    assert list(document) == ["campaign", "as_of", "states"]
    assert set(document["states"]) == {"LT", "LV", "PL", "EE", "FI"}
    assert document["states"]["LT"]["president"] == ZERO
    assert set(ZERO) == {
        "sent", "waiting", "held", "refused", "unknown", "in_digests", "second_letters", "asked", "answered_yes",
        "answered_no", "answered_returned", "self_sent_mail", "self_sent_paper",
    }  # fmt: skip


def test_organisers_see_letters_and_answers_from_the_first_on(loaded):
    afterwards.second_letters(loaded, "lt")
    people.confirmed(loaded)
    assert figures(loaded) == {"waiting": 1}
    assert figures(loaded, "president") == {"held": 1}
    people.work(loaded)
    assert figures(loaded) == {"sent": 1}
    afterwards.later(loaded)
    assert figures(loaded) == {"sent": 1, "asked": 1}
    assert figures(loaded, "president") == {"held": 1}
    token = people.token(afterwards.questions(loaded)[-1], "answers")
    afterwards.say(loaded, token, "no")
    one = next(one for one in answers.opened(loaded, token, "en") if one.offices == ("prime-minister",))
    answers.chase(loaded, token, one.delivery_id, one.second.digest)
    assert figures(loaded) == {"sent": 1, "waiting": 1, "asked": 1, "answered_no": 1, "second_letters": 1}


@pytest.mark.parametrize(("status", "name"), [("refused", "refused"), ("blocked", "refused"), ("unknown", "unknown")])
def test_a_letter_that_did_not_leave_is_counted_as_what_became_of_it(loaded, status, name):
    people.confirmed(loaded)
    for one in afterwards.letters(loaded):
        afterwards.change(loaded, one, status=status)
    assert figures(loaded) == {name: 1}


def test_letters_that_people_sent_themselves_are_counted_apart_where_they_count(loaded):
    edition = loaded.editions.current(people.CAMPAIGN)
    with loaded.writing() as session:
        for number, (way, is_counted) in enumerate([("mail", True), ("mail", True), ("paper", True), ("mail", False)]):
            row = OwnLetterRow(id=f"{number:032}", at=loaded.clock.now(), campaign_id=edition.campaign_id, way=way)
            row.state_id, row.offices = edition.state("LV").id, ("president", "speaker")
            row.language, row.is_counted = "lv", is_counted
            session.add(row)
        session.commit()
    for office in ("president", "speaker"):
        assert figures(loaded, office, "LV") == {"self_sent_mail": 2, "self_sent_paper": 1}
