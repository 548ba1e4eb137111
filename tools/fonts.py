"""Make the fonts of site and paper: fetch Literata and Source Sans 3, cut them to what eight languages write, pack.

Run by hand when a font has a new version: `.venv/bin/python tools/fonts.py`. Needs npm, fonttools and brotli
(`pip install "fonttools[woff]"`). What it writes to campaign/web/static and templates/pdf/fonts is committed; the
program never needs this script.
"""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "campaign" / "web" / "static"
PAPER = ROOT / "templates" / "pdf" / "fonts"

# Basic Latin, and of Latin-1 the letters and marks that names and sentences need: the first file of each family.
LATIN = (
    "U+20-7E,U+A0,U+A7,U+AB,U+B0,U+B7,U+BB,U+C0-FF,U+2009,U+200B-200F,U+2010-2015,U+2018-201E,U+2022,U+2026,"
    "U+202F,U+20AC,U+2212"
)
# The further letters of Lithuanian, Latvian, Polish, Estonian, Finnish and Sámi names: the second file.
EXTENDED = (
    "U+100-107,U+10A-113,U+116-11B,U+11E-11F,U+122-123,U+12A-12B,U+12E-131,U+136-137,U+139-13E,U+141-148,U+14A-14D,U+150-155,"
    "U+156-15B,U+15E-16B,U+16E-173,U+178-17E,U+218-21B"
)
# family -> npm package, base of its files, axis limits (a single value takes the axis out)
FAMILIES = {
    "literata": ("@fontsource-variable/literata", "literata-{}-wght-normal.woff2", {"wght": 460}),
    "source-sans-3": (
        "@fontsource-variable/source-sans-3",
        "source-sans-3-{}-wght-normal.woff2",
        {"wght": (400, 700)},
    ),
}
PARTS = {"latin": LATIN, "latin-ext": EXTENDED}
# The letter on paper is set from whole files in two weights, which only this package has; Cyrillic for people's names.
PAPER_PACKAGE = "@expo-google-fonts/literata"
PAPER_WEIGHTS = ("400Regular", "600SemiBold")
PAPER_LETTERS = f"{LATIN},{EXTENDED},U+400-45F,U+490-491"
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]


def fetch(package: str, folder: Path) -> Path:
    """Fetch a package by npm and return the folder of its contents."""
    said = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / said.stdout.split()[-1]) as archive:
        archive.extractall(folder / package, filter="data")
    return folder / package / "package"


def cut(source: Path, target: Path, limits: dict[str, object], letters: str) -> None:
    """Keep the weights and letters asked for, and pack what is left as woff2."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        flavor="woff2", layout_features=FEATURES, notdef_outline=True, name_IDs=[0, 1, 2, 5, 13, 14]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(letters))
    subsetter.subset(font)  # before the weights: instancing drops variations that the subsetter looks for
    instantiateVariableFont(font, limits, inplace=True)
    font.flavor = "woff2"
    font.save(target)


def cut_for_paper(source: Path, target: Path) -> None:
    """Keep the letters asked for, without instructions for screens, as a TrueType file."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        layout_features=FEATURES, notdef_outline=True, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(PAPER_LETTERS))
    subsetter.subset(font)
    font.save(target)


def main() -> None:
    """Write six fonts and three licences, and say how heavy they are."""
    with tempfile.TemporaryDirectory() as folder:
        for family, (package, pattern, limits) in FAMILIES.items():
            contents = fetch(package, Path(folder))
            for part, letters in PARTS.items():
                target = STATIC / f"{family}-{part}.woff2"
                cut(contents / "files" / pattern.format(part), target, limits, letters)
                print(target.name, target.stat().st_size)
            shutil.copyfile(contents / "LICENSE", STATIC / f"{family}-OFL.txt")
        contents = fetch(PAPER_PACKAGE, Path(folder))
        for weight in PAPER_WEIGHTS:
            target = PAPER / f"literata-{weight.lstrip('0123456789').lower()}.ttf"
            cut_for_paper(contents / weight / f"Literata_{weight}.ttf", target)
            print(target.name, target.stat().st_size)
        shutil.copyfile(contents / "LICENSE_FONT", PAPER / "OFL")


if __name__ == "__main__":
    main()
