"""Make favicon.ico from mark.svg, for browsers that look for it unasked: one picture of 32 by 32 points.

Run by hand when the mark changes: `.venv/bin/python tools/icon.py /usr/bin/chromium`. What it writes is committed.
"""

import struct
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parent.parent / "campaign" / "web" / "static"
SIZE = 32


def picture(browser: str) -> bytes:
    """Draw the mark in a browser and return it as PNG."""
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=browser).new_page(viewport={"width": SIZE, "height": SIZE})
        page.set_content((STATIC / "mark.svg").read_text())
        page.add_style_tag(content=f"body{{margin:0}}svg{{display:block;width:{SIZE}px}}")
        return page.screenshot(omit_background=True)


def icon(png: bytes) -> bytes:
    """Wrap one PNG as an icon file: the header, one entry of the directory, the picture."""
    return struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", SIZE, SIZE, 0, 0, 1, 32, len(png), 6 + 16) + png


if __name__ == "__main__":
    (STATIC / "favicon.ico").write_bytes(icon(picture(sys.argv[1])))
