"""Proof: what new words would look like and do, before anybody but their author sees them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from campaign.domain import letter as letters
from campaign.domain import standing as standings
from campaign.domain import template
from campaign.domain.cause import Cause, Page, State
from campaign.domain.edition import LetterEdition
from campaign.domain.letter import RenderedLetter, Signer
from campaign.domain.piece import Name
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.queries import tally
from campaign.services.edit import Draft
from campaign.services.load import letter_fields

# Names as people have them and as they do not: what a letter holds of its signer is a value, and never read as more.
SAMPLES: tuple[tuple[str, Signer], ...] = (
    ("ordinary", Signer(name="Kari Nordmann", country="NO", city="Kirkenes", paragraph="I grew up near a minefield.")),
    ("hostile", Signer(name="Robert'); DROP TABLE signature;--", country="NO", paragraph="<b>bold</b> & 'quoted'")),
    ("template", Signer(name="{{ name }} {% if x %}", country="NO", paragraph="{{ 7 * 7 }}")),
    ("rtl", Signer(name="יעל כהן", country="NO", city="חיפה", paragraph="שלום")),
    ("long", Signer(name="Wolfeschlegelsteinhausenbergerdorff " * 3, country="NO", paragraph="w" * 400)),
)
_BY_LETTER = ("letter", "chase", "point")
_ANY_DAY = dt.timedelta(days=30)  # since a first letter left, in a second one shown
MAY_PUBLISH = (*_BY_LETTER, "consent")  # what offices get and people agree to: only with a password just typed


@dataclass(frozen=True, slots=True)
class Proofed:
    """A letter as an office would get it: of which state, in which language, to whom, with which sample name."""

    state: str
    language: str
    office: str
    sample: str
    letter: RenderedLetter


@dataclass(frozen=True, slots=True)
class Affected:
    """A state whose letters become other versions: in which languages, and who signed before."""

    state: str
    languages: tuple[str, ...]
    pending: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What would be seen, and what would follow."""

    letters: tuple[Proofed, ...]
    texts: tuple[tuple[Name, str], ...]
    pages: tuple[Page, ...]
    affected: tuple[Affected, ...]


def proof(parts: Parts, draft: Draft, names: tuple[Name, ...]) -> Proof:
    """Write out the pieces of a draft that have these names, and tell what would follow from all of it."""
    today = parts.clock.now().date()
    cause = draft.after
    return Proof(
        tuple(one for name in names for one in _letters(cause, name, today)),
        tuple((name, text) for name in names for text in _texts(cause, name, today)),
        tuple(
            one for name in names if name.kind == "page" for one in cause.pages if (one.name, one.language) == name[1:]
        ),
        affected(parts, draft),
    )


def affected(parts: Parts, draft: Draft) -> tuple[Affected, ...]:
    """Tell which letters would be other versions, and how many people signed, or began to, by the old ones."""
    today = parts.clock.now().date()
    before = {one.slug: one for one in draft.before.states}
    differing = {
        state.slug: tuple(
            language
            for language in draft.after.languages
            if state.slug in before
            and _version(draft.before, before[state.slug], language, today)
            != _version(draft.after, state, language, today)
        )
        for state in draft.after.states
    }
    if not any(differing.values()):
        return ()
    with parts.reading() as session:
        row = editions.row(session, draft.before.slug)
        pending = tally.signatures(session, row.id) if row is not None else {}
        confirmed = tally.confirmed(session, row.id) if row is not None else {}
    return tuple(
        Affected(state.slug, languages, pending.get((state.code, "pending"), 0), confirmed.get(state.code, 0))
        for state in draft.after.states
        if (languages := differing[state.slug])
    )


def _edition(cause: Cause, state: State, language: str, today: dt.date) -> LetterEdition | None:
    """The version of a letter that would be offered on a day."""
    found = next((one for one in state.letters if one.language == language), None)
    if found is None:
        return None
    phase = max(one for one in standings.phases(state.events, today) if one <= today)
    fields = letter_fields(cause, state, language, phase)
    version = letters.version(language, found.subject, found.body, fields)
    return LetterEdition(0, language, version, found.subject, found.body, fields, phase)


def _version(cause: Cause, state: State, language: str, today: dt.date) -> str:
    found = _edition(cause, state, language, today)
    return found.version if found is not None else ""


def _letters(cause: Cause, name: Name, today: dt.date) -> Iterator[Proofed]:
    """Each office of a state with the ordinary name, and the first with every other; of texts for all, one state."""
    if name.kind not in _BY_LETTER:
        return
    point = next((one for one in cause.points if one.id == name.which), None) if name.kind == "point" else None
    wanted = (name.which,) if name.kind == "letter" else (point.states if point else ())
    state = next((one for one in cause.states if not wanted or one.slug in wanted), None)
    found = _edition(cause, state, name.language, today) if state is not None else None
    if state is None or found is None:
        return
    offices = [one.office for one in state.officials]
    shown = [(office, SAMPLES[0]) for office in offices] + [
        (office, one) for office in offices[:1] for one in SAMPLES[1:]
    ]
    for office, (sample, signer) in shown:
        with_points = replace(signer, points=(point.id,)) if point else signer
        if name.kind == "chase":
            said = letters.render_chase(found, signer, (office,), today - _ANY_DAY)
        else:
            said = letters.render(found, with_points, (office,))
        if said is not None:
            yield Proofed(state.slug, name.language, office, sample, said)


def _texts(cause: Cause, name: Name, today: dt.date) -> Iterator[str]:
    """How a text with fields comes out: a consent and a state's opening for each of its states, a name for nobody."""
    if name.kind == "campaign" and name.which == "anonymous":
        yield template.render(cause.anonymous[name.language], name.language, {"country": "Norway"})
    for consent in (one for one in cause.consents if name.kind == "consent" and one.purpose == name.which):
        for state in cause.states:
            said = {"state": state.name[name.language], "offices": _offices(cause, state, name.language, today)}
            yield template.render(consent.text[name.language], name.language, said)
    slug, _, part = name.which.partition("/")
    for state in (one for one in cause.states if name.kind == "state" and part == "lede" and one.slug == slug):
        phase = max(one for one in standings.phases(state.events, today) if one <= today)
        fields = letter_fields(cause, state, name.language, phase)
        yield template.render(state.lede[name.language], name.language, fields)


def _offices(cause: Cause, state: State, language: str, today: dt.date) -> str:
    found = _edition(cause, state, language, today)
    return ", ".join(found.title(one.office) for one in state.officials) if found is not None else ""


def allowed(cause: Cause, name: Name) -> tuple[str, ...]:
    """List the fields that a piece's text may use, in the order of the alphabet; none where nothing is filled in."""
    facts = {one.id for one in cause.facts}
    own = {
        "page": facts,
        "chase": {"addressees", "salutation", "signature", "sent_on"},
        "consent": {"state", "offices"},
        "campaign": {"country"} if name.which == "anonymous" else set(),
    }
    if name.kind in own:
        return tuple(sorted(own[name.kind]))
    slug, _, part = name.which.partition("/")
    point = next((one for one in cause.points if name.kind == "point" and one.id == slug), None)
    slugs = (point.states or tuple(one.slug for one in cause.states)) if point is not None else (slug,)
    states = [one for one in cause.states if one.slug in slugs]
    if not states or (name.kind == "state" and part != "lede"):
        return ()
    shared = set.intersection(*(set(letters.event_fields(one.events)) for one in states))
    signers = letters.SIGNER_FIELDS | {"reader"} if name.kind == "letter" else set()
    return tuple(sorted(facts | shared | (letters.CHOICES.keys() - {"reader"}) | signers))
