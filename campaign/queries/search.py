"""Signatures by what is known of them, page after page, and stopped where the database takes too long."""

import contextlib
import datetime as dt
import time
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, cast, literal_column, select, text, tuple_
from sqlalchemy.orm import Session

from campaign.domain.search import Search
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow

_STEPS = 10_000  # of SQLite's machine between two looks at the clock


@contextlib.contextmanager
def limited(session: Session, seconds: float) -> Iterator[None]:
    """Let the database work for so long and no longer; what takes more ends in an OperationalError."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}"))
        yield
        session.execute(text("SET LOCAL statement_timeout = 0"))
        return
    connection: Any = session.connection().connection.driver_connection
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def found(session: Session, campaign_id: int, search: Search, after: str, most: int) -> Sequence[SignatureRow]:
    """Signatures that a search means, the newest first; `after` is the id of the last one of the page before."""
    place = (SignatureRow.created_at, SignatureRow.id)
    asked = select(SignatureRow).where(SignatureRow.campaign_id == campaign_id, *_meant(search))
    if after:
        last = session.execute(select(*place).where(SignatureRow.id == after)).first()
        if last is not None:
            asked = asked.where(tuple_(*place) < tuple_(*last))
    asked = asked.order_by(*(one.desc() for one in place))
    return session.scalars(asked.limit(most)).all()


def _meant(search: Search) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if search.state_id is not None:
        wanted.append(SignatureRow.state_id == search.state_id)
    if search.review:
        wanted.append(SignatureRow.review != literal_column("''"))  # what the index over few rows is told by
    said = {name: getattr(search, name) for name in ("status", "country", "language", "source", "review", "id")}
    wanted += [getattr(SignatureRow, name) == value for name, value in said.items() if value]
    if search.mark:
        wanted.append(cast(SignatureRow.marks, String).contains(f'"{search.mark}"', autoescape=True))
    if search.since is not None:
        wanted.append(SignatureRow.created_at >= _midnight(search.since))
    if search.until is not None:
        wanted.append(SignatureRow.created_at < _midnight(search.until) + dt.timedelta(days=1))
    return wanted


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def signature(session: Session, campaign_id: int, signature_id: str) -> SignatureRow | None:
    """A campaign's signature by its id."""
    asked = select(SignatureRow).where(SignatureRow.id == signature_id, SignatureRow.campaign_id == campaign_id)
    return session.scalar(asked)


def letters(session: Session, signature_id: str) -> Sequence[DeliveryRow]:
    """The letters of a signature, first letters before second ones, in the order of offices."""
    asked = select(DeliveryRow).where(DeliveryRow.signature_id == signature_id)
    return session.scalars(asked.order_by(DeliveryRow.round, DeliveryRow.official_id)).all()
