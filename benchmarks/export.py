"""Exports: rows a second and the most memory, beside the ceiling: a bare cursor loop that writes the same columns.

    .venv/bin/python -m benchmarks.export [--signatures N] [--times N]

Memory is that of the whole process at its largest. `--times` copies each signature so often, by SQL, so that a large
table need not be made up row by row; copies cannot be opened, so people are then not exported.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [sys.executable, "-m", "campaign.cli"]
REASON = "figures for the benchmark"
# The same columns as `campaign export signatures`, but for the consents; what this takes, no export can undercut.
_BARE = """
import csv, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT s.id, t.code, s.status, s.created_at, s.confirmed_at, s.withdrawn_at, s.country, s.language, l.language,"
    " l.version, s.offices, s.shown, s.has_own_answers, s.source, s.marks FROM signature s"
    " JOIN state t ON t.id = s.state_id JOIN letter l ON l.id = s.letter_id"
)
with open(sys.argv[2], "w", newline="") as file:
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
"""
_COPY = """
import secrets, sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.create_function("new_id", 0, lambda: secrets.token_hex(16))
names = [row[1] for row in base.execute("PRAGMA table_info(signature)")]
values = ["new_id()" if name == "id" else "supporter_id" if name == "supporter_id" else name for name in names]
values = ["'invalidated'" if name == "status" else value for name, value in zip(names, values)]
before = base.execute("SELECT max(rowid) FROM signature").fetchone()[0]
for _ in range(int(sys.argv[2]) - 1):
    base.execute(f"INSERT INTO signature ({', '.join(names)}) SELECT {', '.join(values)} FROM signature"
                 f" WHERE rowid <= {before}")
base.commit()
"""


def _measured(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Run a command; seconds, and its largest memory in megabytes."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.monotonic() - start, usage.ru_maxrss / 1024


def _commands(base: Path, folder: Path, *, has_people: bool) -> dict[str, list[str]]:
    export = [*COMMAND, "export"]
    found = {
        "bare cursor loop": [sys.executable, "-c", _BARE, str(base), str(folder / "bare.csv")],
        "signatures, CSV": [*export, "signatures", "--output", str(folder / "a.csv")],
        "signatures, XLSX": [*export, "signatures", "--format", "xlsx", "--output", str(folder / "a.xlsx")],
        "counts, unique people": [*export, "counts", "--by", "state,office", "--unique", "--output", str(folder / "c")],
    }
    if has_people:
        found["people, CSV"] = [*export, "people", "--reason", REASON, "--output", str(folder / "p.csv")]
    return found


def show(signatures: int, times: int = 1) -> None:
    """Make up signatures in a database of their own, export them in every way, and print a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = os.environ | {"CAMPAIGN_HOME": str(folder)}
        subprocess.run([*COMMAND, "demo", "--signatures", str(signatures)], env=env, check=True, capture_output=True)
        base = folder / "campaign.sqlite3"
        if times > 1:
            subprocess.run([sys.executable, "-c", _COPY, str(base), str(times)], check=True)
        rows = signatures * times
        print(f"{rows:,} signatures exported, SQLite; starting the program is part of it")
        ceiling = 0.0
        for one, command in _commands(base, folder, has_people=times == 1).items():
            seconds, memory = _measured(command, env)
            ceiling = ceiling or rows / seconds
            print(f"  {one:24} {rows / seconds:10.0f} rows/s  {rows / seconds / ceiling:5.2f} of it  {memory:6.0f} MB")


def main() -> None:
    """Run it alone."""
    parser = argparse.ArgumentParser(prog="benchmarks.export", description=__doc__)
    parser.add_argument("--signatures", type=int, default=2000, help="how many are made up")
    parser.add_argument("--times", type=int, default=1, help="how often each of them is there")
    options = parser.parse_args()
    show(options.signatures, options.times)


if __name__ == "__main__":
    main()
