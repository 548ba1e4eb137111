"""The command that makes keys for other programs."""

import json

import programs
import pytest


@pytest.fixture
def env(own_database, tmp_path):
    return programs.environment(own_database, tmp_path)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_key_is_printed_once_listed_without_it_and_taken_back(env):
    made = programs.run("api-key", "create", "--name", "site", "--scope", "counts", "--scope", "people", env=env)
    assert made.returncode == 0, made.stderr
    key = made.stdout.strip()
    listed = programs.run("api-key", "list", "--json", env=env)
    assert key not in listed.stdout
    (one,) = json.loads(listed.stdout)["keys"]
    assert (one["name"], one["scopes"], one["status"]) == ("site", ["counts", "people"], "active")
    assert programs.run("api-key", "revoke", one["id"], env=env).returncode == 0
    assert "revoked" in programs.run("api-key", "list", env=env).stdout
    assert programs.run("api-key", "revoke", "nothing", env=env).returncode == 1
    assert programs.run("api-key", "create", "--name", "x", "--scope", "all", env=env).returncode == 2
    wrong = programs.run("api-key", "create", "--name", "x", "--scope", "counts", "--campaign", "nowhere", env=env)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
