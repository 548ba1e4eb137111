"""Clear: let exports expire, and remove the parts of those that are gone, some at a time."""

from sqlalchemy.orm import Session

from campaign.parts import Parts
from campaign.queries import order as orders
from campaign.services.move import move
from campaign.services.transact import transact

BATCH = 50  # parts in one transaction: each is up to some megabytes that the database overwrites


def expire(parts: Parts) -> bool:
    """Let exports that are kept longer than a day expire; whether there is more to clear."""

    def work(session: Session) -> None:
        for row in orders.overdue(session, parts.clock.now()):
            move(session, row, "expired")

    transact(parts, work)
    return clear(parts)


def clear(parts: Parts) -> bool:
    """Remove some parts that nobody can take any more; whether there may be more of them."""

    def work(session: Session) -> int:
        keys = orders.useless_parts(session, BATCH)
        if keys:
            orders.drop_parts(session, keys)
        return len(keys)

    return transact(parts, work) == BATCH
