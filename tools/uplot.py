"""Bring uPlot, which draws the organisers' charts, into the tree: fetch it by npm, copy it and its licence.

Run by hand when it has a new version: `.venv/bin/python tools/uplot.py`. Needs npm. What it writes to
campaign/web/static is committed; the program never needs this script.
"""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).parent.parent / "campaign" / "web" / "static"
FILES = {"dist/uPlot.iife.min.js": "uplot.js", "dist/uPlot.min.css": "uplot.css", "LICENSE": "uplot-MIT.txt"}


def main() -> None:
    """Fetch the package and copy its files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = subprocess.run(
            ["npm", "pack", "--silent", "uplot"], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(folder / said.stdout.split()[-1]) as archive:
            archive.extractall(folder, filter="data")
        for source, target in FILES.items():
            shutil.copyfile(folder / "package" / source, STATIC / target)
        print(f"uPlot as {said.stdout.split()[-1]}")


if __name__ == "__main__":
    main()
