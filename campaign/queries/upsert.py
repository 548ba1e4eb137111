"""Adding to rows that may be there already, by one statement for all of them, on either database."""

from collections.abc import Mapping, Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign.models.base import Base


def add_to(
    session: Session, table: type[Base], keys: Sequence[str], counted: str, rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows; where one with the same `keys` is there, `counted` grows and its other columns become the new ones.

    The rows are taken in their order, so that two who give them in one order never wait for each other.
    """
    if not rows:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    adding = insert(table)
    given = [name for name in rows[0] if name not in keys]
    changed = {name: adding.excluded[name] for name in given}
    changed[counted] = getattr(table, counted) + adding.excluded[counted]
    session.flush()
    session.connection().execute(adding.on_conflict_do_update(index_elements=list(keys), set_=changed), list(rows))
