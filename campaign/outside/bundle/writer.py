"""The writer: values into the text of a campaign's files, with the comments of what stood there kept."""

import datetime as dt
import io
import json
import re
from collections.abc import Mapping

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from campaign.outside.bundle import front, yaml
from campaign.outside.bundle.spread import Leaf

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_WIDTH = 110  # of a folded text
_KEYS = ("id", "office", "purpose")  # what tells an item of a list from another
_SETS = ("unread", "missing_offices", "missing_translations")  # lists whose order says nothing
_FENCE = "---\n"


def says(value: object, *, is_set: bool = False) -> object:
    """Bring values into a form in which two files that say the same are equal."""
    if isinstance(value, Mapping):
        bare = {str(name): says(one, is_set=is_set or name in _SETS) for name, one in value.items()}
        return {name: one for name, one in bare.items() if not _is_nothing(one)}
    if isinstance(value, list):
        found = [says(one) for one in value]
        return sorted(found, key=str) if is_set else found
    return value


def _is_nothing(value: object) -> bool:
    return value is None or value is False or value in ("", "none") or (isinstance(value, dict | list) and not value)


def written(file: str, leaf: Leaf, old: str | None) -> str:
    """Write a file anew; of what stood there, whatever still stands keeps its comments and its shape."""
    if leaf.body is None:
        return _yaml(file, leaf.values, old)
    document = None if old is None else front.parse(old, file, [])
    if old is None or document is None:
        return f"{_FENCE}{_yaml(file, leaf.values, None)}{_FENCE}{leaf.body}\n"
    lines = old.split("\n")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE.rstrip())
    below = "\n".join(lines[end + 1 :]) if document.body == leaf.body else f"{leaf.body}\n"
    return f"{_FENCE}{_yaml(file, leaf.values, chr(10).join(lines[1:end]) + chr(10))}{_FENCE}{below}"


def _yaml(file: str, values: dict[str, object], old: str | None) -> str:
    """Write values as YAML; where comments cannot be kept, without; and as a last resort as bare JSON."""
    tries = [] if old is None else [_merged(file, values, old)]
    tries += [_dumped(_map(values)), json.dumps(values, ensure_ascii=False, indent=2) + "\n"]
    for text in tries:
        sheet = yaml.parse(text, file, []) if text else None
        if sheet is not None and says(sheet.value) == says(values):
            return text
    return tries[-1]


def _round() -> YAML:
    trip = YAML(typ="rt")
    trip.preserve_quotes = True
    trip.width = 4096  # lines that are long already stay as they are
    trip.indent(mapping=2, sequence=4, offset=2)
    return trip


def _dumped(node: object) -> str:
    made = io.StringIO()
    _round().dump(node, made)
    return made.getvalue()


def _merged(file: str, values: dict[str, object], old: str) -> str:
    """Put what differs into the old text; empty where that cannot be done."""
    sheet = yaml.parse(old, file, [])
    try:
        node = _round().load(old)
        if sheet is None or not isinstance(node, CommentedMap) or not isinstance(sheet.value, dict):
            return ""
        _merge(node, sheet.value, values)
        return _dumped(node)
    except (YAMLError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return ""


def _merge(node: CommentedMap, was: Mapping[str, object], values: Mapping[str, object]) -> None:
    for name in [one for one in node if str(one) not in values and not _is_nothing(says(was.get(str(one))))]:
        del node[name]
    for name, value in values.items():
        if name in node and says({name: was.get(name)}) == says({name: value}):
            continue
        old, before = node.get(name), was.get(name)
        if isinstance(old, CommentedMap) and isinstance(before, dict) and isinstance(value, dict):
            _merge(old, before, value)
        elif isinstance(old, CommentedSeq) and isinstance(before, list) and isinstance(value, list):
            _merge_list(old, before, value)
        elif not (name not in node and _is_nothing(says(value))):
            node[name] = _node(value, name)


def _merge_list(node: CommentedSeq, was: list[object], values: list[object]) -> None:
    keys, wanted = [_key(one) for one in was], [_key(one) for one in values]
    if (keys == wanted and None not in keys) or (len(was) == len(values) and set(keys) | set(wanted) == {None}):
        for index, (before, value) in enumerate(zip(was, values, strict=True)):
            if isinstance(node[index], CommentedMap) and isinstance(before, dict) and isinstance(value, dict):
                _merge(node[index], before, value)
            elif says(before) != says(value):
                node[index] = _node(value)
        return
    kept = {key: (node[index], was[index]) for index, key in enumerate(keys) if key is not None}
    made: list[object] = []
    for key, value in zip(wanted, values, strict=True):
        old, before = kept.get(key or "", (None, None))
        if isinstance(old, CommentedMap) and isinstance(before, dict) and isinstance(value, dict):
            _merge(old, before, value)
            made.append(old)
        else:
            made.append(_node(value))
    node[:] = made


def _key(item: object) -> str | None:
    if not isinstance(item, dict):
        return None
    return next((str(item[name]) for name in _KEYS if name in item), None)


def _map(values: Mapping[str, object]) -> CommentedMap:
    made = CommentedMap()
    for name, value in values.items():
        made[name] = _node(value, name)
    return made


def _node(value: object, name: str = "") -> object:
    if isinstance(value, dict):
        return _map(value)
    if isinstance(value, list):
        made = CommentedSeq([_node(one) for one in value])
        if all(isinstance(one, str | int) and len(str(one)) < 30 for one in value):
            made.fa.set_flow_style()
        return made
    return _scalar(value, name) if isinstance(value, str) else value


def _scalar(text: str, name: str) -> object:
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    if name == "on" and _YEAR.fullmatch(text):
        return int(text)
    if "\n" in text:
        return LiteralScalarString(text)
    if len(text) > _WIDTH and "  " not in text:
        return _folded(text)
    return text


def _folded(text: str) -> FoldedScalarString:
    folded: FoldedScalarString = FoldedScalarString(text)
    breaks, start = [], 0
    while len(text) - start > _WIDTH and (at := text.rfind(" ", start + 1, start + _WIDTH)) > 0:
        breaks.append(at)
        start = at
    folded.fold_pos = breaks  # type: ignore[attr-defined]  # where ruamel looks for them
    return folded
