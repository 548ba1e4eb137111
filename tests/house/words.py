"""What the catalogues hold, and which of their keys templates and code ask for."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes
from sources import LOCALE, TEMPLATES, place, python_files, tree

KEY = re.compile(r"[a-z][a-z-]*(\.[a-z0-9_-]+)+")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
PARSER = Environment(autoescape=True)
_IS_KEY = re.compile(r"[a-z-]+\\\.")  # of a pattern: a word and a dot that stands for itself
TAKES_A_KEY = {"t": 0, "tn": 0, "text": 1, "plural": 1, "raw": 1, "raw_plural": 1, "has": 1}


@dataclass(frozen=True)
class Use:
    """A key that is asked for; in a `pattern` (a regular expression) a value stands where `.+` is.

    `given` are the names of the values it is given, None where that cannot be read from the source.
    """

    where: str
    pattern: str
    is_call: bool
    given: frozenset[str] | None = None

    @property
    def is_literal(self) -> bool:
        """Whether the whole key stands in the source."""
        return ".+" not in self.pattern


@cache
def catalogues(language: str) -> dict[str, Catalog]:
    """Read every catalogue of a language, by domain."""
    found = {}
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = read_po(file, locale=language)
    return found


@cache
def messages(language: str) -> dict[str, Message]:
    """Every entry of a language, by key."""
    return {key_of(one): one for catalogue in catalogues(language).values() for one in catalogue if one.id}


def key_of(message: Message) -> str:
    """The key of an entry, which is also its own plural."""
    return message.id[0] if isinstance(message.id, tuple) else message.id


def forms(message: Message) -> tuple[str, ...]:
    """The texts of an entry: one, or one for each plural."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)


def placeholders(message: Message) -> frozenset[str]:
    """The names that an entry's texts want filled."""
    return frozenset(name for text in forms(message) for name in PLACEHOLDER.findall(text))


def template_files() -> list[Path]:
    """Every template, of pages and of mails."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt"))


@cache
def uses() -> tuple[Use, ...]:
    """Everything in templates and code that is, or may become, a key."""
    found = [use for path in template_files() for use in _in_template(path)]
    found += [use for path in python_files("campaign") for use in _in_code(path)]
    return tuple(found)


def _in_template(path: Path) -> Iterator[Use]:
    parsed = PARSER.parse(path.read_text(encoding="utf-8"))
    for call in parsed.find_all(nodes.Call):
        name = getattr(call.node, "name", "")
        if name in ("t", "tn") and call.args:
            given = None if call.dyn_kwargs else frozenset(one.key for one in call.kwargs)
            yield from _calls(f"{place(path)}:{call.lineno}", _choices(call.args[0]), given)
    for const in parsed.find_all((nodes.Const, nodes.Concat)):
        for pattern in _choices(const):
            yield Use(f"{place(path)}:{const.lineno}", pattern, is_call=False)


def _choices(node: nodes.Node | ast.AST) -> list[str]:
    """The patterns of a string expression: one, or one for each branch of a condition."""
    if isinstance(node, nodes.CondExpr):
        return _choices(node.expr1) + (_choices(node.expr2) if node.expr2 else [])
    if isinstance(node, ast.IfExp):
        return _choices(node.body) + _choices(node.orelse)
    return [_pattern(node)]


def _pattern(node: nodes.Node | ast.AST) -> str:
    if isinstance(node, nodes.Const | ast.Constant):
        return re.escape(node.value) if isinstance(node.value, str) else ".+"
    if isinstance(node, nodes.Concat):
        return "".join(_pattern(one) for one in node.nodes)
    if isinstance(node, ast.JoinedStr):
        return "".join(_pattern(one) for one in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _pattern(node.left) + _pattern(node.right)
    return ".+"


def _calls(where: str, patterns: list[str], given: frozenset[str] | None) -> Iterator[Use]:
    for pattern in patterns:
        yield Use(where, pattern, is_call=True, given=given)


def _in_code(path: Path) -> Iterator[Use]:
    for node in ast.walk(tree(path)):
        where = f"{place(path)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = TAKES_A_KEY.get(name, len(node.args))
            if position < len(node.args):
                given = frozenset(one.arg for one in node.keywords if one.arg)
                is_open = any(one.arg is None for one in node.keywords)
                patterns = [one for one in _choices(node.args[position]) if _IS_KEY.match(one)]
                yield from _calls(where, patterns, None if is_open else given)
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
            yield Use(where, _pattern(node), is_call=False)
