"""Batches against everything that happens meanwhile: kills, letters on their way, supporters who act, other workers."""

import datetime as dt

import people
from floods import flood
from sqlalchemy import text

from campaign.models.delivery import DeliveryRow
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.queries import tally as tallies
from campaign.services import claim as claiming
from campaign.services import invalidate, withdraw
from campaign.services.advance import advance
from campaign.services.count import public
from campaign.services.roll import roll
from campaign.services.suspend import count_bounce
from campaign.services.transact import transact

WHO = "command line"


def edition(parts):
    return parts.editions.current(people.CAMPAIGN)


def made(parts, **said):
    return invalidate.create(parts, edition(parts), WHO, {"name": "A flood", "reason": "made up", **said})


def through(parts):
    while advance(parts):
        pass


def taken_out(parts, **said):
    batch = made(parts, **said)
    invalidate.run(parts, edition(parts), WHO, batch)
    through(parts)
    return batch


def put_back(parts, batch):
    invalidate.undo(parts, edition(parts), WHO, batch)
    through(parts)
    return invalidate.look(parts, edition(parts), batch)


def rows(parts, question, **values):
    with parts.reading() as session:
        return [tuple(row) for row in session.execute(text(question), values)]


def counted(parts, state="LT"):
    with parts.reading() as session:
        assert tallies.drift(session) == 0
    return public(parts, edition(parts)).states[state]


def letters_by_status(parts):
    return dict(rows(parts, "SELECT status, count(*) FROM delivery GROUP BY status"))


def test_only_what_every_condition_means_is_taken_out(loaded):
    at = loaded.clock.now()
    flood(loaded, 3, domain="a.example", country="NO", letters=False)
    flood(loaded, 3, domain="a.example", country="SE", letters=False)
    flood(loaded, 3, domain="b.example", country="NO", letters=False)
    flood(loaded, 3, domain="a.example", at=at - dt.timedelta(hours=2), letters=False)
    flood(loaded, 3, domain="a.example", state="estonia", letters=False)
    flood(loaded, 3, domain="a.example", marks=("many_from_network",), letters=False)
    flood(loaded, 3, domain="a.example", confirmed=False)
    said = {"domain": "a.example", "country": "NO", "state": "LT", "since": (at - dt.timedelta(hours=1)).isoformat()}
    found = invalidate.look(loaded, edition(loaded), made(loaded, **said)).found
    assert (found.total, found.days) == (6, (("LT", at.date(), 6),))
    assert len(found.samples) == 5
    taken_out(loaded, **said, mark="many_from_network")
    assert counted(loaded) == 12
    taken_out(loaded, **said)
    assert (counted(loaded), counted(loaded, "EE")) == (9, 3)
    taken_out(loaded, until=(at - dt.timedelta(hours=1)).isoformat())
    assert counted(loaded) == 6


def test_letters_that_began_to_leave_are_left_and_the_others_leave_exactly_once_after_undoing(loaded):
    loaded.mailer.accepted.clear()
    flood(loaded, 3)
    waiting = letters_by_status(loaded)["queued"]
    first = claiming.claim(loaded, DeliveryRow)
    transact(loaded, lambda session: claiming.enter_data(loaded, session, first))
    batch = taken_out(loaded, domain="flood.example")
    assert letters_by_status(loaded).get("queued", 0) == 0
    assert claiming.settle(loaded, first, Handover(Outcome.ACCEPTED, "250")) == "accepted"
    people.work(loaded)
    assert people.letters(loaded) == []
    put_back(loaded, batch)
    people.work(loaded)
    sent = [(one.to_address, one.message_id) for one in people.letters(loaded)]
    assert len(sent) == len(set(sent)) == waiting - 1
    people.work(loaded)
    assert len(people.letters(loaded)) == waiting - 1
    assert counted(loaded) == 3


def test_a_letter_that_a_worker_holds_is_stopped_and_its_worker_sends_nothing(loaded):
    flood(loaded, 1)
    held = claiming.claim(loaded, DeliveryRow)
    batch = taken_out(loaded, domain="flood.example")
    assert claiming.settle(loaded, held, Handover(Outcome.ACCEPTED, "250")) == "stale"
    put_back(loaded, batch)
    assert claiming.settle(loaded, held, Handover(Outcome.ACCEPTED, "250")) == "stale"
    people.work(loaded)
    assert letters_by_status(loaded).get("queued", 0) == 0


def test_an_office_that_was_suspended_meanwhile_gets_nothing_by_undoing(loaded):
    flood(loaded, 2)
    batch = taken_out(loaded, domain="flood.example")
    address = edition(loaded).state("lithuania").official("prime-minister").email
    for _ in range(2):
        transact(loaded, lambda session: count_bounce(loaded, session, address, "5.1.1"))
    put_back(loaded, batch)
    assert rows(loaded, "SELECT count(*) FROM delivery WHERE status = 'queued' AND address = :a", a=address) == [(0,)]
    assert rows(loaded, "SELECT count(*) FROM delivery WHERE status = 'held' AND reason = 'suspended'") != [(0,)]


def test_whoever_signed_anew_or_is_erased_is_left_and_told_of(loaded):
    people.confirmed(loaded, email="again@flood.example")
    people.confirmed(loaded, email="gone@flood.example")
    people.confirmed(loaded, email="stays@flood.example")
    batch = taken_out(loaded, domain="flood.example")
    assert counted(loaded) == 0
    loaded.clock.move(dt.timedelta(hours=1))
    people.confirmed(loaded, email="again@flood.example")
    gone = loaded.keys.address_key("gone@flood.example", people.CAMPAIGN)
    with loaded.writing() as session:
        session.execute(
            text(
                "UPDATE signature SET status = 'erased' WHERE supporter_id ="
                " (SELECT id FROM supporter WHERE address_key = :key)"
            ),
            {"key": gone},
        )
        session.commit()
    shown = put_back(loaded, batch)
    assert (shown.status, shown.taken, shown.back, shown.left) == ("undone", 3, 1, 2)
    assert counted(loaded) == 2


def test_pages_of_a_supporter_who_was_taken_out_work_and_no_mail_tells_them(loaded):
    people.confirmed(loaded, email="ona@flood.example")
    people.work(loaded)
    mails = people.mails(loaded, "ona@flood.example")
    taken_out(loaded, domain="flood.example")
    people.work(loaded)
    assert people.mails(loaded, "ona@flood.example") == mails
    link = people.token(mails[-1], "withdraw")
    assert withdraw.withdraw(loaded, link, ()) == 0
    opened = withdraw.opened(loaded, link)
    assert len(opened.signatures) == 1


def test_what_its_supporter_took_back_meanwhile_is_not_put_back(loaded):
    people.confirmed(loaded, email="ona@flood.example")
    people.confirmed(loaded, email="per@flood.example")
    people.work(loaded)
    link = people.token(people.mails(loaded, "ona@flood.example")[-1], "withdraw")
    batch = taken_out(loaded, domain="flood.example")
    assert withdraw.withdraw(loaded, link, [one.signature_id for one in withdraw.opened(loaded, link).signatures]) == 1
    assert counted(loaded) == 0
    shown = put_back(loaded, batch)
    assert (shown.back, shown.left, counted(loaded)) == (1, 1, 1)
    assert withdraw.opened(loaded, link).signatures == ()


def test_whoever_takes_back_a_newer_signature_takes_back_the_one_that_was_taken_out_too(loaded):
    people.confirmed(loaded, email="ona@flood.example")
    people.work(loaded)
    batch = taken_out(loaded, domain="flood.example")
    loaded.clock.move(dt.timedelta(hours=1))
    people.confirmed(loaded, email="ona@flood.example")
    people.work(loaded)
    link = people.token(people.mails(loaded, "ona@flood.example")[-1], "withdraw")
    [newer] = withdraw.opened(loaded, link).signatures
    assert withdraw.withdraw(loaded, link, [newer.signature_id]) == 1
    assert put_back(loaded, batch).back == 0
    assert counted(loaded) == 0


def test_what_was_put_back_can_be_withdrawn_and_taken_out_again_and_the_count_stays_true(loaded):
    people.confirmed(loaded, email="ona@flood.example")
    people.confirmed(loaded, email="per@flood.example")
    people.work(loaded)
    put_back(loaded, taken_out(loaded, domain="flood.example"))
    mail = people.mails(loaded, "ona@flood.example")[-1]
    link = people.token(mail, "withdraw")
    opened = withdraw.opened(loaded, link)
    assert withdraw.withdraw(loaded, link, [one.signature_id for one in opened.signatures]) == 1
    assert counted(loaded) == 1
    put_back(loaded, taken_out(loaded, domain="flood.example"))
    assert counted(loaded) == 1
    loaded.clock.move(dt.timedelta(hours=1))
    roll(loaded)
    assert counted(loaded) == 1
    assert rows(loaded, "SELECT max(turn) FROM journal") == [(3,)]


def test_days_and_hours_stay_those_of_confirming(loaded):
    flood(loaded, 2, at=loaded.clock.now() - dt.timedelta(days=3, hours=4), letters=False)
    with loaded.reading() as session:
        before = list(tallies.counts_by(session, edition(loaded).campaign_id, ("day", "hour")))
    batch = taken_out(loaded, domain="flood.example")
    loaded.clock.move(dt.timedelta(days=1))
    roll(loaded)
    put_back(loaded, batch)
    with loaded.reading() as session:
        assert list(tallies.counts_by(session, edition(loaded).campaign_id, ("day", "hour"))) == before
