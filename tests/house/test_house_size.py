"""Rooms stay small, say what they are, and the root stays empty."""

import ast

import pytest
from sources import CAMPAIGN, ROOT, place, python_files, tree

LINES_A_FILE = 300
LINES_A_FUNCTION = 40
ROOMS = ("campaign", "tests", "benchmarks")  # a migration is as long as its tables are many
BANNED_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def test_no_file_is_longer_than_300_lines():
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*ROOMS)}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_A_FILE} == {}


def test_no_function_is_longer_than_40_lines():
    too_long = [
        f"{place(path)}:{node.lineno} {node.name}"
        for path in python_files(*ROOMS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LINES_A_FUNCTION
    ]
    assert too_long == []


def test_every_module_opens_with_one_line_that_says_what_it_is():
    silent = [place(path) for path in python_files() if not _opens_well(ast.get_docstring(tree(path)) or "")]
    assert silent == []


def _opens_well(docstring: str) -> bool:
    first, _, rest = docstring.partition("\n")
    return first.endswith((".", "?")) and (not rest or rest.startswith("\n"))


def test_the_package_root_holds_no_objects():
    (only,) = tree(CAMPAIGN / "__init__.py").body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)


def test_every_folder_of_the_package_with_code_is_a_package():
    folders = {path.parent for path in python_files("campaign")}
    assert [place(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_room_is_called_by_a_name_that_says_nothing():
    assert [place(path) for path in python_files() if BANNED_NAMES & set(path.stem.split("_"))] == []


def test_test_files_have_names_of_their_own():
    names = [path.name for path in python_files("tests") if path.name not in ("conftest.py", "__init__.py")]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE"])
def test_the_files_that_a_newcomer_looks_for_are_there(name):
    assert (ROOT / name).stat().st_size > 0
