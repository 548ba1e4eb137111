"""Dump: write a campaign as the database says it into a folder that loads the same again."""

from pathlib import Path

from campaign.outside.bundle import dump as files
from campaign.outside.bundle.dump import Difference
from campaign.parts import Parts
from campaign.services.whole import whole


def dump(parts: Parts, slug: str, folder: Path, *, is_check: bool = False) -> tuple[Difference, ...]:
    """Bring a folder up to the database, and tell which files differed; with `is_check`, only tell.

    Comments in the files stay where what they stand at does. Raises NotFoundError, and OSError from the folder.
    """
    with parts.reading() as session:
        cause = whole(session, slug)
    found = files.differences(cause, folder)
    if not is_check:
        files.write(found, folder)
    return found
