"""Batches, lists and alarms from the command line, as operators run them."""

import json

import programs
import pytest
from floods import flood

from campaign.outside.clock import SystemClock


@pytest.fixture
def run(own_database, tmp_path):
    """Runs a command, and gives its exit code, what it printed and what it said."""
    env = programs.environment(own_database, tmp_path)

    def run(*arguments):
        done = programs.run(*arguments, env=env)
        return done.returncode, done.stdout, done.stderr

    return run


def test_a_batch_is_written_down_run_undone_and_over(run, own_parts):
    flood(own_parts, 20)
    code, out, err = run(
        "batch", "create", "--name", "Flood", "--reason", "made up", "--domain", "flood.example", "--json"
    )
    assert code == 0, err
    batch = json.loads(out)
    assert (batch["status"], batch["would_take"]["total"]) == ("draft", 20)
    assert json.loads(run("stats", "--json")[1])["confirmed"] == 20
    assert run("batch", "run", batch["id"])[0] == 0
    assert json.loads(run("stats", "--json")[1])["confirmed"] == 0
    code, _, err = run("batch", "run", batch["id"])
    assert (code, "started by command line" in err) == (1, True)
    assert run("batch", "undo", batch["id"])[0] == 0
    assert json.loads(run("stats", "--json")[1])["confirmed"] == 20
    shown = json.loads(run("batch", "show", batch["id"], "--json")[1])
    assert (shown["status"], shown["taken"], shown["back"]) == ("undone", 20, 20)
    assert batch["id"] in run("batch", "list")[1]
    code, _, err = run("batch", "create", "--name", "All", "--reason", "none", "--state", "LT")
    assert (code, "E-BATCH-WIDE" in err) == (1, True)
    other = json.loads(run("batch", "create", "--name", "B", "--reason", "C", "--domain", "flood.example", "--json")[1])
    assert run("batch", "cancel", other["id"])[0] == 0
    assert run("batch", "show", "0" * 32)[0] == 1


def test_lists_and_alarms_have_their_commands(run, own_parts):
    assert run("rule", "add", "block", "domain", "*.flood.example", "--reason", "a flood")[0] == 0
    [rule] = json.loads(run("rule", "list", "--json")[1])["rules"]
    assert (rule["action"], rule["value"], rule["everywhere"]) == ("block", "*.flood.example", False)
    assert run("rule", "add", "block", "domain", "gmail.com", "--reason", "wide")[0] == 1
    assert run("rule", "end", str(rule["id"]))[0] == 0
    flood(own_parts, 50, at=SystemClock().now(), letters=False)
    assert "1 new alarms" in run("alarms", "look")[2]
    [alarm] = json.loads(run("alarms", "list", "--json")[1])["alarms"]
    assert (alarm["which"], alarm["count"]) == ("flood.example", 50)
    assert run("alarms", "seen", alarm["id"])[0] == 0
    assert len(json.loads(run("alarms", "list", "--all", "--json")[1])["alarms"]) == 1
