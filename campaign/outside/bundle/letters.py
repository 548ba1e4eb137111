"""Rules of letters: their blocks, their subject, and that they can be written out at every standing of a state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campaign.domain import letter as letters
from campaign.domain.cause import Letter
from campaign.errors import Mistake
from campaign.outside.bundle import passage as passages
from campaign.outside.bundle import written
from campaign.outside.bundle.passage import Kind, Kinds, Passage
from campaign.outside.bundle.sheet import Placed

_OPENING = ("{{ addressees }}", "{{ salutation }}")
_OWN = "{{ paragraph }}"
_CLOSING = "{{ signature }}"
_OWN_BLOCKS = (*_OPENING, _OWN, _CLOSING)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A letter as it lies in its file; `line` is where its body begins."""

    placed: Placed[Letter]
    line: int

    @property
    def subject(self) -> Passage:
        """The subject as a passage."""
        sheet = self.placed.sheet
        return Passage(self.placed.thing.subject, sheet.file, sheet.line(("subject",)), self.placed.thing.language)

    @property
    def blocks(self) -> tuple[Passage, ...]:
        """The paragraphs of the body, each where it stands."""
        thing, found, position = self.placed.thing, [], 0
        for block in letters.blocks_of(thing.body):
            position = thing.body.index(block, position)
            line = self.line + thing.body.count("\n", 0, position)
            found.append(Passage(block, self.placed.sheet.file, line, thing.language, is_exact=True))
            position += len(block)
        return tuple(found)

    def fields(self) -> frozenset[str]:
        """Every field that subject and body use, but the signer's own."""
        used = {name for one in (self.subject, *self.blocks) for name in one.names()}
        return frozenset(used) - letters.SIGNER_FIELDS

    @property
    def whole(self) -> Passage:
        """The body as one passage, for what is said of all of it."""
        return Passage(self.placed.thing.body, self.placed.sheet.file, self.line, self.placed.thing.language)


def check(manuscript: Manuscript, kinds: Kinds, values: Mapping[str, object] | None) -> Iterator[Mistake]:
    """Check one letter; with the values of its fields, also how it comes out."""
    found = [*_subject(manuscript.subject, kinds), *_order(manuscript)]
    for block in manuscript.blocks:
        if block.source.strip() not in _OWN_BLOCKS:
            found += _text(block, kinds)
    yield from found
    if values is not None and not found:
        yield from written.subject(manuscript.subject, values)
        for block in manuscript.blocks:
            if block.source.strip() not in _OWN_BLOCKS:
                yield from written.paragraph(block, values)


def _subject(passage: Passage, kinds: Kinds) -> Iterator[Mistake]:
    subject = passage.source
    if not subject:
        yield passage.mistake("`subject` is empty")
    if "\n" in subject:
        yield passage.mistake("`subject` must be one line")
    if "=?" in subject:
        yield passage.mistake("`subject` must not have =? in it: mail programs read it as a code")
    yield from passages.check(passage, kinds)


def _order(manuscript: Manuscript) -> Iterator[Mistake]:
    blocks = manuscript.blocks
    for index, wanted in enumerate(_OPENING):
        block = blocks[min(index, len(blocks) - 1)]
        if block.source.strip() != wanted or index >= len(blocks):
            yield block.mistake(f"paragraph {index + 1} of a letter must be exactly {wanted}")
            break
    if blocks[-1].source.strip() != _CLOSING:
        yield blocks[-1].mistake(f"the last paragraph of a letter must be exactly {_CLOSING}")
    sources = [block.source.strip() for block in blocks]
    if _OWN not in sources:
        yield manuscript.whole.mistake(f"a letter needs one paragraph that is exactly {_OWN}")
    for index, block in enumerate(blocks):
        if sources[index] in _OWN_BLOCKS and sources[index] in sources[:index]:
            yield block.mistake(f"{sources[index]} stands in this letter already")


def _text(block: Passage, kinds: Kinds) -> Iterator[Mistake]:
    """Check a paragraph; the signer's fields are known in it only to say that they do not belong there."""
    signers: dict[str, Kind] = dict.fromkeys(letters.SIGNER_FIELDS, "any")
    yield from passages.check(block, {**signers, **kinds} if kinds is not None else None)
    for name in block.names():
        if name in letters.SIGNER_FIELDS:
            yield block.mistake(f"{{{{ {name} }}}} must be a paragraph of its own, between empty lines")
