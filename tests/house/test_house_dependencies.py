"""What the project depends on is what it imports, and what is locked is what it depends on."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from sources import ROOT, python_files, tree

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN, TEST = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
# SQLAlchemy imports the one when a database address asks for it, zoneinfo the other where the system has no zones.
NOT_IMPORTED = {"psycopg", "tzdata"}
_PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def _plain(requirement: str) -> str:
    """The name of a requirement the way locks write it."""
    return re.split(r"[\[<>=~! ]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def _imported(*folders: str) -> set[str]:
    """The distributions that files import, apart from Python's own."""
    names = {
        name.partition(".")[0]
        for path in python_files(*folders)
        for node in ast.walk(tree(path))
        for name in _names(node)
    }
    known = packages_distributions()
    return {_plain(known[name][0]) for name in names - sys.stdlib_module_names - {"campaign"} if name in known}


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _pinned(lock) -> dict[str, str]:
    return dict(_PINNED.findall(lock.read_text(encoding="utf-8")))


def test_the_program_declares_what_it_imports_and_nothing_else():
    declared = {_plain(one) for one in PROJECT["project"]["dependencies"]}
    assert declared - NOT_IMPORTED == _imported("campaign", "migrations") - NOT_IMPORTED


def test_everything_declared_is_locked():
    groups = PROJECT["dependency-groups"]
    declared = {_plain(one) for one in PROJECT["project"]["dependencies"] + groups["build"]}
    assert declared - set(_pinned(RUN)) == set()
    assert (declared | {_plain(one) for one in groups["dev"]}) - set(_pinned(TEST)) == set()


def test_tests_run_on_the_versions_that_run():
    running, testing = _pinned(RUN), _pinned(TEST)
    assert {name: testing.get(name) for name in running} == running


def test_every_locked_file_is_held_to_a_hash():
    for lock in (RUN, TEST):
        requirements = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"))
        assert [one.partition("==")[0] for one in requirements if "--hash=sha256:" not in one] == [], lock.name
