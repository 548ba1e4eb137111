"""Campaigns and the directory of offices from the command line."""

import json

import programs
import pytest
from bundles import SMALL_CAUSE


@pytest.fixture
def run(own_database, tmp_path):
    """Runs a command and gives what came of it."""
    env = programs.environment(own_database, tmp_path)
    return lambda *arguments: programs.run(*arguments, env=env)


def test_campaigns_are_paused_copied_and_planned_by_commands(run):
    assert run("load", str(SMALL_CAUSE)).returncode == 0
    why = ("--reason", "a test")
    assert run("campaigns", "pause", "small", *why).returncode == 0
    assert run("campaigns", "clone", "small", "smaller", "--name", "A smaller cause", *why).returncode == 0
    assert (
        run("campaigns", "set", "keep-the-ban", "--closes", "2099-12-31", "--counts", "rounded", *why).returncode == 0
    )
    refused = run("campaigns", "set", "keep-the-ban", "--closes", "1999-12-31", *why)
    assert (refused.returncode, refused.stderr.strip()) == (1, "refused: closes_on: E-DAY-RANGE")
    assert run("campaigns", "clone", "small", "privacy", "--name", "x", *why).returncode == 1
    listed = {one["campaign"]: one for one in json.loads(run("campaigns", "list", "--json").stdout)["campaigns"]}
    assert {name: one["status"] for name, one in listed.items()} == {
        "keep-the-ban": "open",
        "small": "paused",
        "smaller": "paused",
    }
    assert (listed["keep-the-ban"]["closes_on"], listed["keep-the-ban"]["counts"]) == ("2099-12-31", "rounded")
    assert json.loads(run("stats", "--campaign", "smaller", "--json").stdout)["confirmed"] == 0


def test_the_directory_goes_out_and_comes_back(run, tmp_path):
    file = tmp_path / "offices.csv"
    assert run("official", "export", "--output", str(file)).returncode == 0
    same = json.loads(run("official", "import", str(file), "--json").stdout)
    assert same["changes"] == []
    file.write_text("state;office;email;source\nLT;president;o@president.example;https://president.example/\n")
    dry = json.loads(run("official", "import", str(file), "--dry-run", "--json").stdout)
    assert [one["column"] for one in dry["changes"]] == ["email", "source"]
    assert [one["what"] for one in dry["warnings"]] == ["not-official"]
    assert len(json.loads(run("official", "import", str(file), "--json").stdout)["changes"]) == 2
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("state,office,email,source\nLT,king,,\n")
    refused = run("official", "import", str(wrong))
    assert refused.returncode == 1
    assert "Line 2" in refused.stderr
    assert run("official", "suspend", "LT", "president", "--reason", "they called").returncode == 0
    assert run("official", "lift", "LT", "president", "--reason", "right").returncode == 0
    found = json.loads(run("official", "list", "--json").stdout)["officials"]
    [president] = [one for one in found if (one["state"], one["office"]) == ("LT", "president")]
    assert (president["status"], president["letters"]) == ("set", "held")
