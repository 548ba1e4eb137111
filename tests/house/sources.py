"""The project's own files, as the house tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN = ROOT / "campaign"
TEMPLATES = ROOT / "templates"
MIGRATIONS = ROOT / "migrations"
LOCALE = CAMPAIGN / "locale"
_CODE = ("campaign", "tests", "benchmarks", "migrations")
_MADE = {"__pycache__", "node_modules", "dist", "build", "var", "pictures"}


def python_files(*folders: str) -> Iterator[Path]:
    """Find Python files in top folders, in all of them when none is named."""
    for folder in folders or _CODE:
        yield from sorted((ROOT / folder).rglob("*.py"))


def all_files() -> Iterator[Path]:
    """Find every file that is written by hand or kept with the code; nothing made, hidden or local."""
    waiting = [ROOT]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            is_kept = not path.name.startswith(".") or path.name in (".ci", ".pre-commit-config.yaml")
            if path.name in _MADE or path.name.endswith(".egg-info") or not is_kept:
                continue
            if path.is_dir():
                waiting.append(path)
            else:
                yield path


@cache
def tree(path: Path) -> ast.Module:
    """Parse one Python file, once."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path) -> str:
    """Name a file from the root, the same on every machine."""
    return path.relative_to(ROOT).as_posix()
