"""Erase: nothing of a person is left that could be opened, and every count is as if they had withdrawn."""

from pathlib import Path

import people
import pytest
from organisers import Organiser
from sites import build
from sqlalchemy import text

from campaign.errors import InputRefusedError
from campaign.jobs.chores import ASIDE
from campaign.models.tables import personal_columns
from campaign.outside.database import empty_log
from campaign.queries import tally as tallies
from campaign.services import count
from campaign.services.erase import Erased, erase
from campaign.services.note import COMMAND_LINE, newest

WHO = "kari@example.org"


def _personal(parts) -> list[object]:
    """Every value of a column that is declared personal, of supporters and signatures."""
    found = []
    with parts.reading() as session:
        for table in ("supporter", "signature"):
            for column in personal_columns()[table]:
                found += [one for (one,) in session.execute(text(f"SELECT {column} FROM {table}"))]  # noqa: S608  our own names
    return [one for one in found if one is not None]


def _statuses(parts, table: str) -> list[tuple[object, ...]]:
    with parts.reading() as session:
        return sorted(tuple(one) for one in session.execute(text(f"SELECT status, reason FROM {table}")))  # noqa: S608


@pytest.fixture
def edition(loaded):
    return loaded.editions.current(people.CAMPAIGN)


def test_a_person_is_gone_from_every_state_and_the_counts_follow(loaded, edition):
    people.sign(loaded, email=WHO, paragraph="My cousin clears mines.")
    people.sign(loaded, "latvia", email=WHO)
    people.work(loaded)
    assert people.press(loaded, people.mails(loaded, WHO)[0]) == 2
    people.sign(loaded, "finland", email=WHO)
    assert erase(loaded, COMMAND_LINE, WHO.upper(), "asked on 3 May") == Erased(3, 1)
    assert _personal(loaded) == []
    assert count.public(loaded, edition).total == 0
    with loaded.reading() as session:
        assert tallies.drift(session) == 0
        assert {one for (one,) in session.execute(text("SELECT status FROM signature"))} == {"erased"}
    assert {one for one, _ in _statuses(loaded, "delivery")} == {"cancelled"}
    before = len(people.mails(loaded, WHO))
    people.work(loaded)
    assert people.letters(loaded) == []
    assert len(people.mails(loaded, WHO)) == before


def test_letters_that_have_left_stay_told_as_left(loaded):
    people.confirmed(loaded, email=WHO)
    people.work(loaded)
    left = len(people.letters(loaded))
    erase(loaded, COMMAND_LINE, WHO, "asked")
    people.work(loaded)
    assert len(people.letters(loaded)) == left > 0
    assert ("accepted", "") in _statuses(loaded, "delivery")


def test_the_trail_names_the_act_and_the_reason_and_nobody(loaded):
    people.confirmed(loaded, email=WHO)
    erase(loaded, COMMAND_LINE, WHO, "their mail of 12 May")
    line = newest(loaded)[0]
    assert (line.what, line.which, line.reason) == (
        "people.erase",
        "1 supporters, 1 signatures",
        "their mail of 12 May",
    )


def test_old_links_open_nothing_and_the_same_mailbox_may_sign_anew(loaded):
    people.sign(loaded, email=WHO)
    people.work(loaded)
    token = people.token(people.mails(loaded, WHO)[0])
    erase(loaded, COMMAND_LINE, WHO, "asked")
    client = build(loaded).test_client()
    assert (
        client.get(f"/en/confirm/{token}/").status_code != 200
        or b"Kari" not in client.get(f"/en/confirm/{token}/").data
    )
    people.confirmed(loaded, email=WHO)
    assert count.public(loaded, loaded.editions.current(people.CAMPAIGN)).total == 1


def test_exports_of_people_that_wait_to_be_fetched_are_gone(loaded):
    people.confirmed(loaded, email=WHO)
    officer = Organiser(loaded).accept("privacy")
    officer.press("/organise/exports/people/", kind="people", format="csv", reason="for the archive")
    assert _exports(loaded) == ["queued"]
    erase(loaded, COMMAND_LINE, WHO, "asked")
    assert _exports(loaded) == ["expired"]


def _exports(parts) -> list[str]:
    with parts.reading() as session:
        return [one for (one,) in session.execute(text("SELECT status FROM export"))]


@pytest.mark.parametrize("database", ["sqlite"])
def test_once_its_log_is_cut_no_file_of_the_embedded_database_holds_what_was_erased(own_parts):
    people.confirmed(own_parts)
    with own_parts.reading() as session:
        asked = text("SELECT email_sealed, name_sealed FROM supporter JOIN signature ON supporter_id = supporter.id")
        email, name = session.execute(asked).one()

    def found() -> list[bool]:
        path = Path(own_parts.engine.url.database)
        kept = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
        return [email in kept, name in kept]

    erase(own_parts, COMMAND_LINE, "ona@example.org", "asked for it")
    assert found() == [True, True]
    with own_parts.reading() as session:
        session.execute(text("SELECT count(*) FROM mail"))
        assert not empty_log(own_parts.engine)  # somebody still reads what was before
    next(one for one in ASIDE if one.name == "log").work(own_parts)
    assert found() == [False, False]


def test_of_a_stranger_nothing_is_changed(loaded):
    people.confirmed(loaded, email=WHO)
    assert erase(loaded, COMMAND_LINE, "nobody@example.net", "asked") == Erased(0, 0)
    assert count.public(loaded, loaded.editions.current(people.CAMPAIGN)).total == 1


@pytest.mark.parametrize(("email", "reason"), [("no address", "asked"), (WHO, " "), (WHO, "x" * 501)])
def test_an_address_and_a_reason_are_needed(loaded, email, reason):
    with pytest.raises(InputRefusedError):
        erase(loaded, COMMAND_LINE, email, reason)


def test_a_privacy_officer_looks_somebody_up_and_removes_them(loaded):
    people.confirmed(loaded, email=WHO)
    officer = Organiser(loaded).accept("privacy")
    shown = officer.press("/organise/people/", email=WHO, reason="their mail of 12 May")
    assert b'id="erase"' in shown.data
    done = officer.press("/organise/people/erase/", email=WHO, reason="their mail of 12 May")
    assert "This person is removed, with 1 signature." in done.get_data(as_text=True)
    assert _personal(loaded) == []
