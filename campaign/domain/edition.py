"""The edition: a cause as the database holds it now, with the ids that rows point to."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Literal

from campaign.domain.cause import Cause, Official, State, Treaty
from campaign.domain.courtesy import Takes
from campaign.domain.standing import Standing, standing
from campaign.errors import CampaignClosedError, CampaignPausedError

GRACE = dt.timedelta(hours=24)  # for confirming what was signed before a campaign closed


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
    """A whole campaign as it stands in the database; `revision` rises with every change of it.

    While it is paused it takes no signatures and sends no letters; once it is retired it has no pages.
    """

    campaign_id: int
    revision: int
    cause: Cause
    states: tuple[StateEdition, ...]
    paused_at: dt.datetime | None = None
    retired_at: dt.datetime | None = None
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

    @property
    def is_paused(self) -> bool:
        """Whether an organiser has stopped it for a while."""
        return self.paused_at is not None

    def is_open(self, today: dt.date) -> bool:
        """Whether the campaign takes signatures on a day (UTC): from its first to its last, and not while paused."""
        opens, closes = self.cause.opens_on, self.cause.closes_on
        return not self.is_paused and (opens is None or opens <= today) and (closes is None or today <= closes)

    def status(self, today: dt.date) -> Literal["open", "paused", "early", "closed", "retired"]:
        """Say in a word whether it takes signatures on a day (UTC), or why not."""
        if self.retired_at is not None:
            return "retired"
        if self.is_paused:
            return "paused"
        if self.is_open(today):
            return "open"
        return "early" if self.cause.opens_on and today < self.cause.opens_on else "closed"

    def check_open(self, today: dt.date) -> None:
        """Raise CampaignPausedError or CampaignClosedError where it takes no signatures on a day (UTC)."""
        if self.is_paused:
            raise CampaignPausedError(self.cause.slug)
        if not self.is_open(today):
            raise CampaignClosedError(self.cause.slug)

    @property
    def confirms_until(self) -> dt.datetime | None:
        """The instant (aware UTC) until which signatures can be confirmed: a day after the last; None for ever."""
        if self.cause.closes_on is None:
            return None
        return dt.datetime.combine(self.cause.closes_on + dt.timedelta(days=1), dt.time(), dt.UTC) + GRACE

    def is_confirming(self, now: dt.datetime) -> bool:
        """Whether signatures that were made can be confirmed at an instant; a pause does not keep them from it."""
        return self.retired_at is None and (self.confirms_until is None or now < self.confirms_until)
