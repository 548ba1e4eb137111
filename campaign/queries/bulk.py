"""Many rows at once: for made-up ones only; what people do goes through services, one by one."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from campaign.models.base import Base
from campaign.models.supporter import SupporterRow


def add_all(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows that all have the same columns; what they do not say is as the model has it."""
    if rows and isinstance(table.__table__, Table):
        session.connection().execute(insert(table.__table__), rows)


def count_demo(session: Session) -> int:
    """How many made-up supporters there are."""
    return session.scalar(select(func.count()).where(SupporterRow.is_demo.is_(True))) or 0


def trust_memory(session: Session) -> None:
    """Let SQLite keep more of its pages in memory while very many rows are added; PostgreSQL is set up by its owner."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA cache_size=-400000")
