"""Exports that the worker writes: whole in every format, the same after a kill, gone after a day."""

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import threading

import pyrage
import pytest
from exports import ask, login, sheets, taken, written
from people import CAMPAIGN, confirmed
from sqlalchemy import func, select

from campaign.domain.export import Asked
from campaign.errors import ForbiddenError, InputRefusedError, NotFoundError, UnavailableError
from campaign.models.audit import AuditRow
from campaign.models.export import ExportPartRow, ExportRow
from campaign.models.organiser import OrganiserRow
from campaign.queries import order as queries
from campaign.services import invite
from campaign.services import order as orders
from campaign.services.clear import expire
from campaign.services.fill import fill
from campaign.services.note import COMMAND_LINE
from campaign.services.transact import transact


@pytest.fixture
def crowded(loaded):
    """Parts on a database where five people confirmed."""
    for number in range(5):
        edition = loaded.editions.current(CAMPAIGN).state("lithuania")
        agreed = {one.purpose: one.version for one in edition.consents_in("en")}
        confirmed(loaded, email=f"one{number}@example.org", name=f"Ona {'abcde'[number]}", consents=agreed)
    return loaded


def state_of(parts, export_id) -> ExportRow:
    with parts.reading() as session:
        return session.get(ExportRow, export_id, populate_existing=True)


def count_parts(parts) -> int:
    with parts.reading() as session:
        return session.scalar(select(func.count()).select_from(ExportPartRow))


def read(form: str, data: bytes) -> int:
    """How many rows a file has below its header."""
    if form == "csv":
        return len(list(csv.DictReader(io.StringIO(data.decode()))))
    return len(json.loads(data)) if form == "json" else len(sheets(data)[0]) - 1


@pytest.mark.parametrize("kind", ["counts", "signatures", "people", "news"])
def test_every_kind_is_whole_in_every_format(crowded, kind):
    for form in ("csv", "json", "xlsx"):
        file, data = written(crowded, ask(crowded, kind, form), page=2)
        assert (file.size, file.digest) == (len(data), hashlib.sha256(data).hexdigest())
        assert file.rows == read(form, data) == (1 if kind == "counts" else 5)
        assert file.name == f"{CAMPAIGN}-{kind}.{form}"
    assert not list(crowded.settings.home.glob("export-*"))


@pytest.mark.parametrize("kind", ["counts", "signatures", "people", "news"])
def test_an_export_of_nobody_is_whole_too(loaded, kind):
    for form in ("csv", "json", "xlsx"):
        file, data = written(loaded, ask(loaded, kind, form, state="LT"))
        assert (file.rows, file.size) == (0, len(data))
        assert read(form, data) == 0


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_worker_that_dies_anywhere_leaves_the_same_bytes(crowded, form):
    """It takes the export in hand and is gone, before every single piece; the next one waits for its lease."""
    _, undisturbed = written(crowded, ask(crowded, "people", form), page=2)
    export_id = ask(crowded, "people", form, by=login(who="organiser-2"))
    while state_of(crowded, export_id).status in ("queued", "running"):
        _die_with_it_in_hand(crowded)
        assert not fill(crowded, 2)
        crowded.clock.move(dt.timedelta(minutes=11))
        fill(crowded, 2)
    assert taken(crowded, export_id, login(who="organiser-2"))[1] == undisturbed


def _die_with_it_in_hand(parts):
    def take(session):
        row = queries.next_due(session, parts.clock.now())
        row.claim, row.lease_until = "dead", parts.clock.now() + dt.timedelta(minutes=10)

    transact(parts, take)


def test_a_worker_that_dies_while_making_the_file_leaves_nothing_double(crowded):
    export_id = ask(crowded, "signatures", "xlsx")
    while state_of(crowded, export_id).after != "all":
        fill(crowded, 2)

    def half_a_file(session):
        session.add(ExportPartRow(export_id=export_id, number=1, sealed=b"half"))

    transact(crowded, half_a_file)
    _, data = written(crowded, export_id)
    assert len(sheets(data)[0]) == 6
    assert expire(crowded) is False
    with crowded.reading() as session:
        numbers = session.scalars(select(ExportPartRow.number)).all()
    assert min(numbers) == 1  # the rows are gone once the file is made


def test_one_that_was_removed_in_its_middle_is_written_no_further(crowded):
    export_id = ask(crowded, "signatures")
    fill(crowded, 2)
    assert count_parts(crowded) == 1
    orders.remove(crowded, login(), export_id)
    assert (state_of(crowded, export_id).status, count_parts(crowded)) == ("expired", 0)
    assert not fill(crowded, 2)
    with pytest.raises(NotFoundError):
        taken(crowded, export_id)


def test_what_went_wrong_for_good_is_told_and_leaves_nothing(crowded):
    export_id = ask(crowded, "people")
    other = dataclasses.replace(crowded, keys=type(crowded.keys)("a secret that did not seal any of these"))
    fill(crowded, 2)
    fill(other, 2)
    row = state_of(crowded, export_id)
    assert (row.status, row.failure) == ("failed", "E-SEAL")
    expire(crowded)
    assert count_parts(crowded) == 0
    ask(crowded, "people")  # nobody waits for the failed one


def test_one_that_cannot_be_written_ends_and_keeps_no_other_waiting(crowded):
    export_id = ask(crowded, "signatures")
    never = Asked(until=dt.date.max)  # nobody can ask for this: the page refuses it
    transact(crowded, lambda session: setattr(session.get_one(ExportRow, export_id), "asked", never))
    assert fill(crowded)
    row = state_of(crowded, export_id)
    assert (row.status, row.failure) == ("failed", "E-FAULT")
    assert not fill(crowded)


def test_a_file_expires_after_a_day(crowded):
    export_id = ask(crowded, "signatures")
    written(crowded, export_id)
    crowded.clock.move(dt.timedelta(hours=23))
    expire(crowded)
    assert taken(crowded, export_id)[0].rows == 5
    crowded.clock.move(dt.timedelta(hours=2))
    with pytest.raises(NotFoundError):
        taken(crowded, export_id)
    expire(crowded)
    assert (state_of(crowded, export_id).status, count_parts(crowded)) == ("expired", 0)


def test_a_file_sealed_to_a_key_opens_with_that_key_alone(crowded):
    identity = pyrage.x25519.Identity.generate()
    file, data = written(crowded, ask(crowded, "news", recipient=f" {identity.to_public()} "), page=3)
    assert (file.name, b"example.org" in data) == (f"{CAMPAIGN}-news.csv.age", False)
    assert file.digest == hashlib.sha256(data).hexdigest()
    rows = list(csv.DictReader(io.StringIO(pyrage.decrypt(data, [identity]).decode())))
    assert len(rows) == 5
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(data, [pyrage.x25519.Identity.generate()])


@pytest.mark.parametrize("recipient", ["age1", "age1" + "q" * 58, "ssh-ed25519 AAAA", "x" * 5000])
def test_a_key_that_is_none_is_refused(loaded, recipient):
    with pytest.raises(InputRefusedError) as refused:
        ask(loaded, "news", recipient=recipient)
    assert refused.value.problems[0].code == "E-RECIPIENT"


def test_nothing_of_a_person_lies_open_in_the_parts(crowded):
    written(crowded, ask(crowded, "people"))
    with crowded.reading() as session:
        for sealed in session.scalars(select(ExportPartRow.sealed)):
            assert b"example.org" not in sealed


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        ("viewer", "counts", True),
        ("viewer", "signatures", False),
        ("editor", "signatures", False),
        ("campaigner", "signatures", True),
        ("campaigner", "people", False),
        ("privacy", "signatures", True),
        ("privacy", "news", True),
        ("owner", "people", True),
    ],
)
def test_a_role_takes_what_it_may(loaded, role, kind, may):
    if may:
        assert ask(loaded, kind, by=login(role))
    else:
        with pytest.raises(ForbiddenError):
            ask(loaded, kind, by=login(role))


def test_people_want_a_password_just_typed_and_leave_a_line_each_time(loaded):
    with pytest.raises(ForbiddenError):
        ask(loaded, "people", by=login(is_fresh=False))
    export_id = ask(loaded, "people", state="LT")
    written(loaded, export_id)
    with loaded.reading() as session:
        lines = [(one.who, one.what, one.reason) for one in session.scalars(select(AuditRow).order_by(AuditRow.id))]
    assert lines == [
        ("organiser-1", "export.people", "an access request of today"),
        ("organiser-1", "export.people.take", "an access request of today"),
    ]


def test_nobody_takes_what_another_asked_for(loaded):
    export_id = ask(loaded, "counts")
    written(loaded, export_id)
    stranger = login(who="organiser-2")
    assert orders.ordered(loaded, loaded.editions.current(CAMPAIGN), stranger) == ()
    for deed in (lambda: taken(loaded, export_id, stranger), lambda: orders.remove(loaded, stranger, export_id)):
        with pytest.raises(NotFoundError):
            deed()


def test_a_role_that_was_taken_away_takes_no_file(loaded):
    export_id = ask(loaded, "people")
    written(loaded, export_id)
    with pytest.raises(ForbiddenError):
        taken(loaded, export_id, login("viewer"))


def _refused(parts, *arguments, **asked) -> str:
    with pytest.raises(InputRefusedError) as refused:
        ask(parts, *arguments, **asked)
    return refused.value.problems[0].code


def test_one_export_at_a_time_and_ten_a_day(loaded):
    for _ in range(10):
        export_id = ask(loaded, "counts")
        assert _refused(loaded, "counts") == "E-EXPORT-OPEN"
        written(loaded, export_id)
    assert _refused(loaded, "counts") == "E-EXPORT-DAY"
    assert ask(loaded, "counts", by=login(who="organiser-2"))
    loaded.clock.move(dt.timedelta(hours=25))
    assert ask(loaded, "counts")


def test_the_whole_site_exports_people_twenty_times_a_day(loaded):
    for number in range(20):
        assert ask(loaded, "news", by=login(who=f"organiser-{number // 10}"))
        while fill(loaded):
            pass
    third = login(who="organiser-3")
    assert _refused(loaded, "people", by=third) == "E-EXPORT-SITE"
    assert ask(loaded, "counts", by=third)


def test_of_two_presses_at_once_one_is_refused(own_parts):
    invite.invite(own_parts, COMMAND_LINE, "ona@example.org", "owner")
    with own_parts.reading() as session:
        who = login(who=session.scalars(select(OrganiserRow.id)).one())
    ended: list[str] = []

    def press():
        try:
            ask(own_parts, "counts", by=who)
            ended.append("taken")
        except (InputRefusedError, UnavailableError) as error:
            ended.append(error.code)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["E-INPUT", "E-INPUT", "E-INPUT", "taken"]


@pytest.mark.parametrize(("kind", "form", "code"), [("all", "csv", "E-EXPORT-KIND"), ("counts", "../../x", "E-FORMAT")])
def test_what_there_is_not_is_refused(loaded, kind, form, code):
    assert _refused(loaded, kind, form) == code
