"""Rules of letters: their blocks, their subject, and that they can be written out at every standing of a state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from campaign.domain import letter as letters
from campaign.domain.cause import Chase, Letter
from campaign.errors import Mistake
from campaign.outside.bundle import passage as passages
from campaign.outside.bundle import written
from campaign.outside.bundle.passage import Kind, Kinds, Passage
from campaign.outside.bundle.sheet import Placed

_OPENING = ("{{ addressees }}", "{{ salutation }}")
_OWN = "{{ paragraph }}"
_CLOSING = "{{ signature }}"
_OWN_BLOCKS = (*_OPENING, _OWN, _CLOSING)
MAX_SUBJECTS = 4  # beside the first
Written = TypeVar("Written", bound=Letter | Chase)


@dataclass(frozen=True, slots=True)
class Manuscript(Generic[Written]):
    """A letter, first or second, as it lies in its file; `line` is where its body begins."""

    placed: Placed[Written]
    line: int

    @property
    def subject(self) -> Passage:
        """The subject as a passage."""
        sheet = self.placed.sheet
        return Passage(self.placed.thing.subject, sheet.file, sheet.line(("subject",)), self.placed.thing.language)

    @property
    def subjects(self) -> tuple[Passage, ...]:
        """The further subjects, each a passage where it stands; a second letter has none."""
        thing, sheet = self.placed.thing, self.placed.sheet
        further = thing.subjects if isinstance(thing, Letter) else ()
        return tuple(
            Passage(text, sheet.file, sheet.line(("subjects", index)), thing.language)
            for index, text in enumerate(further)
        )

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
        """Every field that the first subject and the body use, but the signer's own."""
        used = {name for one in (self.subject, *self.blocks) for name in one.names()}
        return frozenset(used) - letters.SIGNER_FIELDS

    @property
    def whole(self) -> Passage:
        """The body as one passage, for what is said of all of it."""
        return Passage(self.placed.thing.body, self.placed.sheet.file, self.line, self.placed.thing.language)


def check(manuscript: Manuscript[Written], kinds: Kinds, values: Mapping[str, object] | None) -> Iterator[Mistake]:
    """Check one letter; with the values of its fields, also how it comes out."""
    found = [*_subject(manuscript.subject, kinds), *_further(manuscript, kinds), *_order(manuscript)]
    for block in manuscript.blocks:
        if block.source.strip() not in _OWN_BLOCKS:
            found += _text(block, kinds)
    yield from found
    if values is not None and not found:
        for subject in (manuscript.subject, *manuscript.subjects):
            yield from written.subject(subject, values)
        for block in manuscript.blocks:
            if block.source.strip() not in _OWN_BLOCKS:
                yield from written.paragraph(block, values)


def same_subjects(found: Mapping[str, Manuscript[Letter]]) -> Iterator[Mistake]:
    """Hold the further subjects of translations against the English ones: as many with the same fields, or none."""
    english = found["en"].subjects if "en" in found else ()
    for language, manuscript in found.items():
        further = manuscript.subjects
        if "en" in found and further and len(further) != len(english):
            what = f"`subjects` has {len(further)}, and the English letter {len(english)}; give as many, or none"
            yield manuscript.placed.mistake(what, "subjects")
        elif language != "en":
            for own, same in zip(further, english, strict=False):
                fields = {"en": (same, frozenset(same.names())), language: (own, frozenset(own.names()))}
                yield from passages.same_fields(fields)


def _subject(passage: Passage, kinds: Kinds, name: str = "`subject`") -> Iterator[Mistake]:
    subject = passage.source
    if not subject:
        yield passage.mistake(f"{name} is empty")
    if "\n" in subject:
        yield passage.mistake(f"{name} must be one line")
    if "=?" in subject:
        yield passage.mistake(f"{name} must not have =? in it: mail programs read it as a code")
    yield from passages.check(passage, kinds)


def _further(manuscript: Manuscript[Written], kinds: Kinds) -> Iterator[Mistake]:
    further = manuscript.subjects
    seen = [manuscript.subject.source]
    for index, passage in enumerate(further):
        yield from _subject(passage, kinds, f"item {index + 1} of `subjects`")
        if passage.source in seen:
            yield passage.mistake("this subject stands here already")
        seen.append(passage.source)
    if len(further) > MAX_SUBJECTS:
        yield further[MAX_SUBJECTS].mistake(f"there are more than {MAX_SUBJECTS} further subjects")


def _order(manuscript: Manuscript[Written]) -> Iterator[Mistake]:
    blocks = manuscript.blocks
    for index, wanted in enumerate(_OPENING):
        block = blocks[min(index, len(blocks) - 1)]
        if block.source.strip() != wanted or index >= len(blocks):
            yield block.mistake(f"paragraph {index + 1} of a letter must be exactly {wanted}")
            break
    if blocks[-1].source.strip() != _CLOSING:
        yield blocks[-1].mistake(f"the last paragraph of a letter must be exactly {_CLOSING}")
    sources = [block.source.strip() for block in blocks]
    is_first = isinstance(manuscript.placed.thing, Letter)
    if is_first and _OWN not in sources:
        yield manuscript.whole.mistake(f"a letter needs one paragraph that is exactly {_OWN}")
    if not is_first and _OWN in sources:
        yield blocks[sources.index(_OWN)].mistake(f"{_OWN} has no place in a second letter")
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
