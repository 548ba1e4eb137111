"""Rewrite: new words for one piece, or for one in several languages at once; and the mark that a native has read it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from campaign.domain import inventory
from campaign.domain import piece as pieces
from campaign.domain.cause import Cause
from campaign.domain.piece import Name, Piece
from campaign.errors import NotFoundError
from campaign.parts import Parts
from campaign.services import edit as edits
from campaign.services.edit import By, Draft, Edited, Make
from campaign.services.whole import whole


@dataclass(frozen=True, slots=True)
class Rewriting:
    """New fields of some pieces, by name; `read` are those of which a native has read all that is new."""

    fields: Mapping[Name, Mapping[str, str]]
    read: frozenset[Name] = frozenset()


def find(parts: Parts, slug: str, name: Name) -> Piece:
    """One piece of words as it stands. Raises NotFoundError when there is none of that name."""
    with parts.reading() as session:
        found = inventory.words(whole(session, slug)).get(name)
    if found is None:
        raise NotFoundError(f"there is no {name} in {slug}")
    return found


def make(parts: Parts, rewriting: Rewriting) -> Make:
    """Make the change that puts new words in; a piece that keeps its words keeps its marks, too."""
    today = parts.clock.now().date()

    def change(cause: Cause) -> Cause:
        stands = inventory.words(cause)
        for name, fields in rewriting.fields.items():
            piece = stands.get(name)
            if piece is None:
                raise NotFoundError(f"there is no {name} in {cause.slug}")
            wanted = pieces.clean({**piece.fields, **fields})
            if wanted != dict(piece.fields):
                cause = pieces.put(cause, name, wanted, today, is_read=name in rewriting.read)
        return cause

    return change


def try_out(parts: Parts, slug: str, rewriting: Rewriting) -> Draft:
    """Hold new words against the rules; nothing is stored. Raises WordsRefusedError and NotFoundError."""
    return edits.draft(parts, slug, make(parts, rewriting))


def rewrite(parts: Parts, slug: str, by: By, rewriting: Rewriting, seen: Mapping[Name, str] | None = None) -> Edited:
    """Put new words in, all of them or none. Raises what `edit` raises."""
    return edits.edit(parts, slug, by, make(parts, rewriting), seen=seen)


def mark_read(parts: Parts, slug: str, by: By, texts: tuple[tuple[str, str], ...]) -> Edited:
    """Mark files, each in a language, as read whole by a native reader.

    Raises NotFoundError where one was read already or is no text of the campaign; what `edit` raises.
    """

    def change(cause: Cause) -> Cause:
        for file, language in texts:
            entry = pieces.entry_of(file, language)
            if entry not in cause.unread:
                raise NotFoundError(f"{entry} is no text that waits for a native reader")
            cause = pieces.marked(cause, Name("native", file, language), is_read=True)
            cause = replace(cause, unread=tuple(one for one in cause.unread if one != entry))
        return cause

    return edits.edit(parts, slug, by, change, what="words.read")
