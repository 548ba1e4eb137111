"""Servers for the benchmarks: ours and the bare one, the same granian with the same threads."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

THREADS = 4


def databases(folder: Path, world: contextlib.ExitStack) -> Iterator[tuple[str, str]]:
    """Give SQLite, and PostgreSQL where the tests' server is installed."""
    yield "SQLite", f"sqlite:///{folder / 'bench.sqlite3'}"
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    import postgres  # noqa: PLC0415  only where the tests' libraries are installed
    import psycopg  # noqa: PLC0415

    sockets = world.enter_context(postgres.run_server())
    with psycopg.connect(host=str(sockets), user="postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    yield "PostgreSQL", f"postgresql+psycopg://postgres@/bench?host={sockets}"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def _started(command: list[str], base: str, env: dict[str, str]) -> Iterator[str]:
    process = subprocess.Popen(command, env={**os.environ, **env}, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        _wait(base)
        yield base
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def _wait(base: str) -> None:
    end = time.monotonic() + 60
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            opener.open(f"{base}/readyz", timeout=2).close()
            return
        time.sleep(0.2)
    raise TimeoutError(base)


@contextlib.contextmanager
def campaign(address: str, home: Path) -> Iterator[str]:
    """Serve the bundled campaign with one process, its limits off and no worker beside it."""
    port = _free_port()
    env = {
        "CAMPAIGN_DATABASE_URL": address,
        "CAMPAIGN_HOME": str(home),
        "CAMPAIGN_SECRET_KEY": "only for benchmarks, 0123456789abcdef",
        "CAMPAIGN_RATE_LIMITS": "off",
    }
    command = [sys.executable, "-m", "campaign.cli", "serve", "--port", str(port), "--no-worker"]
    with _started(command, f"http://127.0.0.1:{port}", env) as base:
        yield base


@contextlib.contextmanager
def bare(address: str) -> Iterator[str]:
    """Serve the ceiling."""
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", "benchmarks.bare:app", "--factory", "--interface", "wsgi",
        "--port", str(port), "--blocking-threads", str(THREADS), "--log-level", "warning", "--no-ws",
    ]  # fmt: skip
    with _started(command, f"http://127.0.0.1:{port}", {"BENCH_DATABASE": address}) as base:
        yield base
