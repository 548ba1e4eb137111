"""The mailbox for returned mail, emptied: what was taken is marked, what must wait is not."""

import dataclasses
import threading

import came_back
import people
import pytest
import visitor
from imap_server import PASSWORD, ImapServer
from sqlalchemy import text

from campaign.jobs.worker import Worker
from campaign.models.delivery import DeliveryRow
from campaign.outside.mail.imap import FakeBox, ImapBox
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.services import claim as claiming
from campaign.services.collect import collect
from campaign.services.examine import examine
from campaign.services.returns import look, return_address

ONE = {"offices": ("prime-minister",)}


def statuses(parts):
    with parts.reading() as session:
        return session.execute(text("SELECT status FROM delivery ORDER BY status")).scalars().all()


def with_box(parts, *raws, fault=""):
    return dataclasses.replace(parts, bounces=FakeBox({str(at): raw for at, raw in enumerate(raws)}, [], fault))


def looked(parts, **changed):
    settings = dataclasses.replace(parts.settings, **({"delivery": "live"} | changed))
    return look(dataclasses.replace(parts, settings=settings))


@pytest.fixture
def letter(loaded):
    people.confirmed(loaded, **ONE)
    people.work(loaded)
    return people.letters(loaded)[0]


def test_what_was_taken_and_what_means_nothing_is_marked(loaded, letter):
    parts = with_box(loaded, b"hello", came_back.postfix(letter.envelope_from), came_back.vacation("x@example.org"))
    assert collect(parts)
    assert parts.bounces.seen == ["0", "1", "2"]
    assert statuses(loaded) == ["bounced"]


def test_what_is_about_a_letter_on_its_way_waits_for_the_next_round(loaded):
    people.confirmed(loaded, **ONE)
    row = claiming.claim(loaded, DeliveryRow)
    parts = with_box(loaded, came_back.postfix(return_address(loaded, "letter", row.id)), b"hello")
    assert collect(parts)
    assert parts.bounces.seen == ["1"]
    with loaded.writing() as session:
        claiming.enter_data(loaded, session, row)
        session.commit()
    claiming.settle(loaded, row, Handover(Outcome.ACCEPTED))
    assert collect(parts)
    assert parts.bounces.seen == ["1", "0"]
    assert statuses(loaded) == ["bounced"]


def test_what_cannot_be_taken_stops_nothing_after_it(loaded, letter, capsys):
    """A row that another secret sealed: what is said of it is kept for later, and nothing of it is told."""
    people.sign(loaded, email="damaged@example.org")
    people.work(loaded)
    with loaded.writing() as session:
        session.execute(text("UPDATE supporter SET email_sealed = :wrong"), {"wrong": b"0" * 40})
        session.commit()
    mail = people.mails(loaded, "damaged@example.org")[0]
    parts = with_box(loaded, came_back.postfix(mail.envelope_from), came_back.postfix(letter.envelope_from))
    assert collect(parts)
    assert parts.bounces.seen == ["1"]
    assert statuses(loaded) == ["bounced"]
    said = "".join(capsys.readouterr())
    assert "SealError" in said
    assert "damaged@" not in said


def test_a_mailbox_that_cannot_be_read_is_told_and_stops_nothing(loaded, capsys):
    assert not collect(with_box(loaded, fault="timeout LOGIN"))
    assert "timeout LOGIN" in "".join(capsys.readouterr())
    assert collect(loaded)  # none is set: nothing to read


def test_a_real_mailbox_is_emptied_by_the_worker_beside_its_letters(own_parts):
    """One worker sends letters and takes back what came of them."""
    people.confirmed(own_parts, **ONE)
    people.work(own_parts)
    people.confirmed(own_parts, email="per@example.org", **ONE)
    with ImapServer() as server:
        server.put(b"hello", came_back.exim(people.letters(own_parts)[0].envelope_from))
        worker = Worker(dataclasses.replace(own_parts, bounces=ImapBox(server.url())))
        thread = threading.Thread(target=worker.run)
        thread.start()
        visitor.until(lambda: statuses(own_parts) == ["accepted", "bounced"] and not server.unseen)
        worker.stop.set()
        thread.join(timeout=20)
        assert not thread.is_alive()


def test_a_worker_whose_mailbox_is_gone_still_sends_letters(own_parts, capsys):
    people.confirmed(own_parts, **ONE)
    with ImapServer() as server:
        url = server.url()
    worker = Worker(dataclasses.replace(own_parts, bounces=ImapBox(url)))
    thread = threading.Thread(target=worker.run)
    thread.start()
    visitor.until(lambda: statuses(own_parts) == ["accepted"])
    worker.stop.set()
    thread.join(timeout=20)
    assert not thread.is_alive()
    said = "".join(capsys.readouterr())
    assert "refused CONNECT" in said
    assert PASSWORD not in said


def test_the_doctor_says_whether_what_comes_back_is_read(loaded, letter):
    assert [one.verdict for one in examine(loaded) if one.name == "returns"] == ["good"]  # no mail leaves
    assert looked(loaded).verdict == "warn"
    assert looked(with_box(loaded)).verdict == "good"
    found = looked(with_box(loaded, fault="certificate CONNECT"))
    assert (found.verdict, "certificate CONNECT" in found.seen) == ("bad", True)
    assert looked(with_box(loaded), bounce_address=f"{'b' * 30}@campaign.example").verdict == "bad"
    collect(with_box(loaded, came_back.postfix(letter.envelope_from)))
    assert looked(loaded).verdict == "good"


def test_the_doctor_names_offices_that_are_suspended(loaded):
    with loaded.writing() as session:
        session.execute(text("UPDATE official SET suspended_at = :now WHERE office = 'prime-minister'"),
                        {"now": loaded.clock.now().isoformat(" ")})  # fmt: skip
        session.commit()
    for parts, verdict in ((with_box(loaded), "warn"), (with_box(loaded, fault="timeout LOGIN"), "bad")):
        found = looked(parts)
        assert found.verdict == verdict
        assert "LT prime-minister" in found.seen
        assert "campaign official verify" in found.do
        assert "@" not in found.seen
