"""Counts that the tally cannot tell: by the offices that letters were addressed to, and of unique people.

They read the signatures themselves, so they take longer the more there are.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Date, SQLColumnExpression, String, TableValuedAlias, extract, func, select, true
from sqlalchemy.orm import Session

from campaign.models.campaign import StateRow
from campaign.models.supporter import SignatureRow
from campaign.queries.export import Wanted, conditions


def _offices(session: Session) -> TableValuedAlias:
    """One row for each office of a signature."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    opened = func.json_each if is_sqlite else func.json_array_elements_text
    return opened(SignatureRow.offices).table_valued("value", joins_implicitly=True)


def counts_by(
    session: Session, wanted: Wanted, by: tuple[str, ...], *, is_unique: bool
) -> Iterator[tuple[object, ...]]:
    """Confirmed signatures by state, UTC day and hour of confirming, country, language, source or office.

    The count comes last, or, where asked, the number of unique people after it: a supporter with several signatures in
    a cell is one. By office, a signature counts once for each office that it was addressed to.
    """
    offices = _offices(session)
    known: dict[str, SQLColumnExpression[Any]] = {
        "state": StateRow.code,
        "day": func.date(SignatureRow.confirmed_at, type_=Date()),
        "hour": extract("hour", SignatureRow.confirmed_at),
        "country": SignatureRow.country,
        "language": SignatureRow.language,
        "source": SignatureRow.source,
        "office": offices.c.value.cast(String),
    }
    columns: list[SQLColumnExpression[Any]] = [known[name].label(name) for name in by]
    people = [func.count(SignatureRow.supporter_id.distinct())] if is_unique else []
    asked = select(*columns, func.count(), *people).select_from(SignatureRow)
    asked = asked.join(StateRow, StateRow.id == SignatureRow.state_id)
    if "office" in by:
        asked = asked.join(offices, true())
    asked = asked.where(*conditions(wanted, SignatureRow.confirmed_at), SignatureRow.status == "confirmed")
    if columns:
        asked = asked.group_by(*columns).order_by(*columns)
    numbers = _numbers(by)
    for found in session.execute(asked.execution_options(yield_per=1000)):
        if columns or found[0]:
            yield tuple(int(cell) if place in numbers else cell for place, cell in enumerate(found))


def _numbers(by: tuple[str, ...]) -> frozenset[int]:
    """The places of whole numbers, which PostgreSQL gives as decimals where they are hours."""
    return frozenset({len(by), len(by) + 1} | {place for place, name in enumerate(by) if name == "hour"})
