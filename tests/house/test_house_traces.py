"""The tree speaks of the project alone: no place of one machine, no registry, nothing left undone."""

import os
import re
import sys
from pathlib import Path

from sources import ROOT, all_files, place

_TEXT = {".py", ".md", ".html", ".txt", ".css", ".js", ".yaml", ".toml", ".lock", ".env", ".po", ".svg", ".service", ""}
# Written so that this file does not find itself.
_REGISTRIES = re.compile(r"python[h]osted|[p]ypi\.[a-z]+/|registry\.[n]pm|[d]eb\.debian|[i]ndex-url|find-[l]inks")
_UNDONE = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|NotImplemented[E]rror)\b")


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{place(path)}:{number}"
        for path in all_files()
        if path.suffix in _TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_of_this_machine():
    places = {str(ROOT), str(Path.home()), sys.base_prefix}
    local = {place for place in places if place.count(os.sep) > 1 or place == str(Path.home())} - {os.sep, "/usr"}
    assert _lines_with(re.compile("|".join(rf"{re.escape(one)}(?=[/\s\"'])" for one in local) or r"\b\B")) == []


def test_no_file_names_a_registry():
    assert _lines_with(_REGISTRIES) == []


def test_nothing_is_marked_as_undone():
    assert _lines_with(_UNDONE) == []
