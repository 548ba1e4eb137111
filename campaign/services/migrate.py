"""Migrate: bring the schema up, one process while others wait, and hold the secret against the database."""

from sqlalchemy.orm import Session

from campaign.errors import UnavailableError
from campaign.models.audit import InstallationRow
from campaign.outside import schema
from campaign.outside.database import migration_lock
from campaign.parts import Parts, hold_key
from campaign.queries import installation
from campaign.services.transact import transact


def migrate(parts: Parts) -> bool:
    """Bring the schema up to this program; whether anything had to be done.

    Raises KeyMismatchError when the secret is not the one this database was made with.
    """
    is_moved = False
    if schema.current(parts.engine) != schema.head():
        with migration_lock(parts.engine, parts.settings.home):
            if schema.current(parts.engine) != schema.head():
                schema.move(parts.engine)
                is_moved = True
    hold(parts)
    return is_moved


def hold(parts: Parts) -> None:
    """Hold the secret against the database, leaving the first one's check value in a new database.

    Raises KeyMismatchError, and UnavailableError where the database has no tables yet.
    """
    if not schema.current(parts.engine):
        raise UnavailableError("this database has no tables yet; run: campaign migrate")

    def work(session: Session) -> None:
        found = installation.row(session)
        hold_key(parts.keys, None if found is None else found.key_check)
        if found is None:
            session.add(
                InstallationRow(
                    id=1,
                    key_id=parts.keys.key_id,
                    key_check=parts.keys.check_value,
                    created_at=parts.clock.now(),
                )
            )

    transact(parts, work)
