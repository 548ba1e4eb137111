"""The schema's version: migrations run forward by Alembic, in one transaction, and asked about."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from campaign.outside.database import WRITING
from campaign.outside.files import resource


def _config() -> Config:
    config = Config()
    folder = str(resource("migrations")).replace("%", "%%")
    config.set_main_option("script_location", f"{folder}/environment")
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", folder)
    return config


def head() -> str:
    """Name the newest migration that this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(engine: Engine) -> str:
    """Name the migration that a database is at; empty for a new one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def move(engine: Engine, target: str = "head") -> None:
    """Bring the schema to a migration, all or nothing; a target below the current one goes down.

    On SQLite foreign keys are off meanwhile, since rebuilding a table would otherwise delete its children's
    rows, and are checked before the commit.
    """
    config = _config()
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.execution_options(**{WRITING: True}).connect() as connection:
        raw = connection.connection.dbapi_connection
        if is_sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                _run(config, engine, target)
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("a migration left rows that point nowhere; nothing was changed")
        finally:
            if is_sqlite and raw is not None:
                raw.execute("PRAGMA foreign_keys=ON")


def _run(config: Config, engine: Engine, target: str) -> None:
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    positions = {"base": -1, "head": len(revisions) - 1} | {name: place for place, name in enumerate(revisions)}
    at = positions.get(current(engine) or "base", -1)
    if positions[target] < at:
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)
