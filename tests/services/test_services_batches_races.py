"""Batches against kills, other workers and people who press at the same instant."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import people
import pytest
from floods import flood
from sqlalchemy import text

from campaign.queries import tally as tallies
from campaign.services import invalidate, withdraw
from campaign.services.advance import advance
from campaign.services.count import public

WHO = "command line"


def edition(parts):
    return parts.editions.current(people.CAMPAIGN)


def made(parts, **said):
    return invalidate.create(parts, edition(parts), WHO, {"name": "A flood", "reason": "made up", **said})


def through(parts):
    while advance(parts):
        pass


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


class CutError(Exception):
    """The power went."""


class Dying:
    """A session whose commit never comes."""

    def __init__(self, session):
        self._session = session

    def __enter__(self):
        self._session.__enter__()
        return self

    def __exit__(self, *error):
        return self._session.__exit__(*error)

    def __getattr__(self, name):
        return getattr(self._session, name)

    def commit(self):
        self._session.flush()
        raise CutError


def test_a_worker_that_ends_in_the_middle_leaves_all_as_it_was_and_the_next_goes_on(own_parts):
    flood(own_parts, 110, letters=False)
    batch = made(own_parts, domain="flood.example")
    invalidate.run(own_parts, edition(own_parts), WHO, batch)
    assert advance(own_parts)
    dying = dataclasses.replace(own_parts, writing=lambda: Dying(own_parts.writing()))
    with pytest.raises(CutError):
        advance(dying)
    assert invalidate.look(own_parts, edition(own_parts), batch).taken == 100
    assert counted(own_parts) == 10
    through(own_parts)
    assert (counted(own_parts), invalidate.look(own_parts, edition(own_parts), batch).status) == (0, "done")


def test_two_workers_share_a_batch_and_take_each_signature_once(own_parts):
    flood(own_parts, 300, letters=False)
    batch = made(own_parts, domain="flood.example")
    invalidate.run(own_parts, edition(own_parts), WHO, batch)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: [advance(own_parts) for _ in range(8)], range(2)))
    through(own_parts)
    shown = invalidate.look(own_parts, edition(own_parts), batch)
    assert (shown.status, shown.taken, counted(own_parts)) == ("done", 300, 0)


def test_two_who_press_at_once_begin_one_round(own_parts):
    flood(own_parts, 2, letters=False)
    batch = made(own_parts, domain="flood.example")

    def press(who):
        try:
            return invalidate.run(own_parts, edition(own_parts), who, batch)
        except invalidate.StartedError as beaten:
            return f"started by {beaten.who}"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, ("ona", "per")))
    assert 2 in said
    assert any(str(one).startswith("started by ") for one in said)
    assert rows(own_parts, "SELECT count(*) FROM audit WHERE what = 'batch.run'") == [(1,)]


def test_a_supporter_who_withdraws_while_a_batch_runs_leaves_the_count_once(own_parts):
    flood(own_parts, 300, letters=False)
    people.confirmed(own_parts, email="ona@flood.example")
    people.work(own_parts)
    link = people.token(people.mails(own_parts, "ona@flood.example")[-1], "withdraw")
    batch = made(own_parts, domain="flood.example")
    invalidate.run(own_parts, edition(own_parts), WHO, batch)
    ids = [one.signature_id for one in withdraw.opened(own_parts, link).signatures]
    with ThreadPoolExecutor(2) as pool:
        taking = pool.submit(through, own_parts)
        pool.submit(withdraw.withdraw, own_parts, link, ids).result()
        taking.result()
    through(own_parts)
    assert counted(own_parts) == 0
    put_back(own_parts, batch)
    assert counted(own_parts) == 300
