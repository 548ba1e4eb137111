"""A cause as data: what a campaign folder says, once it has been read and found right."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Literal

# Language -> text. Keys are BCP 47 codes of the campaign's languages.
Words = dict[str, str]

Treaty = Literal["apmbc", "ccm"]  # Anti-Personnel Mine Ban Convention; Convention on Cluster Munitions
EventKind = Literal["joined", "announced", "government", "parliament", "president", "deposited", "in_force", "returned"]
AddressStatus = Literal["official", "reported", "none"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Gender = Literal["masculine", "feminine", ""]  # the forms of Salutation; empty where nobody says

OFFICES = (
    "president",
    "prime-minister",
    "foreign-minister",
    "defence-minister",
    "speaker",
    "foreign-affairs-committee",
    "geneva-mission",
)
PAGES = ("evidence", "faq", "interventions", "timeline", "privacy", "accessibility", "glossary", "method")

DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_STRICT = {"extra": "forbid"}  # read by pydantic where folders and columns are checked
_STRICT_BARE = {**_STRICT, "alias_generator": lambda name: name.rstrip("_"), "serialize_by_alias": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A parliament's tally. `absent` is None where no source gives it."""

    __pydantic_config__ = _STRICT
    in_favour: int
    against: int
    abstained: int
    absent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a state's membership of a treaty, with where it is told.

    `on` is an ISO date, or only a year (`2003`) or a month (`2024-07`) where no source gives the day.
    `id` is unique within the state and names the event's fields in letters: `vote` gives `vote_on`,
    `vote_in_favour`, `vote_against`, `vote_abstained`.
    """

    __pydantic_config__ = _STRICT
    id: str
    treaty: Treaty
    kind: EventKind
    on: str
    vote: Vote | None = None
    note: Words | None = None  # one more sentence, beside the one the catalogue makes from kind and data
    source: tuple[str, ...]
    checked: dt.date
    is_unchecked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When letters may be sent: on these days, from one time of the state's clock to another, such as 08:00 to 18:00.

    `24:00` is the end of a day. In files `from_` is written `from`, which Python has taken.
    """

    __pydantic_config__ = _STRICT_BARE
    days: tuple[Day, ...]
    from_: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Salutation:
    """The opening line with its punctuation: for nobody known in particular, for a man, for a woman."""

    __pydantic_config__ = _STRICT
    neutral: str
    masculine: str = ""
    feminine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeKind:
    """What an office is called, and addressed as, in every language of the campaign, whichever the state."""

    __pydantic_config__ = _STRICT
    office: str
    title: Words
    addressee: Words = field(default_factory=dict)
    salutation: dict[str, Salutation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """An office of a state; it outlives whoever holds it.

    `title` and `salutation` override the office kind's in the languages given: always the state's own.
    `email` is mailed only while `email_status` is official, or once an organiser has verified it.
    `holder_gender` is how whoever holds it now is addressed, where `holder_source`, a page, tells.
    """

    __pydantic_config__ = _STRICT
    office: str
    title: Words
    addressee: Words = field(default_factory=dict)  # the title as it stands atop a letter, where that is declined
    salutation: dict[str, Salutation]
    postal: tuple[str, ...] = ()
    postal_source: str = ""
    email: str = ""
    email_status: AddressStatus = "none"
    source: str = ""
    checked: dt.date
    wants: Words | None = None  # what this office asks of letters, and when it answers
    wants_source: str = ""
    wants_postal: bool = False  # whether it asks for the writer's postal address
    answer_days: int | None = None
    sending_window: Window | None = None  # stands over the campaign's
    holder_gender: Gender = ""
    holder_source: str = ""
    is_unchecked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter in one language: the subject and the body are Jinja2 templates with listed fields only.

    Paragraphs are parted by an empty line. `has_native_reader` is whether a native has read it.
    `subjects` are further ones to choose from: templates like `subject`, and as short.
    """

    __pydantic_config__ = _STRICT
    language: str
    subject: str
    subjects: tuple[str, ...] = ()
    body: str
    has_native_reader: bool = False
    checked: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A paragraph that a supporter may add to a letter. `states` are slugs; empty, it is for all.

    `title` stands beside its box; `text` is a template with the fields that all its states' letters have.
    Both may lack a language.
    """

    __pydantic_config__ = _STRICT
    id: str
    states: tuple[str, ...] = ()
    title: Words
    text: Words
    source: tuple[str, ...]
    checked: dt.date
    is_unchecked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chase:
    """The second letter, in one language, to an office of any state that has not answered the first.

    Subject and body are templates like a letter's; the day on which the first left is their only field, `sent_on`.
    """

    __pydantic_config__ = _STRICT
    language: str
    subject: str
    body: str
    has_native_reader: bool = False
    checked: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state that letters go to. `languages` are those an office may be written in, its own first."""

    __pydantic_config__ = _STRICT
    slug: str
    code: str
    timezone: str
    languages: tuple[str, ...]
    name: Words
    write_to: Words  # "Write to Lithuania", whole, since names are declined in most languages
    lede: Words  # two sentences under the heading; a template with the same fields as letters
    parliament: Words
    share: Words  # a text to copy after signing; the address follows it
    events: tuple[Event, ...]
    officials: tuple[Official, ...]
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure with its source. `id` names it in letters and pages."""

    __pydantic_config__ = _STRICT
    id: str
    value: int | dt.date
    what: Words
    source: tuple[str, ...]
    checked: dt.date
    is_unchecked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """Somebody who spoke up: the date as told (`2025-06-16`, `2025`), who, what in our words, and where."""

    __pydantic_config__ = _STRICT
    on: str
    who: Words
    what: Words
    source: tuple[str, ...]
    checked: dt.date
    is_unchecked: bool = False

    @property
    def id(self) -> str:
        """Its place on a page, the same in every language, for links that are passed on."""
        told = f"{self.on} {self.who['en']}"
        return f"voice-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A box a person may tick, for one purpose. `letter` is the required one.

    The text is a template with the fields `state` and `offices`.
    """

    __pydantic_config__ = _STRICT
    purpose: str
    is_required: bool
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A long text in one language: Markdown without HTML, with the facts' fields of letters."""

    __pydantic_config__ = _STRICT
    name: str
    language: str
    title: str
    body: str
    has_native_reader: bool = False
    checked: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A whole campaign as its folder says it."""

    __pydantic_config__ = _STRICT
    slug: str
    languages: tuple[str, ...]
    name: Words
    title: Words
    lede: Words
    organisation: str  # who answers for it, as shown in the footer and in mails
    contact: str  # an address or a page where they can be reached
    goals: tuple[int, ...]  # the marks the count is held against, rising
    counts: Literal["exact", "rounded"]
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    sending_window: Window | None = None  # when letters may leave, at each state; at any time where there is none
    anonymous: Words  # what stands for a name that is not shown; a template with the field `country`
    consents: tuple[Consent, ...]
    office_kinds: tuple[OfficeKind, ...]
    states: tuple[State, ...]
    facts: tuple[Fact, ...]
    interventions: tuple[Intervention, ...]
    pages: tuple[Page, ...]
    points: tuple[Point, ...] = ()  # in the order they are shown
    chases: tuple[Chase, ...] = ()
    embeds: tuple[str, ...] = ()  # origins whose pages may hold the form and the count, such as https://partner.example
    unread: tuple[str, ...] = ()  # `file: language` of every text that no native has read

    def has_page(self, name: str) -> bool:
        """Whether there is a page to read of a name, in any language."""
        return any(page.name == name for page in self.pages)
