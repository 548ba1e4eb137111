"""The thread beside the worker: a chore that fails, however it fails, keeps no other from its turn."""

import threading

import pytest

from campaign.errors import UnavailableError
from campaign.jobs.chores import Chore, Round
from campaign.jobs.worker import Aside


def failing(error):
    def work(_parts):
        raise error

    return work


@pytest.mark.parametrize("error", [OverflowError("no such day"), KeyError("x"), UnavailableError("database")])
def test_a_chore_that_fails_rests_while_the_others_go_on(loaded, error):
    done = []
    chores = (Chore("bad", 2.0, failing(error)), Chore("good", 0.0, lambda _parts: done.append(1)))
    some = Round(loaded, chores, rest_seconds=60.0)
    with pytest.raises(type(error)):
        some.go()
    for _ in range(3):
        some.go()
    assert len(done) == 3


def test_a_mistake_in_one_chore_does_not_end_the_thread_that_does_all_others(loaded):
    is_done = threading.Event()
    chores = (Chore("bad", 2.0, failing(OverflowError("x"))), Chore("good", 0.1, lambda _parts: is_done.set()))
    with Aside(loaded, chores, pause_seconds=0.01):
        assert is_done.wait(20)
