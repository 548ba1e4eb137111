"""The log: losing it costs lines, and nothing else."""

import sys

import pytest
import structlog
from databases import settings_for

from campaign.outside import journal


class Gone:
    """A reader that went away."""

    def write(self, _):
        raise BrokenPipeError

    def flush(self):
        raise BrokenPipeError

    def isatty(self):
        return False


@pytest.fixture(autouse=True)
def restored():
    yield
    structlog.reset_defaults()


def test_a_log_that_nobody_reads_any_more_stops_nothing(tmp_path, monkeypatch):
    journal.set_up_log(settings_for(f"sqlite:///{tmp_path}/x.sqlite3", tmp_path))
    before = journal.dropped_lines()
    monkeypatch.setattr(sys, "stderr", Gone())
    structlog.get_logger().info("said")
    structlog.get_logger().warning("said again")
    assert journal.dropped_lines() == before + 2
