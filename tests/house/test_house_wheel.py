"""The wheel is whole: it serves the bundled campaign from an empty folder, with nothing of the checkout beside it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile

import pytest
from sources import ROOT

SECONDS_TO_START = 60
SECONDS_TO_STOP = 20


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """A folder with what the wheel holds."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.fixture
def run(unpacked, tmp_path):
    """Start the wheel's program in an empty folder; whatever still runs at the end is stopped."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAMPAIGN_")}
    environment["PYTHONPATH"] = str(unpacked)
    log = (unpacked.parent / "log").open("w+", encoding="utf-8")
    started = []

    def run(*arguments):
        command = [sys.executable, *arguments]
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=subprocess.STDOUT)
        started.append(process)
        return process, lambda: (log.seek(0), log.read())[1]

    yield run
    for process in started:
        process.kill()
        process.wait()
    log.close()


def _get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _is_ready(port):
    try:
        return _get(port, "/readyz")[0] == http.client.OK
    except OSError:
        return False


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize("name", ["templates", "migrations", "config"])
def test_the_wheel_finds_its_own_files(run, unpacked, name):
    process, said = run("-c", f"from campaign.outside.files import resource; print(resource({name!r}))")
    assert process.wait() == 0, said()
    assert said().strip() == str(unpacked / "campaign" / "_shipped" / name)


def test_the_wheel_holds_every_file_that_the_program_reads(unpacked):
    for here, there in (("templates", "campaign/_shipped/templates"), ("config", "campaign/_shipped/config")):
        kept = {path.relative_to(ROOT / here) for path in (ROOT / here).rglob("*") if path.is_file()}
        shipped = {path.relative_to(unpacked / there) for path in (unpacked / there).rglob("*") if path.is_file()}
        assert kept == shipped, here
    assert list((unpacked / "campaign/locale").rglob("*.po")) != []


def test_the_wheel_serves_the_bundled_campaign_and_stops_when_told(run):
    port = _free_port()
    server, said = run("-m", "campaign.cli", "serve", "--port", str(port))
    deadline = time.monotonic() + SECONDS_TO_START
    while not _is_ready(port):
        assert server.poll() is None, said()
        assert time.monotonic() < deadline, said()
        time.sleep(0.2)
    status, page = _get(port, "/en/keep-the-ban/")
    assert status == http.client.OK
    assert "<h1>" in page
    server.send_signal(signal.SIGTERM)
    assert server.wait(SECONDS_TO_STOP) == 0, said()
