"""`campaign export` as operators use it: whole files, their fingerprint, people only with a reason."""

import csv
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import people
import programs
import pyrage
import pytest
from sqlalchemy import select

from campaign.models.audit import AuditRow

REASON = "an access request of today"


@pytest.fixture
def env(own_database, tmp_path):
    return programs.environment(own_database, tmp_path)


@pytest.fixture
def run(env):
    """Runs the command, and gives how it ended."""
    return lambda *arguments: programs.run("export", *arguments, env=env)


@pytest.fixture
def signed(own_parts):
    """Parts on a database where Ona confirmed, and agreed to news."""
    edition = own_parts.editions.current(people.CAMPAIGN).state("lithuania")
    agreed = {one.purpose: one.version for one in edition.consents_in("en")}
    people.confirmed(own_parts, consents=agreed, offices=("president", "speaker"))
    return own_parts


def test_a_file_and_its_fingerprint_go_together(run, signed, tmp_path):
    path = tmp_path / "counts.csv"
    done = run("counts", "--by", "office,state", "--unique", "--output", str(path), "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert document == {"rows": 2, "bytes": len(data), "sha256": digest, "output": str(path)}
    assert done.stderr.splitlines()[-2:] == ["2 rows", f"{digest}  {path}"]
    assert path.stat().st_mode & 0o077 == 0
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert rows[0] == {"office": "president", "state": "LT", "confirmed": "1", "unique_people": "1"}


def test_stdout_holds_the_table_alone(run, signed):
    done = run("signatures", "--format", "json")
    assert len(json.loads(done.stdout)) == 1
    assert hashlib.sha256(done.stdout.encode()).hexdigest() in done.stderr
    assert run("counts", "--json").returncode == 2


def test_people_and_news_want_a_reason_that_is_kept(run, signed):
    for kind in ("people", "news"):
        for reason in ((), ("--reason", "why not")):
            done = run(kind, *reason)
            assert (done.returncode, done.stdout) == (1, "")
            assert "E-REASON" in done.stderr
        done = run(kind, "--reason", REASON, "--state", "LT")
        assert done.returncode == 0, done.stderr
        [row] = csv.DictReader(io.StringIO(done.stdout))
        assert (row["name"], row["email"]) == ("Ona Nordmann", "ona@example.org")
    with signed.reading() as session:
        lines = session.scalars(select(AuditRow).where(AuditRow.what.startswith("export"))).all()
    told = ("command line", "keep-the-ban LT ..", REASON)
    assert [(one.who, one.which, one.reason) for one in lines] == [told, told]
    assert [one.what for one in lines] == ["export.people", "export.news"]


def test_a_purpose_that_nobody_was_asked_for_is_refused(run, signed):
    assert run("news", "--reason", REASON, "--purpose", "news").returncode == 0
    for purpose in ("letter", "sms"):
        done = run("news", "--reason", REASON, "--purpose", purpose)
        assert (done.returncode, done.stdout) == (1, "")


def test_a_sealed_file_opens_with_its_key(run, signed, tmp_path):
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "people.xlsx.age"
    sealed = ("--reason", REASON, "--format", "xlsx", "--recipient", str(identity.to_public()))
    done = run("people", *sealed, "--output", str(path))
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256(path.read_bytes()).hexdigest() in done.stderr
    assert pyrage.decrypt(path.read_bytes(), [identity]).startswith(b"PK")
    done = run("people", "--reason", REASON, "--recipient", "age1nonsense")
    assert (done.returncode, done.stdout) == (1, "")
    assert "E-RECIPIENT" in done.stderr


def test_a_full_disk_is_said_in_one_line_and_leaves_nothing(env, signed, tmp_path):
    command = [sys.executable, "-m", "campaign.cli", "export", "signatures"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr
    folder = tmp_path / "folder.csv.part"
    folder.mkdir()  # what cannot be written beside cannot be written
    done = programs.run("export", "signatures", "--output", str(tmp_path / "folder.csv"), env=env)
    assert done.returncode == 1
    assert not (tmp_path / "folder.csv").exists()
