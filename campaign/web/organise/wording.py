"""The form in which words are edited: one piece, in one language or in all at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.domain import inventory, piece
from campaign.domain.cause import Cause
from campaign.domain.piece import Name, Piece
from campaign.errors import Fault, NotFoundError, Problem
from campaign.services.rewrite import Rewriting

ALL = "all"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a form holds: the pieces as they stand, and for each what was typed, seen and ticked."""

    kind: str
    which: str
    language: str  # one of the campaign's, ALL, or empty where a piece has none
    pieces: tuple[Piece, ...]
    typed: Mapping[Name, Mapping[str, str]]
    seen: Mapping[Name, str]
    read: frozenset[Name]
    reason: str = ""

    @property
    def names(self) -> tuple[Name, ...]:
        """The pieces' names."""
        return tuple(one.name for one in self.pieces)

    @property
    def rewriting(self) -> Rewriting:
        """What is to be written."""
        return Rewriting(self.typed, self.read)

    def text(self, name: Name) -> str:
        """What was typed of a piece, as one text."""
        return piece.written(name.kind, piece.clean(self.typed[name]))

    def asked(self) -> dict[str, str]:
        """The piece as an address asks for it."""
        return {"kind": self.kind, "which": self.which, "language": self.language}


def field_id(field: str, language: str) -> str:
    """Name a field of the form: `subject-lv`."""
    return f"{field}-{language}" if language else field


def opened(cause: Cause, asked: Mapping[str, str], text: str = "") -> Wording:
    """Open a piece to edit it, or `text` in its place. Raises NotFoundError where the campaign has none."""
    kind, which, language = (asked.get(name, "") for name in ("kind", "which", "language"))
    found = tuple(
        one
        for name, one in inventory.words(cause).items()
        if name[:2] == (kind, which) and language in (name.language, ALL)
    )
    if not found:
        raise NotFoundError(f"{kind} {which} {language}")
    typed = {one.name: piece.read(kind, text) if text else dict(one.fields) for one in found}
    seen = {one.name: one.version for one in found}
    return Wording(kind, which, language, found, typed, seen, frozenset())


def sent(cause: Cause, fields: Mapping[str, str]) -> Wording:
    """Take a form that was sent. Raises NotFoundError where the campaign has no such piece."""
    bare = opened(cause, fields)
    typed = {
        one.name: {
            field: fields.get(field_id(field, one.name.language), one.fields[field])
            for field in piece.FIELDS[bare.kind]
        }
        for one in bare.pieces
    }
    seen = {name: fields.get(field_id("seen", name.language), "")[:64] for name in bare.names}
    read = frozenset(name for name in bare.names if field_id("read", name.language) in fields)
    reason = fields.get("reason", "")
    return Wording(bare.kind, bare.which, bare.language, bare.pieces, typed, seen, read, reason)


def problems(wording: Wording, faults: tuple[Fault, ...]) -> tuple[Problem, ...]:
    """Put each fault at the field of the form that it is in, or, where it is elsewhere, at the form's first field."""
    found = [_problem(wording, one) for one in faults]
    return tuple(one for at, one in enumerate(found) if one not in found[:at])


def _problem(wording: Wording, fault: Fault) -> Problem:
    language = next((name.language for name in wording.names if _is_in(name, fault)), None)
    if language is None:
        first = field_id(piece.FIELDS[wording.kind][0], wording.names[0].language)
        return Problem(first, "E-WORDS-ELSEWHERE", {"where": fault.file, "what": fault.what})
    parts = [one for one in fault.place if one in piece.FIELDS[wording.kind]]
    field = str(parts[-1]) if parts else piece.FIELDS[wording.kind][-1]
    code = "E-WORDS-LINE" if fault.line else "E-WORDS"
    return Problem(field_id(field, language), code, {"what": fault.what, "line": str(fault.line)})


def _is_in(name: Name, fault: Fault) -> bool:
    """Whether a fault is in a piece: in its file, and there where the piece stands."""
    if fault.file != piece.file_of(name):
        return False
    if name.kind in ("letter", "chase", "page"):
        return True
    if name.kind == "point":
        return name.which in fault.place
    if name.kind == "consent":
        return fault.place[:1] == ("consents",) and fault.place[-1:] == (name.language,)
    part = name.which.rpartition("/")[2]
    return fault.place == ((part, name.language) if name.language else (part,))
