"""What every test may ask for: databases of both kinds, parts on them, and a browser."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sites
from chromium import open_chromium
from databases import BUNDLED, KINDS, Databases, joined, real_parts, settings_for
from hypothesis import settings
from playwright.sync_api import Browser

from campaign.parts import Parts

# A busy machine is no mistake in the code.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


@pytest.fixture(scope="session")
def databases(tmp_path_factory) -> Iterator[Databases]:
    """Both database servers, started by whoever asks first."""
    with contextlib.ExitStack() as world:
        yield Databases(tmp_path_factory.mktemp("databases"), world)


@pytest.fixture(autouse=True)
def _sites() -> Iterator[None]:
    """Sites that a test was given serve the next one, which finds nothing in their memory."""
    with sites.borrowed():
        yield


@pytest.fixture(params=KINDS)
def database(request) -> str:
    """The kind of database; a test that asks for it, or for anything below, runs once on each."""
    return request.param


@pytest.fixture
def parts(databases, database) -> Iterator[Parts]:
    """Parts on a database with all tables and no rows; whatever is committed is gone after the test."""
    with joined(databases.shared(database, "empty")) as parts:
        yield parts


@pytest.fixture
def loaded(databases, database) -> Iterator[Parts]:
    """Parts on a database with the bundled campaign; whatever is committed is gone after the test."""
    shared = databases.shared(database, "loaded")
    with joined(shared, shared.editions.current(BUNDLED.name)) as parts:
        yield parts


@pytest.fixture
def bare_database(databases, database) -> Iterator[str]:
    """The address of a new database without any table, for migrations."""
    address = databases.copy(database, "bare")
    yield address
    databases.drop(address)


@pytest.fixture
def own_database(databases, database) -> Iterator[str]:
    """The address of a database of the test's own with the bundled campaign, for races, kills and servers."""
    address = databases.copy(database, "loaded")
    yield address
    databases.drop(address)


@pytest.fixture
def own_parts(own_database, tmp_path: Path) -> Iterator[Parts]:
    """Parts on the test's own database: what they commit, other threads and processes see."""
    with real_parts(settings_for(own_database, tmp_path)) as parts:
        yield parts


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine; where there is none, its tests are skipped, but fail under CI=true."""
    with open_chromium() as browser:
        yield browser
