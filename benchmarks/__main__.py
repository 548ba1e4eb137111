"""Benchmarks: each figure beside the ceiling it is held against, in turn, on the same server, in one run.

    make bench            # or: .venv/bin/python -m benchmarks [--seconds N] [--rounds N]

Figures of a shared machine wander: read the ratios, not the numbers. Load goes to the loopback only and ends by
itself.
"""

import argparse
import contextlib
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks import export, lists, load, paper, served


def _round(name: str, base: str, seconds: float) -> float:
    requests = load.bare_posts(base) if name.startswith("bare") else load.signatures(base)
    return load.run(base, requests, seconds)


def main() -> None:
    """Run every benchmark and print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each round lasts")
    parser.add_argument("--rounds", type=int, default=3, help="how many rounds of each, in turn")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as world:
        folder = Path(name)
        print(f"{options.rounds} rounds of {options.seconds:.0f} s each, in turn; medians", flush=True)
        for kind, address in served.databases(folder, world):
            ours = world.enter_context(served.campaign(address, folder / kind))
            bare = world.enter_context(served.bare(address))
            bases = {"bare Flask, one insert": bare, "a signature": ours}
            results: dict[str, list[float]] = {one: [] for one in bases}
            for _ in range(options.rounds):
                for one, base in bases.items():
                    results[one].append(_round(one, base, options.seconds))
            pages = [load.run(ours, load.pages(ours), options.seconds) for _ in range(options.rounds)]
            ceiling = statistics.median(results["bare Flask, one insert"])
            print(f"\n{kind}")
            for one, found in {**results, "a state's page": pages}.items():
                middle = statistics.median(found)
                spread = f"{min(found):.0f} to {max(found):.0f}"
                print(f"  {one:24} {middle:8.0f}/s  ({spread})  {middle / ceiling:5.2f} of the ceiling")
            lists.show(address, folder / kind)
        print()
        paper.show()
        print()
        export.show(2000, times=50)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
