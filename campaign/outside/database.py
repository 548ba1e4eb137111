"""The database: engines for SQLite and PostgreSQL that keep what they acknowledged."""

import contextlib
import fcntl
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

BUSY_SECONDS = 5  # how long a writer waits for another before the person is told to try again
_CUT_MILLISECONDS = 200  # how long writers wait at most for a log to be cut
DatabaseError = DBAPIError  # whatever a database refuses
WRITING = "campaign_writing"  # the execution option of transactions that will write
_MIGRATION_LOCK = 0x43414D50  # any number, the same everywhere


def make_engine(url: str) -> Engine:
    """Make an engine for a database address; nothing is opened yet."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    return create_engine(
        url,
        pool_size=8,
        max_overflow=8,
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "options": f"-c timezone=UTC -c synchronous_commit=on -c lock_timeout={BUSY_SECONDS}s",
            "connect_timeout": BUSY_SECONDS,
        },
    )


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:  # noqa: ARG001  SQLAlchemy calls it with both
    """WAL with full synchronising keeps acknowledged commits through a power loss; deleted text is overwritten."""
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where sqlite3 guesses
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: one that read first would fail instead of wait; readers never take it."""
    is_writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def empty_log(engine: Engine) -> bool:
    """Write SQLite's log into its file and cut it to nothing; False where somebody's reading is in the way for now.

    The log holds pages as they were before: what was erased since can be read there for as long as it is not cut.
    Writers wait meanwhile, so it is not tried for long. PostgreSQL reuses its own log by itself; nothing is done there.
    """
    if engine.dialect.name != "sqlite":
        return True
    with contextlib.closing(engine.raw_connection()) as connection, contextlib.closing(connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout={_CUT_MILLISECONDS}")
        is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    return not is_busy


def is_passing(error: DBAPIError) -> bool:
    """Tell whether the same transaction may work when tried again: deadlock, serialisation, a lost connection."""
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state in ("40001", "40P01")


def is_unavailable(error: BaseException) -> bool:
    """Tell whether the database cannot take it now: locked, full, read-only, restarting, out of connections."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None) or ""
    classes = ("08", "53", "55", "57", "58", "25")
    return isinstance(error, OperationalError) or state.startswith(classes) or error.connection_invalidated


@contextlib.contextmanager
def migration_lock(engine: Engine, home: Path) -> Iterator[None]:
    """Let one process migrate while others wait for it to end."""
    if engine.dialect.name == "sqlite":
        home.mkdir(parents=True, exist_ok=True)
        with (home / "migrate.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("SET lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({_MIGRATION_LOCK})")
        connection.commit()
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_MIGRATION_LOCK})")
            connection.exec_driver_sql("RESET lock_timeout")
            connection.commit()
