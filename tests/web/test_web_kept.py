"""Pages that are the same for everyone are drawn once, and never tell an older count than the newest."""

import datetime as dt

import people
import pytest
from sites import build

LOCAL = {"Host": "127.0.0.1:8000"}


@pytest.fixture
def client(loaded):
    return build(loaded).test_client()


def body(client, path):
    answer = client.get(path, headers=LOCAL)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/en/keep-the-ban/", "/en/keep-the-ban/lithuania/"])
def test_a_press_shows_on_the_next_look(client, loaded, path):
    before = body(client, path)
    assert body(client, path) == before
    people.confirmed(loaded)
    after = body(client, path)
    assert after != before
    assert body(client, path) == after


def test_the_minute_of_counting_moves_on(client, loaded):
    before = body(client, "/en/keep-the-ban/")
    loaded.clock.move(dt.timedelta(minutes=1))
    assert body(client, "/en/keep-the-ban/") != before


def test_each_language_and_state_has_a_page_of_its_own(client):
    paths = ["/en/keep-the-ban/", "/lt/keep-the-ban/", "/en/keep-the-ban/latvia/", "/lv/keep-the-ban/latvia/"]
    assert len({body(client, path) for path in paths * 2}) == 4
