"""Each loud word lives on one floor, so that whoever looks for it knows where."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest
from sources import place, python_files, tree

# A word, as the last name before a call or an attribute, and the only places under campaign/ that may say it.
LOUD = {
    "commit": ("services/", "outside/database.py"),
    "rollback": ("services/", "outside/database.py"),
    "select": ("queries/", "outside/mail/imap.py"),  # IMAP chooses a folder by the same word
    "sessionmaker": ("parts.py",),
    "create_engine": ("outside/database.py",),
    "request": ("web/",),
    "render_template": ("web/",),
    "url_for": ("web/",),
    "SMTP": ("outside/mail/",),
    "SMTP_SSL": ("outside/mail/",),
    "os.environ": ("settings.py",),
    "datetime.now": ("outside/clock.py",),
    "time.time": ("outside/clock.py",),
    "AESGCM": ("outside/keys.py",),
}


@cache
def _places() -> dict[str, list[tuple[str, int]]]:
    """Where each loud word is said under campaign/: file and line."""
    found: dict[str, list[tuple[str, int]]] = {word: [] for word in LOUD}
    for path in python_files("campaign"):
        for said, line in _said(tree(path)):
            if said in found:
                found[said].append((place(path), line))
    return found


def _said(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that is called or read, with the name before its dot where it has one, and its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        if isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
            before = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            yield f"{before}.{node.attr}", node.lineno


@pytest.mark.parametrize("word", LOUD)
def test_a_loud_word_is_said_only_on_its_floor(word):
    homes = tuple(f"campaign/{home}" for home in LOUD[word])
    elsewhere = [f"{file}:{line}" for file, line in _places()[word] if not file.startswith(homes)]
    assert elsewhere == []
