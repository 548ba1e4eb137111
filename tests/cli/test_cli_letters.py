"""The command that writes every letter into one book."""

import shutil

import programs
import pytest
from databases import BUNDLED


@pytest.fixture
def env(tmp_path):
    return programs.environment(f"sqlite:///{tmp_path / 'never.sqlite3'}", tmp_path)


def test_the_book_goes_to_stdout_or_whole_into_a_file(env, tmp_path):
    shown = programs.run("letters", env=env)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("<!DOCTYPE html>")
    assert "320 letters" in shown.stderr
    path = tmp_path / "letters.html"
    written = programs.run("letters", str(BUNDLED), "--output", str(path), env=env)
    assert (written.returncode, written.stdout) == (0, "")
    assert path.read_text(encoding="utf-8") == shown.stdout
    assert [one.name for one in tmp_path.iterdir()] == ["letters.html"]


def test_a_book_that_cannot_be_made_is_told_in_a_line(env, tmp_path):
    nowhere = programs.run("letters", "--output", str(tmp_path / "missing" / "letters.html"), env=env)
    assert nowhere.returncode == 1
    assert nowhere.stderr.count("\n") == 1
    folder = tmp_path / "copy"
    shutil.copytree(BUNDLED, folder)
    (folder / "letters" / "latvia" / "lv.md").unlink()
    damaged = programs.run("letters", str(folder), env=env)
    assert (damaged.returncode, damaged.stdout) == (1, "")
    assert "latvia" in damaged.stderr
