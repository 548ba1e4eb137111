"""Letters: an immutable version and a signer's words make the exact text that is signed and sent."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from campaign.domain import dates, template
from campaign.domain.cause import Event
from campaign.domain.edition import LetterEdition
from campaign.domain.standing import Status

BlockKind = Literal["addressees", "salutation", "text", "list", "own", "signature"]
_OWN_BLOCKS: dict[str, BlockKind] = {
    "{{ addressees }}": "addressees",
    "{{ salutation }}": "salutation",
    "{{ paragraph }}": "own",
    "{{ signature }}": "signature",
}
SIGNER_FIELDS = frozenset(("addressees", "salutation", "paragraph", "signature"))
# Who reads: one office's kind, or several kinds where offices share a mailbox.
READERS = ("head", "government", "foreign", "defence", "parliament", "mission", "several")
_READER_OF = {
    "president": "head",
    "prime-minister": "government",
    "foreign-minister": "foreign",
    "defence-minister": "defence",
    "speaker": "parliament",
    "foreign-affairs-committee": "parliament",
    "geneva-mission": "mission",
}
# Fields that are only looked at, never shown, and the words that each can be.
CHOICES: dict[str, tuple[str, ...]] = {
    "standing": get_args(Status),
    "cluster_standing": get_args(Status),
    "reader": READERS,
}
_EMPTY_LINES = re.compile(r"\n[ \t]*\n[\s]*")
Shown = Literal["name", "short", "country"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """What a letter can hold of the person who signs it, cleaned. `country` is an ISO code."""

    name: str
    country: str
    shown: Shown = "name"
    short_name: str = ""
    city: str = ""
    postal_address: str = ""
    paragraph: str = ""
    subject: int = 0  # which of the letter's subjects
    points: tuple[str, ...] = ()  # ids of talking points, in the signer's order


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a rendered letter; `items` are a list's lines without their dashes."""

    kind: BlockKind
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter as it leaves: subject, its blocks for the eye, and the text that is signed and mailed."""

    language: str
    subject: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The whole body: blocks parted by an empty line, LF line ends."""
        return "\n\n".join(block.text for block in self.blocks) + "\n"

    @property
    def campaign_texts(self) -> tuple[str, ...]:
        """What the letter says in the campaign's words, with the talking points; no address, opening or signature."""
        return tuple(block.text for block in self.blocks if block.kind in ("text", "list"))

    @property
    def digest(self) -> str:
        """The SHA-256 (64 hex digits) of subject and body: what a signature and a delivery are held to."""
        return hashlib.sha256(f"{self.subject}\n\n{self.text}".encode()).hexdigest()


def event_fields(events: Iterable[Event]) -> dict[str, object]:
    """Make the fields that a state's events give to templates."""
    fields: dict[str, object] = {}
    for event in events:
        fields[f"{event.id}_on"] = event.on
        if event.vote is not None:
            fields[f"{event.id}_in_favour"] = event.vote.in_favour
            fields[f"{event.id}_against"] = event.vote.against
            fields[f"{event.id}_abstained"] = event.vote.abstained
            if event.vote.absent is not None:
                fields[f"{event.id}_absent"] = event.vote.absent
    return fields


def version(language: str, subject: str, body: str, fields: dict[str, object]) -> str:
    """Name a letter version by what it says: the SHA-256 over its texts and every value in them."""
    said = json.dumps([language, subject, body, fields], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def blocks_of(body: str) -> tuple[str, ...]:
    """Part a letter's template at its empty lines."""
    return tuple(_EMPTY_LINES.split(body.strip()))


def shown_name(signer: Signer, letter: LetterEdition) -> str:
    """The name as the signer chose to show it, in the letter's language."""
    if signer.shown == "country":
        country = dates.country_name(signer.country, letter.language)
        return template.render(str(letter.fields["anonymous"]), letter.language, {"country": country})
    return signer.short_name if signer.shown == "short" else signer.name


def _signature(signer: Signer, letter: LetterEdition) -> str:
    lines = [shown_name(signer, letter)]
    if signer.shown != "country":
        lines += [signer.postal_address] if signer.postal_address else []
        country = dates.country_name(signer.country, letter.language)
        lines.append(f"{signer.city}, {country}" if signer.city else country)
    return "\n".join(lines)


def _addressees(letter: LetterEdition, offices: tuple[str, ...]) -> str:
    return "\n".join(letter.addressee(office) for office in offices)


def reader_of(offices: tuple[str, ...]) -> str:
    """Say who reads a letter to these offices, in the words of READERS."""
    kinds = {_READER_OF.get(office, "several") for office in offices}
    return kinds.pop() if len(kinds) == 1 else "several"


def _salutation(letter: LetterEdition, offices: tuple[str, ...]) -> str:
    return "\n".join(dict.fromkeys(letter.salutation(office) for office in offices))


def render(letter: LetterEdition, signer: Signer, offices: tuple[str, ...]) -> RenderedLetter:
    """Render a letter to the offices that share one mailbox, in the order given.

    Raises LetterError when the version lacks a value that its text uses.
    """
    values = {
        **letter.fields,
        "addressees": _addressees(letter, offices),
        "salutation": _salutation(letter, offices),
        "reader": reader_of(offices),
        "paragraph": signer.paragraph,
        "signature": _signature(signer, letter),
    }
    subjects = letter.subjects
    subject = subjects[signer.subject] if signer.subject < len(subjects) else letter.subject
    return _rendered(letter, subject, _with_points(letter, signer), values)


def render_chase(
    letter: LetterEdition, signer: Signer, offices: tuple[str, ...], sent_on: dt.date
) -> RenderedLetter | None:
    """Render the second letter to offices that did not answer the one sent on a day; None where there is none."""
    if letter.chase is None:
        return None
    subject, body = letter.chase
    values = {
        "addressees": _addressees(letter, offices),
        "salutation": _salutation(letter, offices),
        "signature": _signature(signer, letter),
        "sent_on": sent_on,
    }
    return _rendered(letter, subject, blocks_of(body), values)


def _with_points(letter: LetterEdition, signer: Signer) -> tuple[str, ...]:
    """Part a letter's body, with the chosen talking points after what the signer wrote themselves."""
    known = {one.id: one.text for one in letter.points}
    chosen = [known[point] for point in signer.points if point in known]
    blocks = list(blocks_of(letter.body))
    own = next((at for at, source in enumerate(blocks) if _OWN_BLOCKS.get(source.strip()) == "own"), len(blocks) - 2)
    return (*blocks[: own + 1], *chosen, *blocks[own + 1 :])


def _rendered(
    letter: LetterEdition, subject: str, sources: tuple[str, ...], values: dict[str, object]
) -> RenderedLetter:
    said = template.render(subject, letter.language, values)
    blocks = (_block(source, letter.language, values) for source in sources)
    return RenderedLetter(letter.language, " ".join(said.split()), tuple(one for one in blocks if one.text))


def _block(source: str, language: str, values: dict[str, object]) -> Block:
    kind = _OWN_BLOCKS.get(source.strip())
    if kind is not None:
        return Block(kind, str(values[source.strip(" {}\n")]))
    lines = [line.strip() for line in template.render(source, language, values).splitlines() if line.strip()]
    if lines and all(line.startswith("- ") for line in lines):
        return Block("list", "\n".join(lines), tuple(line[2:] for line in lines))
    return Block("text", "\n".join(lines))
