"""Ready: whether this process can serve."""

from sqlalchemy.exc import DBAPIError

from campaign.errors import KeyMismatchError
from campaign.outside import schema
from campaign.parts import Parts, hold_key
from campaign.queries import edition, installation


def check(parts: Parts) -> tuple[str, ...]:
    """Say in short words what keeps this process from serving; nothing when it can."""
    try:
        if schema.current(parts.engine) != schema.head():
            return ("migrations",)
        with parts.reading() as session:
            found = installation.row(session)
            hold_key(parts.keys, found.key_check if found is not None else None)
            return () if edition.slugs(session) else ("campaign",)
    except DBAPIError:
        return ("database",)
    except KeyMismatchError:
        return ("key",)
