"""Filters as conditions on columns."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_

from campaign.domain.odata import Group, Operator, Tree

_COMPARE: dict[Operator, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}


def condition(tree: Tree, columns: Mapping[str, SQLColumnExpression[Any]]) -> ColumnElement[bool]:
    """Turn a filter into a condition; its fields are those of `columns`."""
    if isinstance(tree, Group):
        join = and_ if tree.joined == "and" else or_
        return join(*(condition(one, columns) for one in tree.parts))
    found: ColumnElement[bool] = _COMPARE[tree.operator](columns[tree.field], tree.value)
    return found
