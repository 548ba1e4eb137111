"""The macros of templates/parts, as their own source says how they are called."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from campaign.outside import files

_PARSER = Environment(autoescape=True)
_WORDS = {True: "true", False: "false", None: "none"}


@cache
def calls() -> dict[str, str]:
    """Give the call of every macro that a page may use: `goal.goal` -> `goal.goal(count, goals, …, about="")`.

    Names that begin with a line are a file's own.
    """
    found = (files.resource("templates") / "parts").glob("*.html")
    return {
        f"{path.stem}.{macro.name}": _call(path.stem, macro)
        for path in sorted(found)
        for macro in _macros(path)
        if not macro.name.startswith("_")
    }


def _macros(path: Path) -> list[nodes.Macro]:
    return list(_PARSER.parse(path.read_text(encoding="utf-8")).find_all(nodes.Macro))


def _call(file: str, macro: nodes.Macro) -> str:
    plain = len(macro.args) - len(macro.defaults)
    given = [one.name for one in macro.args[:plain]]
    given += [f"{one.name}={_said(value)}" for one, value in zip(macro.args[plain:], macro.defaults, strict=True)]
    call = f"{file}.{macro.name}({', '.join(given)})"
    return f"call {call} … endcall" if _wraps(macro) else call


def _said(value: nodes.Expr) -> str:
    """Write a default as a template does."""
    told = value.as_const()
    if told is None or isinstance(told, bool):
        return _WORDS[told]
    return f'"{told}"' if isinstance(told, str) else str(told)


def _wraps(macro: nodes.Macro) -> bool:
    """Whether a macro stands around what its caller gives, and cannot do without."""
    uses = [one for one in macro.find_all(nodes.Name) if one.name == "caller"]
    asks = [one for one in macro.find_all(nodes.Test) if one.name == "defined"]
    return bool(uses) and not asks
