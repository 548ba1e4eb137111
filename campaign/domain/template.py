"""Templates of letters and pages: Jinja2's sandbox, strict names, and an allow-list on the parsed text.

What a supporter typed is only ever a value: it is put in once and never read as a template.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from babel.core import UnknownLocaleError
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign.domain import dates
from campaign.errors import LetterError

MAX_CHARACTERS = 40_000
MAX_DEPTH = 20  # how deep constructions stand in one another; Python compiles no more than some hundred
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Filter,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Const,
)


class TemplateError(LetterError):
    """A template that may not be used; `line` is 1-based within its text."""

    def __init__(self, what: str, line: int | None) -> None:
        """Keep what is wrong and where."""
        super().__init__(what)
        self.line = line or 1  # Jinja gives operators none


def _environment(language: str) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=False, keep_trailing_newline=False
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    for name, write in dates.FILTERS.items():
        environment.filters[name] = lambda value, _write=write: _write(value, language)
    return environment


_PARSER = _environment("en")


def check(source: str, allowed_fields: frozenset[str]) -> tuple[str, ...]:
    """Check a template against the allow-list and return the fields it uses, sorted.

    Raises TemplateError with the line of the first thing that is not allowed: fields that nobody defines,
    filters that are not listed, have arguments or stand after no field, and every construction but output and `if`.
    """
    if len(source) > MAX_CHARACTERS:
        raise TemplateError(f"longer than {MAX_CHARACTERS} characters", 1)
    try:
        tree = _PARSER.parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(str(error.message), error.lineno) from error
    except (RecursionError, SyntaxError, ValueError) as error:
        raise TemplateError("nested too deeply, or a number too long", 1) from error
    fields = set()
    for node in _every_node(tree):
        _check_node(node, allowed_fields)
        if isinstance(node, nodes.Name):
            fields.add(node.name)
    return tuple(sorted(fields))


def _every_node(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Walk over a template in the order of its text, without recursion. Raises TemplateError where it goes too deep."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise TemplateError(f"nested more than {MAX_DEPTH} deep", node.lineno)
        if node is not tree:
            yield node
        waiting += [(one, depth + 1) for one in reversed(list(node.iter_child_nodes()))]


def _check_node(node: nodes.Node, allowed_fields: frozenset[str]) -> None:
    if not isinstance(node, _ALLOWED):
        raise TemplateError(f"{type(node).__name__.lower()} is not allowed; use fields, filters and if", node.lineno)
    if isinstance(node, nodes.Name) and node.name not in allowed_fields:
        allowed = ", ".join(sorted(allowed_fields))
        raise TemplateError(f"nobody defines the field `{node.name}`; fields are {allowed}", node.lineno)
    if isinstance(node, nodes.Filter):
        has_arguments = node.args or node.kwargs or node.dyn_args or node.dyn_kwargs
        if node.name not in dates.FILTERS or has_arguments:
            allowed = ", ".join(dates.FILTERS)
            raise TemplateError(f"`{node.name}` is no filter; filters are {allowed}", node.lineno)
        if not isinstance(node.node, (nodes.Name, nodes.Filter)):
            raise TemplateError(f"`{node.name}` stands after a field alone", node.lineno)
    if isinstance(node, nodes.Operand) and node.op not in ("eq", "ne"):
        raise TemplateError("compare with == or != only", node.lineno)


@lru_cache(maxsize=4096)
def _compiled(source: str, language: str) -> object:
    return _environment(language).from_string(source)


def render(source: str, language: str, fields: Mapping[str, object]) -> str:
    """Render a checked template with values, in the words of a language; compiled once per text.

    Raises LetterError when a field has no value.
    """
    try:
        template = _compiled(source, language)
        return str(template.render(fields))  # type: ignore[attr-defined]
    except (UndefinedError, SecurityError, UnknownLocaleError, ArithmeticError, ValueError, TypeError) as error:
        raise LetterError(str(error)) from error
