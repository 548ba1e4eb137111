"""Pictures of every page and mail, by width, scheme and language, in build/pictures with a contact sheet.

    make pictures         # or: ARGS="--only state --only 422 --language fi --width phone --scheme dark"

A made-up campaign is served on the loopback for as long as it takes; nothing is kept but the pictures.
"""

import argparse
import logging
import shutil
import sys
import tempfile
import time
from pathlib import Path

import structlog
from playwright.sync_api import sync_playwright

from tools.pictures import camera, sheet, world
from tools.pictures.pages import SHOTS

import chromium  # of the tests, which world.py has put into reach  # isort: skip

LANGUAGES = ("en", "nb", "lt", "lv", "pl", "et", "fi", "sv")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pictures", description=__doc__.partition("\n")[0])
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="pages whose names begin so")
    parser.add_argument("--language", action="append", default=[], choices=LANGUAGES, help="instead of each page's")
    parser.add_argument("--width", action="append", default=[], choices=tuple(camera.SIZES))
    parser.add_argument("--scheme", action="append", default=[], choices=camera.SCHEMES)
    parser.add_argument("--output", type=Path, default=Path("build/pictures"), help="%(default)s")
    return parser.parse_args()


def main() -> None:
    """Take the pictures and say where they are."""
    options, began = _options(), time.monotonic()
    path = next(filter(None, map(shutil.which, chromium.NAMES)), None)
    if path is None:
        sys.exit(chromium.HOW_TO_GET_ONE)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.WARNING)
    given = (options.only, options.language, options.width, options.scheme)
    wanted = camera.Wanted(*map(tuple, given))
    shots = [one for one in SHOTS if wanted.takes(one.name)]
    failed: list[str] = []
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, world.served(Path(home)) as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        pictures = [*camera.take(browser, made, shots, wanted, options.output, failed)]
        pictures += camera.take_mails(browser, made, wanted, options.output)
        browser.close()
    print(f"{sheet.write(options.output, pictures)}: {len(pictures)} pictures in {time.monotonic() - began:.0f} s")
    if failed:
        sys.exit("\n".join(["Not taken:", *failed]))


if __name__ == "__main__":
    main()
