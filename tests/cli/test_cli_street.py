"""Tablets and signatures on paper from the command line."""

import json
from pathlib import Path

import programs
import pytest
from click.testing import CliRunner

from campaign.cli.main import main


@pytest.mark.parametrize("database", ["sqlite"])
def test_tablets_are_lent_and_paper_is_counted_from_the_command_line(own_database, tmp_path, monkeypatch):
    for name, value in programs.environment(own_database, Path(tmp_path)).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == code, done.output
        return done.stdout

    link = run("device", "create", "--name", "Town Hall square", "--days", "3").strip()
    assert "/kiosk/" in link
    listed = run("device", "list", "--json")
    (device,) = json.loads(listed)["devices"]
    assert (device["name"], device["status"], device["made_by"]) == ("Town Hall square", "works", "command line")
    assert link not in listed
    run("device", "end", device["id"])
    assert "ended" in run("device", "list")
    run("device", "create", "--name", "x", "--days", "31", code=2)
    sheet = run("paper", "add", "--state", "lithuania", "--day", "2026-01-02", "--count", "37").strip()
    run("paper", "undo", sheet)
    (one,) = json.loads(run("paper", "list", "--json"))["sheets"]
    assert (one["id"], one["state"], one["count"], one["undone_by"]) == (sheet, "LT", 37, "command line")
    run("paper", "add", "--state", "nowhere", "--day", "2026-01-02", "--count", "0", code=1)
