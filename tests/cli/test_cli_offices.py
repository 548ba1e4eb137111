"""Letters and what became of them, by office, as organisers ask for them."""

import json

import afterwards
import people
import programs
import pytest


@pytest.fixture
def run(own_database, tmp_path):
    """Runs a command that must succeed, and gives what it printed."""
    env = programs.environment(own_database, tmp_path)

    def run(*arguments):
        done = programs.run(*arguments, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_offices_are_a_document_of_their_own(run, own_parts):
    token = afterwards.asked(own_parts)
    afterwards.say(own_parts, token, "no")
    document = json.loads(run("stats", "--offices", "--json"))
    assert document["campaign"] == people.CAMPAIGN
    minister = document["states"]["LT"]["prime-minister"]
    assert {name: count for name, count in minister.items() if count} == {"sent": 1, "asked": 1, "answered_no": 1}
    assert document["states"]["LT"]["president"]["held"] == 1
    text = run("stats", "--offices")
    assert "LT  prime-minister             sent 1, asked 1, answered no 1\n" in text
    assert "LV  president                  -\n" in text


def test_they_add_nothing_to_the_figures_by_state(run, own_parts):
    afterwards.asked(own_parts)
    document = json.loads(run("stats", "--json"))
    assert list(document) == ["campaign", "as_of", "confirmed", "pending", "states"]
    assert {type(figure) for figure in document["states"]["LT"].values()} == {int}
