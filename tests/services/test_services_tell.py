"""What other programs are told of: queued with its cause, and nothing of a person in it."""

import datetime as dt
import json

import pytest
from people import confirmed, mails, sign, token, typed, work
from webhooks import calls, hook

from campaign.errors import TokenError
from campaign.outside.mail.mailer import Outcome
from campaign.services.confirm import confirm
from campaign.services.tell import tell
from campaign.services.transact import transact
from campaign.services.withdraw import withdraw


def test_nothing_is_queued_where_nobody_listens(loaded):
    confirmed(loaded)
    work(loaded)
    assert calls(loaded) == []


def test_a_confirmed_signature_is_told_of_by_id_state_and_instant_alone(loaded):
    hook(loaded, "signature.confirmed")
    confirmed(loaded)
    (call,) = calls(loaded)
    assert call.event == "signature.confirmed"
    assert set(call.body) == {"campaign", "state", "signature", "at"}
    assert (call.body["campaign"], call.body["state"], call.body["at"]) == (
        "keep-the-ban",
        "LT",
        "2026-11-24T09:00:00Z",
    )
    assert call.status == "queued"


def test_no_call_says_anything_that_the_person_typed(loaded):
    hook(loaded)
    confirmed(loaded)
    work(loaded)
    withdraw(loaded, token(mails(loaded)[0], "withdraw"), _signatures(loaded))
    said = json.dumps([one.body for one in calls(loaded)])
    assert {one.event for one in calls(loaded)} == {"signature.confirmed", "letter.finished", "signature.withdrawn"}
    for typed_in in ("Ona", "Nordmann", "example.org", "Storgata", "Oslo", "NO"):
        assert typed_in not in said


def _signatures(parts) -> set[str]:
    return {one.body["signature"] for one in calls(parts) if one.event == "signature.confirmed"}


def test_a_webhook_hears_only_what_it_asked_for_and_of_its_own_campaign(loaded):
    hook(loaded, "signature.withdrawn")
    hook(loaded, "signature.confirmed", campaign="keep-the-ban")
    ended = hook(loaded, "signature.confirmed", is_ended=True)
    confirmed(loaded)
    transact(loaded, lambda session: tell(loaded, session, "signature.confirmed", {"campaign": "another"}))
    (call,) = calls(loaded)
    assert call.webhook_id != ended
    assert call.body["campaign"] == "keep-the-ban"


def test_what_is_undone_is_not_told_of(loaded):
    hook(loaded)
    with pytest.raises(TokenError):
        confirm(loaded, "no such token", {})
    sign(loaded)
    work(loaded)
    assert calls(loaded) == []


def test_a_letter_is_told_of_when_it_is_final_and_not_while_it_waits(loaded):
    hook(loaded, "letter.finished")
    confirmed(loaded)
    loaded.mailer.then(Outcome.REFUSED, Outcome.TEMPORARY)
    work(loaded)
    assert [one.body["status"] for one in calls(loaded)] == ["refused"]
    loaded.clock.move(dt.timedelta(hours=1))
    work(loaded)
    told = [one.body for one in calls(loaded)]
    assert {one["status"] for one in told} == {"accepted", "refused"}
    letters = [letter for one in told for letter in one["letters"]]
    assert len(letters) == len(set(letters)) == sum(one["count"] for one in told) > 0
    assert typed(loaded).email not in json.dumps(told)
