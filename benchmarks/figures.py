"""Figures: made-up people added beside a bare executemany, and the organisers' first page beside its own tally's rows.

    .venv/bin/python -m benchmarks.figures [--signatures N] [--views N]

It fills databases of its own with 10 and N signatures, and asks for the page as an organiser does.
"""

import argparse
import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from benchmarks import served
from campaign.models.delivery import DeliveryRow
from campaign.models.tally import TallyByRow
from campaign.outside.files import resource
from campaign.outside.keys import new_id
from campaign.parts import Parts, make_parts
from campaign.queries import bulk
from campaign.services.load import load
from campaign.services.look import ANSWERS, DRIFT, LETTERS, RECKONED, look_again
from campaign.services.migrate import migrate
from campaign.services.overview import overview
from campaign.services.plot import View
from campaign.services.pretend import pretend
from campaign.settings import read_settings

SLUG = "keep-the-ban"


def _parts(address: str, home: Path) -> Parts:
    asked = {
        "CAMPAIGN_HOME": str(home),
        "CAMPAIGN_DATABASE_URL": address,
        "CAMPAIGN_SECRET_KEY": "only for benchmarks, 0123456789abcdef",
    }
    parts = make_parts(read_settings(asked))
    migrate(parts)
    load(parts, Path(resource("config")) / "campaigns" / SLUG)
    return parts


def _bare(parts: Parts, rows: int) -> float:
    """The ceiling: letters copied by a bare executemany, rows a second; nothing is kept."""
    with parts.writing() as session:
        one = session.scalars(select(DeliveryRow).limit(1)).one()
        columns = {column.name: getattr(one, column.name) for column in DeliveryRow.__table__.columns}
        copies = [columns | {"id": new_id(), "round": number + 10} for number in range(rows)]
        began = time.perf_counter()
        bulk.add_all(session, DeliveryRow, copies)
        took = time.perf_counter() - began
        session.rollback()
    return rows / took


def _timed(do: Callable[[], object], times: int) -> str:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        found.append(1000 * (time.perf_counter() - began))
    last = sorted(found)[min(len(found) - 1, int(len(found) * 0.95))]
    return f"p50 {statistics.median(found):8.1f} ms   p95 {last:8.1f} ms"


def _show(name: str, parts: Parts, signatures: int, views: int) -> None:
    edition = parts.editions.current(SLUG)
    began = time.perf_counter()
    pretend(parts, edition, signatures, lambda _: None)
    took = time.perf_counter() - began
    print(f"\n{name}, {signatures:,} signatures: {signatures / took:,.0f} a second with all that belongs to them")
    print(f"  a bare executemany of letters: {_bare(parts, 5_000):,.0f} rows a second")

    def ceiling() -> object:
        with parts.reading() as session:
            return session.execute(select(TallyByRow.state_id, TallyByRow.count).where(TallyByRow.by == "")).all()

    print(f"  the tally's rows of days, bare      {_timed(ceiling, views)}")
    print(f"  the first page, nothing looked at   {_timed(lambda: overview(parts, edition, View()), views)}")
    for kind in (LETTERS, ANSWERS, RECKONED, DRIFT):
        look_again(parts, kind)
    print(f"  the first page, with the worker     {_timed(lambda: overview(parts, edition, View()), views)}")
    print(
        f"  the first page, of one language     {_timed(lambda: overview(parts, edition, View(language='nb')), views)}"
    )
    parts.engine.dispose()


def main() -> None:
    """Measure on both databases."""
    parser = argparse.ArgumentParser(prog="benchmarks.figures", description=__doc__)
    parser.add_argument("--signatures", type=int, default=10_000, help="how many, beside ten")
    parser.add_argument("--views", type=int, default=20, help="how often each page is asked for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as world:
        folder = Path(name)
        for kind, address in served.databases(folder, world):
            parts = _parts(address, folder / kind)
            for signatures in (10, options.signatures):
                _show(kind, parts, signatures, options.views)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
