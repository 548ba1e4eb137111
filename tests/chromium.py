"""The browser: whatever Chromium the machine has installed, driven by playwright."""

import contextlib
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_ONE = "no Chromium in PATH: as root, apt-get install chromium (or your system's package of it)"
# Headless, in containers as well, and without a word to anybody outside.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def find_chromium() -> str:
    """Give the path of an installed Chromium; fail under CI=true where there is none, skip elsewhere."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    if found is None:
        pytest.skip(HOW_TO_GET_ONE)
    return found


@contextlib.contextmanager
def open_chromium() -> Iterator[Browser]:
    """Run the browser until the block ends."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()
