"""Serve, migrate and worker: the commands that run."""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import click
import structlog
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from campaign.jobs.worker import Worker
from campaign.outside.files import resource
from campaign.outside.journal import set_up_log
from campaign.outside.process import end_with_parent, on_end, watch_parent
from campaign.parts import Parts, make_parts
from campaign.queries import edition as editions
from campaign.services import migrate as migrating
from campaign.services.load import load
from campaign.settings import Settings, is_loopback_host, pass_on, read_settings

log = structlog.get_logger()
BUNDLED = "campaigns/keep-the-ban"
THREADS = 4  # of one process; more only wait for each other in Python


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="The port.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Server processes.")
@click.option("--no-worker", is_flag=True, help="Send no mail from here; run `campaign worker` elsewhere.")
@click.option("--no-migrate", is_flag=True, help="Leave the schema as it is.")
def serve(*, host: str, port: int, workers: int, no_worker: bool, no_migrate: bool) -> None:
    """Serve the campaign, with the worker that sends its mail.

    The schema is brought up first (one process does, others wait); a database without a campaign gets the
    bundled one. SIGTERM finishes what is in hand.

    \b
    Example:
      campaign serve --port 8080 --workers 2
    """
    settings = read_settings(host=host, port=port)
    set_up_log(settings)
    parts = make_parts(settings)
    _prepare(parts, is_migrating=not no_migrate)
    parts.engine.dispose()
    pass_on(settings)
    embedded = None if no_worker else _EmbeddedWorker()
    server = Granian(
        "campaign.app:served",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=256,
        websockets=False,
        factory=True,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
    )
    with contextlib.suppress(OSError):
        click.echo(f"Serving at {settings.base_url}/  (stop with Ctrl-C)", err=True)
        if settings.has_mailbox and not is_loopback_host(host):
            click.echo("Careful: whoever reaches this address can read the kept mails at /mailbox/", err=True)
    try:
        server.serve()
    finally:
        if embedded is not None:
            embedded.end()


def _prepare(parts: Parts, *, is_migrating: bool) -> None:
    if is_migrating:
        migrating.migrate(parts)
    else:
        migrating.hold(parts)
    load_bundled(parts)


def load_bundled(parts: Parts) -> None:
    """Load the bundled campaign into a database that has none."""
    with parts.reading() as session:
        has_campaign = bool(editions.slugs(session))
    if not has_campaign:
        report = load(parts, Path(resource("config")) / BUNDLED)
        click.echo(f"Loaded the bundled campaign {report.slug}", err=True)


class _EmbeddedWorker:
    """A worker process beside the server, started again should it die."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._keep, name="keeper", daemon=True).start()

    @staticmethod
    def _start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "campaign.cli", "worker", "--embedded", str(os.getpid())])  # noqa: S603  ourselves

    def _keep(self) -> None:
        while True:
            self._process.wait()
            if self._ending.wait(1):
                return
            log.warning("worker.died", status=self._process.returncode)
            self._process = self._start()

    def end(self) -> None:
        """Tell it to finish what it has in hand, and wait for that."""
        self._ending.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()


@click.command()
def migrate() -> None:
    """Bring the database's schema up to this program, or say that it is.

    \b
    Example:
      campaign migrate
    """
    settings = _settings()
    is_moved = migrating.migrate(make_parts(settings))
    click.echo("The schema was brought up." if is_moved else "The schema is up to date.", err=True)


@click.command()
@click.option("--embedded", type=int, hidden=True, help="End with the process of this id, which started it.")
def worker(*, embedded: int | None) -> None:
    """Only send mail: confirmations first, then letters. Any number may run, on any number of machines.

    \b
    Example:
      campaign worker
    """
    settings = _settings()
    parts = make_parts(settings)
    migrating.hold(parts)
    working = Worker(parts)
    on_end(working.stop.set)
    if embedded is not None:
        end_with_parent(embedded)
        watch_parent(working.stop.set, embedded)
    working.run()


def _settings() -> Settings:
    settings = read_settings()
    set_up_log(settings)
    return settings
