"""The edition: a cause as the database holds it now, with the ids that rows point to."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from campaign.domain.cause import Cause, Official, State, Treaty
from campaign.domain.courtesy import Takes
from campaign.domain.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class OfficialEdition:
    """An office with what the database knows of it. `email` is where its letters go, empty when they wait."""

    id: int
    official: Official
    email: str
    takes: Takes = "letters"

    @property
    def office(self) -> str:
        """The office's slug."""
        return self.official.office

    @property
    def is_silent(self) -> bool:
        """Whether it has asked for no letters at all."""
        return self.takes == "silence"

    @property
    def is_mailable(self) -> bool:
        """Whether a letter to it can leave now."""
        return bool(self.email)


@dataclass(frozen=True, slots=True)
class Point:
    """A talking point: what stands beside its box, and its paragraph, a template."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class LetterEdition:
    """One immutable letter version: templates, and every value in them that is not the signer's.

    `version` is the SHA-256 (64 hex digits) of all of it. `valid_from` is the first day it is offered.
    """

    id: int
    language: str
    version: str
    subject: str
    body: str
    fields: dict[str, object]
    valid_from: dt.date

    @property
    def subjects(self) -> tuple[str, ...]:
        """The subjects that a supporter may choose from, as templates; the first is the letter's own."""
        further: list[str] = self.fields.get("subjects", [])  # type: ignore[assignment]  # as services/load wrote it
        return (self.subject, *further)

    @property
    def points(self) -> tuple[Point, ...]:
        """The talking points that a supporter may add, in the order they are offered."""
        found: list[dict[str, str]] = self.fields.get("points", [])  # type: ignore[assignment]  # as services/load wrote it
        return tuple(Point(**one) for one in found)

    @property
    def chase(self) -> tuple[str, str] | None:
        """Subject and body of the second letter, where an office has not answered; None where there is none."""
        found: dict[str, str] = self.fields.get("chase", {})  # type: ignore[assignment]  # as services/load wrote it
        return (found["subject"], found["body"]) if found else None

    def title(self, office: str) -> str:
        """Name an office as this letter does."""
        return _office(self.fields, office)["title"]

    def addressee(self, office: str) -> str:
        """Address an office atop this letter."""
        said = _office(self.fields, office)
        return said.get("addressee") or said["title"]

    def salutation(self, office: str) -> str:
        """Open the letter to an office as this letter does."""
        return _office(self.fields, office)["salutation"]


def _office(fields: dict[str, object], office: str) -> dict[str, str]:
    offices: dict[str, dict[str, str]] = fields["offices"]  # type: ignore[assignment]  # as services/load wrote it
    return offices[office]


@dataclass(frozen=True, slots=True)
class ConsentEdition:
    """One versioned consent text as shown: `version` is the SHA-256 of the text."""

    id: int
    purpose: str
    language: str
    text: str
    version: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class StateEdition:
    """A state with its offices and the letter versions that may be signed, now and at later standings."""

    id: int
    state: State
    officials: tuple[OfficialEdition, ...]
    letters: tuple[LetterEdition, ...]
    consents: tuple[ConsentEdition, ...]

    def letter(self, language: str, today: dt.date) -> LetterEdition | None:
        """The letter version in a language that stands on a day; None when the state has none in it."""
        found = [one for one in self.letters if one.language == language and one.valid_from <= today]
        return max(found, key=lambda one: one.valid_from, default=None)

    def text_version(self, today: dt.date) -> str:
        """Name the texts a person reads here on a day, in one short word: it changes when any letter does."""
        languages = sorted({one.language for one in self.letters})
        versions = [one.version for language in languages if (one := self.letter(language, today))]
        return hashlib.sha256("".join(versions).encode()).hexdigest()[:32]

    @property
    def point_ids(self) -> tuple[str, ...]:
        """The talking points that this state's letters have in every language an office may be written in, in order."""
        sent = [one for one in self.letters if one.language in self.letter_languages()]
        found = [tuple(point.id for point in one.points) for one in sent]
        return tuple(one for one in found[0] if all(one in ids for ids in found)) if found else ()

    def letter_languages(self) -> tuple[str, ...]:
        """The languages an office may be written in: the state's own first, then English."""
        return (*self.state.languages, *(one for one in ("en",) if one not in self.state.languages))

    def consents_in(self, language: str) -> tuple[ConsentEdition, ...]:
        """The consent texts shown in a language, the required one first."""
        return tuple(one for one in self.consents if one.language == language)

    def official(self, office: str) -> OfficialEdition | None:
        """The office with a slug, or None."""
        return next((one for one in self.officials if one.office == office), None)

    def standing(self, treaty: Treaty, today: dt.date) -> Standing:
        """Where the state stands towards a treaty on a day."""
        return standing(self.state.events, treaty, today)


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole campaign as it stands in the database; `revision` rises with every change of it."""

    campaign_id: int
    revision: int
    cause: Cause
    states: tuple[StateEdition, ...]
    slugs: dict[str, StateEdition] = field(init=False)

    def __post_init__(self) -> None:
        """Index the states by slug and by code."""
        found = {one.state.slug: one for one in self.states} | {one.state.code: one for one in self.states}
        object.__setattr__(self, "slugs", found)

    def state(self, slug: str) -> StateEdition | None:
        """The state with a slug (`lithuania`) or a code (`LT`), or None."""
        return self.slugs.get(slug)

    def state_with(self, state_id: int) -> StateEdition | None:
        """The state with a row's id, or None."""
        return next((one for one in self.states if one.id == state_id), None)

    def is_open(self, today: dt.date) -> bool:
        """Whether the campaign takes signatures on a day."""
        opens, closes = self.cause.opens_on, self.cause.closes_on
        return (opens is None or opens <= today) and (closes is None or today <= closes)
