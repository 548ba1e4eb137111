"""The second letter, in every language: held to the rules of letters, with the first one's day as its only field."""

import datetime as dt

from campaign.domain.cause import Chase
from campaign.outside.bundle import letters
from campaign.outside.bundle import passage as passages
from campaign.outside.bundle.desk import Desk
from campaign.outside.bundle.letters import Manuscript
from campaign.outside.bundle.passage import Kind
from campaign.outside.bundle.shape import Shape

FIELD = "sent_on"
_CHASE = Shape(Chase, given=("language", "body"))
_KINDS: dict[str, Kind] = {FIELD: "date"}
_ANY_DAY = {FIELD: dt.date(2026, 9, 30)}  # to see how the texts come out


def read(desk: Desk) -> tuple[Chase, ...]:
    """Read the folder chase/, in which every language is due once there is any; mistakes are kept at the desk."""
    if not desk.folder.names("chase"):
        return ()
    read = {language: _manuscript(desk, file, language) for language, file in desk.files("chase", ".md").items()}
    found = {language: one for language, one in read.items() if one is not None}
    right = {
        language: (one.whole, one.fields())
        for language, one in found.items()
        if not desk.found(letters.check(one, _KINDS, _ANY_DAY))
    }
    desk.found(passages.same_fields(right))
    return tuple(one.placed.thing for one in found.values())


def _manuscript(desk: Desk, file: str, language: str) -> Manuscript[Chase] | None:
    document = desk.document(file)
    if document is None:
        return None
    placed = _CHASE.take(document.sheet, (), desk.mistakes, language=language, body=document.body)
    return Manuscript(placed, document.line) if placed else None
