"""Bind: every letter of a campaign folder, to every office and in every language, in one book for a person to read."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from campaign.domain import letter as letters
from campaign.domain import standing as standings
from campaign.domain.cause import Cause, Letter, State
from campaign.domain.edition import LetterEdition
from campaign.domain.letter import RenderedLetter, Signer
from campaign.outside.bundle.reader import read
from campaign.parts import Parts
from campaign.services.load import letter_fields

NAME = "Ona Nordmann"
# Nobody could sign with it; a letter must show even this letter by letter.
HOSTILE = 'Ona "{{ 7*7 }}" <b>O’Brien</b> & %(name)s {% if %} ﷽ Žukauskaitė'


@dataclass(frozen=True, slots=True)
class Leaf:
    """One letter on its page: the office by its title in the letter's language and in English."""

    office: str
    title: str
    title_in_english: str
    letter: RenderedLetter
    is_hostile: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A letter version of a state: `is_sent` where offices get it in this language, else it is only read.

    `unread` names the files in which no native has read its words. `valid_from` is None for what stands today.
    """

    key: str
    language: str
    version: str
    is_sent: bool
    valid_from: dt.date | None
    unread: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    choices: "Choices"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a supporter may choose of a letter, and what may follow it: each text as it would stand there.

    `points` are titles and paragraphs; `chase` is the second letter, to the state's first office.
    """

    subjects: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    chase: RenderedLetter | None


@dataclass(frozen=True, slots=True)
class Book:
    """A bound book: one HTML document, how many letters it holds, and how many versions have unread words."""

    html: str
    letters: int
    versions: int
    unread: int


def bind(parts: Parts, folder: Path, labels: Mapping[str, str]) -> Book:
    """Read a campaign folder and draw its letters; the database is not asked, and nothing is kept.

    `labels` are the words around the letters. Raises BundleError with every mistake in the folder.
    """
    cause = read(folder)
    today = parts.clock.now().date()
    states = [(state, tuple(_chapters(parts, cause, state, today))) for state in cause.states]
    chapters = [chapter for _, found in states for chapter in found]
    html = parts.templates.document("book/letters", "en", cause=cause, states=states, today=today, labels=labels)
    count = sum(len(chapter.leaves) for chapter in chapters)
    return Book(html, count, len(chapters), sum(1 for chapter in chapters if chapter.unread))


def _chapters(parts: Parts, cause: Cause, state: State, today: dt.date) -> Iterator[Chapter]:
    """The versions of a state's letter: those that are sent first, then those that are only read beside them."""
    sent = dict.fromkeys((*state.languages, "en"))
    found = {one.language: one for one in state.letters}
    for language in (*sent, *(one for one in cause.languages if one not in sent)):
        for number, phase in enumerate(standings.phases(state.events, today)):
            edition = _edition(cause, state, found[language], phase)
            english = _edition(cause, state, found["en"], phase)
            yield Chapter(
                key=f"{state.slug}-{language}" + (f"-{phase.isoformat()}" if number else ""),
                language=language,
                version=edition.version,
                is_sent=language in sent,
                valid_from=phase if number else None,
                unread=_unread(cause, state, language),
                leaves=tuple(_leaves(parts, state, edition, english)),
                choices=_choices(state, edition, today),
            )


def _choices(state: State, edition: LetterEdition, today: dt.date) -> Choices:
    """Render every further subject and talking point, and the second letter, as to the state's first office."""
    offices = tuple(one.office for one in state.officials[:1])
    signer = Signer(name=NAME, country="NO", city="Kirkenes")
    plain = letters.render(edition, signer, offices)
    subjects = tuple(
        letters.render(edition, replace(signer, subject=one), offices).subject
        for one in range(1, len(edition.subjects))
    )
    points = []
    for point in edition.points:
        told = letters.render(edition, replace(signer, points=(point.id,)), offices)
        points.append((point.title, "\n\n".join(one.text for one in told.blocks if one not in plain.blocks)))
    return Choices(subjects, tuple(points), letters.render_chase(edition, signer, offices, today))


def _edition(cause: Cause, state: State, letter: Letter, phase: dt.date) -> LetterEdition:
    """Make the version that loading the folder would make."""
    fields = letter_fields(cause, state, letter.language, phase)
    version = letters.version(letter.language, letter.subject, letter.body, fields)
    return LetterEdition(0, letter.language, version, letter.subject, letter.body, fields, phase)


def _unread(cause: Cause, state: State, language: str) -> tuple[str, ...]:
    """The files whose words stand in a letter and that no native has read."""
    said_in = (
        f"letters/{state.slug}/{language}.md",
        f"states/{state.slug}.yaml: {language}",
        f"offices.yaml: {language}",
        f"points/{language}.yaml: {language}",
        f"chase/{language}.md: {language}",
    )
    return tuple(one for one in said_in if one in cause.unread)


def _leaves(parts: Parts, state: State, edition: LetterEdition, english: LetterEdition) -> Iterator[Leaf]:
    """One letter an office from a sample supporter, then the first once more from one with a hostile name."""
    own_words = parts.words.text(edition.language, "sign.paragraph")
    sample = Signer(name=NAME, country="NO", city="Kirkenes", paragraph=f"[{own_words}]")
    hostile = Signer(name=HOSTILE, country="NO", city="Kirkenes", paragraph=HOSTILE)
    signed = [(one.office, sample) for one in state.officials]
    signed += [(one.office, hostile) for one in state.officials[:1]]
    for office, signer in signed:
        rendered = letters.render(edition, signer, (office,))
        yield Leaf(office, edition.title(office), english.title(office), rendered, is_hostile=signer is hostile)
