"""Words by command: shown, changed and dumped, with one line for whatever is refused."""

import json
import shutil

import programs
import pytest
from databases import BUNDLED


@pytest.fixture
def run(own_database, tmp_path):
    """Runs a command, and gives what became of it."""
    env = programs.environment(own_database, tmp_path)
    return lambda *arguments: programs.run(*arguments, env=env)


@pytest.mark.parametrize(
    "command",
    [("dump",), ("words",), *(("words", one) for one in ("list", "show", "set", "read", "history"))],
    ids=" ".join,
)
def test_every_command_has_help_with_an_example(command, tmp_path):
    done = programs.run(*command, "--help", env=programs.environment(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path))
    assert done.returncode == 0
    assert f"campaign {' '.join(command)}" in done.stdout.partition("Example:")[2]


def test_a_letter_is_shown_changed_by_a_file_and_dumped(run, tmp_path):
    shown = run("words", "show", "letter", "latvia", "lv").stdout
    text = tmp_path / "letter.txt"
    text.write_text(shown.replace("Subject: ", "Subject: Vēstule. ", 1), encoding="utf-8")
    dry = run("words", "set", "letter", "latvia", "lv", str(text), "--reason", "x", "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "letter latvia lv would change\n")
    done = run("words", "set", "letter", "latvia", "lv", str(text), "--reason", "a friendlier subject")
    assert (done.returncode, done.stderr) == (0, "letter latvia lv changed\n")
    document = json.loads(run("words", "history", "letter", "latvia", "lv", "--json").stdout)
    (version,) = document["versions"]
    assert (version["who"], version["reason"]) == ("command line", "a friendlier subject")
    assert version["after"].startswith("Subject: Vēstule. ")

    shutil.copytree(BUNDLED, tmp_path / "folder")
    refused = run("load", str(tmp_path / "folder"))
    assert refused.returncode == 1
    assert "letter latvia lv: edited by command line" in refused.stderr
    assert "the folder would undo 1 edits; nothing was changed" in refused.stderr
    checked = run("dump", str(tmp_path / "folder"), "--check")
    assert (checked.returncode, checked.stdout) == (1, "letters/latvia/lv.md: subject, checked differs\n")
    assert run("dump", str(tmp_path / "folder")).returncode == 0
    again = run("load", str(tmp_path / "folder"))
    assert (again.returncode, again.stderr.splitlines()[-1]) == (0, "keep-the-ban: nothing to change")


def test_words_that_break_a_rule_are_refused_by_field(run, tmp_path):
    text = tmp_path / "title.txt"
    text.write_text("{{ name }}", encoding="utf-8")
    done = run("words", "set", "campaign", "title", "lv", str(text), "--reason", "x")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "campaign.yaml: title lv: `title` in lv has braces, but nothing is filled in here\n"
    assert run("words", "show", "letter", "nowhere", "lv").stderr == "there is no letter nowhere lv in keep-the-ban\n"


def test_pieces_are_listed_with_whether_a_native_has_read_them(run):
    read = run("words", "read", "letters/latvia/lv.md", "lv", "--reason", "read by a teacher in Riga")
    assert read.returncode == 0, read.stderr
    pieces = json.loads(run("words", "list", "--kind", "letter", "--json").stdout)["pieces"]
    assert [(one["which"], one["language"]) for one in pieces if one["has_native_reader"]] == [("latvia", "lv")]
