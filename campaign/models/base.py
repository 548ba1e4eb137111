"""What every table is made of: names for constraints, instants in UTC, values kept as JSON."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from pydantic import TypeAdapter
from sqlalchemy import JSON, Column, DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

Value = TypeVar("Value")

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
# `info` of a column that holds something of a person: one registry for sealing, erasing, access, retention.
PERSONAL = {"is_personal": True}


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[dt.datetime]):
    """An aware instant in UTC, on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002  SQLAlchemy's shape
        """Refuse naive instants and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must say its time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002  SQLAlchemy's shape
        """Give aware UTC back; SQLite forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class AsJson(TypeDecorator[object]):
    """A typed value (a frozen dataclass of the domain, a tuple of words) kept as JSON."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: object) -> None:
        """Keep values of a kind that pydantic can check."""
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[object] = TypeAdapter(kind)  # type: ignore[arg-type]

    def process_bind_param(self, value: object, dialect: Dialect) -> object:  # noqa: ARG002  SQLAlchemy's shape
        """Turn the value into what JSON can hold."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: object, dialect: Dialect) -> object:  # noqa: ARG002  SQLAlchemy's shape
        """Turn JSON back into the typed value."""
        return None if value is None else self._adapter.validate_python(value)

    def compare_values(self, x: object, y: object) -> bool:
        """Two values are the same when they say the same."""
        return bool(x == y)


def one_of(column: str, values: Sequence[str]) -> str:
    """Write the CHECK that holds a column to a list of words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def is_personal(column: Column[object]) -> bool:
    """Tell whether a column holds something of a person."""
    return bool(column.info.get("is_personal"))


def without(value: Value, **emptied: object) -> Value:
    """Copy a frozen value with some fields emptied, for columns whose parts are rows of their own."""
    return dataclasses.replace(value, **emptied)  # type: ignore[type-var]
