"""Exports as tests have them: asked for as an organiser does, written by the worker, read back."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

from people import CAMPAIGN

from campaign.domain.export import EXPORT_KINDS, Asked
from campaign.parts import Parts
from campaign.services import order as orders
from campaign.services.enter import Login
from campaign.services.fill import fill
from campaign.services.order import File, Wish

REASON = "an access request of today"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def login(role: str = "owner", *, is_fresh: bool = True, who: str = "organiser-1") -> Login:
    """Somebody who is all the way in."""
    return Login(who, who, f"{who}@example.org", role, is_whole=True, has_factor=True, is_fresh=is_fresh, key="00" * 32)


def ask(parts: Parts, kind: str, form: str = "csv", *, by: Login | None = None, recipient: str = "", **asked) -> str:
    """Ask for an export; its id."""
    wish = Wish(kind=kind, format=form, asked=Asked(**asked), reason=REASON, recipient=recipient)
    return orders.order(parts, parts.editions.current(CAMPAIGN), by or login(), wish)


def written(parts: Parts, export_id: str, page: int = 2000) -> tuple[File, bytes]:
    """Let the worker write all there is, and take the file."""
    while fill(parts, page):
        pass
    return taken(parts, export_id)


def taken(parts: Parts, export_id: str, by: Login | None = None) -> tuple[File, bytes]:
    """Take a file."""
    file = orders.take(parts, by or login(), export_id, EXPORT_KINDS)
    return file, b"".join(file.pieces)


def sheets(workbook: bytes) -> list[list[list[str]]]:
    """The cells of a workbook, by sheet and row, as the texts that stand in them."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        names = [name for name in file.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
        roots = [ET.fromstring(file.read(name)) for name in sorted(names)]  # noqa: S314  our own file
    return [
        [["".join(cell.itertext()) for cell in row.iter(f"{_SHEET}c")] for row in root.iter(f"{_SHEET}row")]
        for root in roots
    ]
