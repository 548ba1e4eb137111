"""Databases of both kinds: made once by the migrations, copied, and joined to one rolled back transaction."""

import contextlib
import dataclasses
import datetime as dt
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import postgres
import psycopg
from sqlalchemy.orm import sessionmaker

from campaign.domain.edition import Edition
from campaign.outside.clock import FrozenClock
from campaign.outside.database import WRITING, make_engine
from campaign.outside.dns import FakeResolver
from campaign.outside.files import resource
from campaign.outside.keys import Keys
from campaign.outside.mail.fake import FakeMailer
from campaign.outside.passwords import Passwords
from campaign.outside.pdf import FakeTypesetter
from campaign.outside.templates import MailTemplates
from campaign.outside.webhook import FakePoster
from campaign.outside.words import Catalogues
from campaign.parts import Door, Parts, Shelf, doors
from campaign.services.load import load
from campaign.services.migrate import migrate
from campaign.settings import Settings, read_settings

# Read once: nothing changes them, and reading takes longer than most tests.
_WORDS = Catalogues()
_TEMPLATES = MailTemplates(resource("templates"), _WORDS)
# As real ones, but for what makes guessing slow.
_PASSWORDS = Passwords(memory_kib=64, rounds=1)
KINDS = ("sqlite", "postgresql")
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
SECRET = "only the tests know it, and nobody else does"
BUNDLED = resource("config") / "campaigns" / "keep-the-ban"


class Databases:
    """Databases by what they hold: `bare` (no tables), `empty` (no rows but the installation's), `loaded` (a campaign).

    Each filling is made once a run, by the migrations and by loading; whoever asks gets a copy.
    """

    def __init__(self, folder: Path, world: contextlib.ExitStack) -> None:
        """Keep SQLite files in a folder; a PostgreSQL server runs from its first use until `world` closes."""
        self._folder = folder
        self._world = world
        self._sockets: Path | None = None
        self._made: dict[tuple[str, str], str] = {}
        self._shared: dict[tuple[str, str], Parts] = {}

    def shared(self, kind: str, filling: str) -> Parts:
        """Give parts on the one copy that tests share, which they must leave as they found it."""
        if (kind, filling) not in self._shared:
            settings = settings_for(self.copy(kind, filling), self._folder)
            self._shared[kind, filling] = self._world.enter_context(real_parts(settings))
        return self._shared[kind, filling]

    def copy(self, kind: str, filling: str) -> str:
        """Give the address of a new database of a kind, filled like the one kept for copying."""
        if filling == "bare":
            return self._create(kind, filling)
        if (kind, filling) not in self._made:
            self._made[kind, filling] = self._fill(kind, filling)
        return self._create(kind, filling, self._made[kind, filling])

    def drop(self, address: str) -> None:
        """Remove a database, whoever is still connected to it."""
        if address.startswith("postgresql"):
            self._say(f"DROP DATABASE {_name(address)} WITH (FORCE)")
            return
        for path in self._folder.glob(f"{_name(address)}.sqlite3*"):
            path.unlink()

    def _fill(self, kind: str, filling: str) -> str:
        address = self.copy(kind, "empty" if filling == "loaded" else "bare")
        with real_parts(settings_for(address, self._folder)) as parts:
            if filling == "loaded":
                load(parts, BUNDLED)
            else:
                migrate(parts)
        return address

    def _create(self, kind: str, filling: str, template: str = "") -> str:
        name = f"{filling}_{secrets.token_hex(4)}"
        if kind == "postgresql":
            like = f" TEMPLATE {_name(template)} STRATEGY FILE_COPY" if template else ""
            self._say(f"CREATE DATABASE {name}{like}")
            return f"postgresql+psycopg://postgres@/{name}?host={self._sockets}"
        path = self._folder / f"{name}.sqlite3"
        if template:
            shutil.copyfile(self._folder / f"{_name(template)}.sqlite3", path)
        return f"sqlite:///{path}"

    def _say(self, command: str) -> None:
        if self._sockets is None:
            self._sockets = self._world.enter_context(postgres.run_server())
        with psycopg.connect(host=str(self._sockets), user="postgres", autocommit=True) as connection:
            connection.execute(command)


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2].removesuffix(".sqlite3")


def settings_for(address: str, home: Path, **changed: str) -> Settings:
    """Make settings for a database; `changed` are environment variables without their prefix."""
    given = {"DATABASE_URL": address, "HOME": str(home), "SECRET_KEY": SECRET, **changed}
    return read_settings({f"CAMPAIGN_{name}": value for name, value in given.items()})


@contextlib.contextmanager
def real_parts(settings: Settings) -> Iterator[Parts]:
    """Give parts that really commit, until the block ends; only mail, clock and paper are fakes."""
    engine = make_engine(settings.database_url)
    reading, writing = doors(engine)
    try:
        yield Parts(
            settings=settings,
            engine=engine,
            reading=reading,
            writing=writing,
            mailer=FakeMailer(),
            clock=FrozenClock(NOW),
            keys=Keys(settings.secret_key),
            words=_WORDS,
            templates=_TEMPLATES,
            passwords=_PASSWORDS,
            pdf=FakeTypesetter(),
            resolver=FakeResolver(),
            poster=FakePoster(),
        )
    finally:
        engine.dispose()


class _Filled(Shelf):
    """A shelf that holds editions already, as that of a process does which has been asked for them before."""

    def __init__(self, reading: Door, read: Iterable[Edition]) -> None:
        super().__init__(reading)
        self._kept.update((one.cause.slug, one) for one in read)


@contextlib.contextmanager
def joined(parts: Parts, *read: Edition) -> Iterator[Parts]:
    """Give parts whose sessions all live in one transaction, rolled back when the block ends.

    A session that commits only ends a savepoint, so services really commit, and see what they committed.
    Editions that were read from this database before are not read again as long as they stand.
    """
    with parts.engine.execution_options(**{WRITING: True}).connect() as connection:
        outer = connection.begin()
        own = dataclasses.replace(
            parts,
            reading=sessionmaker(connection, expire_on_commit=False, join_transaction_mode="rollback_only"),
            writing=sessionmaker(connection, expire_on_commit=False, join_transaction_mode="create_savepoint"),
            mailer=FakeMailer(),
            clock=FrozenClock(NOW),
            pdf=FakeTypesetter(),
            resolver=FakeResolver(),
            poster=FakePoster(),
        )
        object.__setattr__(own, "editions", _Filled(own.reading, read))
        yield own
        outer.rollback()
