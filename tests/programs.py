"""The program itself, started as operators start it, and ended by the test."""

import contextlib
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import visitor
from databases import SECRET

from campaign.cli.main import COMMANDS, main

# A server that has imported every command and forks for each that is run; it lives as long as these tests.
_COMMANDS = multiprocessing.get_context("forkserver")
_COMMANDS.set_forkserver_preload([f"campaign.cli.{room}" for room in sorted(set(COMMANDS.values()))])


def environment(address: str, home: Path, **settings: str) -> dict[str, str]:
    """The environment of a program with its own settings and nothing of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CAMPAIGN_")}
    given = {"DATABASE_URL": address, "HOME": str(home), "SECRET_KEY": SECRET, **settings}
    return kept | {f"CAMPAIGN_{name}": value for name, value in given.items()}


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(*arguments: str, env: dict[str, str], seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, in a process of its own that need not import everything anew."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = _COMMANDS.Process(target=_run, args=(arguments, env, out, err))
        process.start()
        process.join(seconds)
        if process.is_alive():
            process.kill()
            raise subprocess.TimeoutExpired(arguments, seconds)
        said = [path.read_bytes().decode() for path in (out, err)]
        return subprocess.CompletedProcess(arguments, process.exitcode or 0, *said)


def _run(arguments: tuple[str, ...], env: dict[str, str], out: Path, err: Path) -> None:
    """Be the program: its environment, its standard output and error, its exit code."""
    os.environ.clear()
    os.environ.update(env)
    for descriptor, path in ((1, out), (2, err)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), descriptor)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  until the process ends
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    sys.argv = ["campaign", *arguments]
    main()


@contextlib.contextmanager
def started(*arguments: str, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command in a process group of its own; at the end it gets SIGTERM and must end by itself."""
    command = [sys.executable, "-m", "campaign.cli", *arguments]
    process = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        yield process
        if process.poll() is None:
            process.terminate()
            assert process.wait(timeout=60) == 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def served(*arguments: str, env: dict[str, str]) -> Iterator[str]:
    """Serve on a free port; gives the base address once it is ready."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = {"CAMPAIGN_BASE_URL": base} | env
    with started("serve", "--port", str(port), *arguments, env=env):
        visitor.until(lambda: is_ready(base), seconds=60)
        yield base


def is_ready(base: str) -> bool:
    """Whether a server answers, and says that it can serve."""
    try:
        return visitor.get(f"{base}/readyz").status == 200
    except OSError:
        return False
