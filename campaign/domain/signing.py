"""What a person typed to sign, cleaned and checked against the state they write to."""

from dataclasses import dataclass, field, replace

from campaign.domain import address as addresses
from campaign.domain import country as countries
from campaign.domain import name as names
from campaign.domain import text as texts
from campaign.domain.edition import StateEdition
from campaign.domain.letter import Shown, Signer
from campaign.errors import InputRefusedError, Problem

MAX_PARAGRAPH = 2000  # characters as people count them; of code points, four times as many
MAX_CITY = 100
MAX_POSTAL = 300
MAX_POINTS = 3  # talking points in one letter: offices read short ones
MIXED = "mixed_script"
MAX_LINKS = 0  # spam filters at offices drop letters with links, and links are how such forms are misused


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSigning:
    """The form as it came, every value as typed. `language` is the page's, `network` the client's address."""

    name: str = ""
    email: str = ""
    email_seen: str = ""  # the address that a suggestion was already shown for
    country: str = ""
    city: str = ""
    postal_address: str = ""
    paragraph: str = ""
    offices: tuple[str, ...] = ()
    letter_language: str = ""
    subject_choice: str = "0"
    points: tuple[str, ...] = ()  # ids, in the order chosen
    shown: str = "name"
    short_name: str = ""
    answers: str = "mine"
    consents: dict[str, str] = field(default_factory=dict)
    text_version: str = ""
    language: str = "en"
    source: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A form that can be signed. `consents` are ids of consent texts; `offices` in the state's order."""

    signer: Signer
    email: str
    offices: tuple[str, ...]
    letter_language: str
    has_own_answers: bool  # whether the letter's Reply-To is the signer's own address
    consents: tuple[int, ...]
    text_version: str
    language: str
    source: str
    network: str
    marks: tuple[str, ...]


class _Check:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, field_name: str, code: str | None, **values: str) -> None:
        if code is not None:
            self.problems.append(Problem(field_name, code, values))


def clean(raw: RawSigning, state: StateEdition) -> Signing:
    """Clean and check a form as a whole.

    Raises InputRefusedError with every problem, in the order of the form's fields.
    """
    check = _Check()
    name = names.clean(raw.name)
    check.add("name", names.fault(name))
    email = _email(raw, check)
    place = _place(raw, check)
    offices = _offices(raw, state, check)
    if raw.letter_language not in state.letter_languages():
        check.add("letter_language", "E-LANGUAGE")
    subject, points = _choices(raw, state, check)
    shown, short_name = _shown(raw, check)
    consents = _consents(raw, state, check)
    if check.problems:
        raise InputRefusedError(tuple(check.problems))
    signer = Signer(name=name, shown=shown, short_name=short_name, subject=subject, points=points, **place)
    return Signing(
        signer=signer,
        email=email,
        offices=offices,
        letter_language=raw.letter_language,
        has_own_answers=raw.answers == "mine",
        consents=consents,
        text_version=raw.text_version,
        language=raw.language,
        source=raw.source,
        network=raw.network,
        marks=marks_of(signer),
    )


def clean_own(raw: RawSigning, state: StateEdition) -> tuple[tuple[str, ...], str]:
    """Check whom a letter that somebody sent themselves went to, and its language; nothing else need be right.

    Offices come back in the state's order. Raises InputRefusedError.
    """
    check = _Check()
    offices = _offices(raw, state, check)
    if raw.letter_language not in state.letter_languages():
        check.add("letter_language", "E-LANGUAGE")
    if check.problems:
        raise InputRefusedError(tuple(check.problems))
    return offices, raw.letter_language


def clean_shown(raw: RawSigning, was: Signer) -> Signer:
    """Put what a letter shows of its signer right: their name, what of it is shown, and their town; all else stays.

    Raises InputRefusedError with every problem, in the order of the form's fields.
    """
    check = _Check()
    name = names.clean(raw.name)
    check.add("name", names.fault(name))
    city = _one_line(raw.city, "city", MAX_CITY, check)
    shown, short_name = _shown(raw, check)
    if check.problems:
        raise InputRefusedError(tuple(check.problems))
    return replace(was, name=name, city=city, shown=shown, short_name=short_name)


def marks_of(signer: Signer) -> tuple[str, ...]:
    """What an organiser is told of a signer's name."""
    return (MIXED,) if names.has_mixed_scripts(signer.name) else ()


def _place(raw: RawSigning, check: _Check) -> dict[str, str]:
    """Where the person lives, and what they say of themselves."""
    country = raw.country
    if country not in countries.CODES:
        check.add("country", "E-COUNTRY" if country else "E-COUNTRY-EMPTY")
    return {
        "country": country,
        "city": _one_line(raw.city, "city", MAX_CITY, check),
        "postal_address": _text(raw.postal_address, "postal_address", MAX_POSTAL, check),
        "paragraph": _text(raw.paragraph, "paragraph", MAX_PARAGRAPH, check),
    }


def _email(raw: RawSigning, check: _Check) -> str:
    typed = raw.email.strip()
    code = addresses.fault(typed)
    check.add("email", code)
    if code is not None:
        return ""
    email = addresses.clean(typed)
    suggested = addresses.suggestion(email)
    if suggested and raw.email_seen.strip() != typed:
        domains = {"suggestion": suggested.rpartition("@")[2], "typed": email.rpartition("@")[2]}
        check.add("email", "E-EMAIL-SUGGEST", **domains)
    return email


def _text(raw: str, field_name: str, most: int, check: _Check) -> str:
    cleaned = texts.clean(raw)
    if texts.has_forbidden(cleaned, is_multiline=True):
        check.add(field_name, "E-TEXT-CHARS")
    elif texts.is_longer(cleaned, most):
        check.add(field_name, "E-TEXT-LONG", most=str(most), typed=str(texts.characters(cleaned)))
    elif texts.count_links(cleaned) > MAX_LINKS:
        check.add(field_name, "E-TEXT-LINK")
    return cleaned


def _one_line(raw: str, field_name: str, most: int, check: _Check) -> str:
    cleaned = " ".join(texts.clean(raw).split())
    return _text(cleaned, field_name, most, check)


def _offices(raw: RawSigning, state: StateEdition, check: _Check) -> tuple[str, ...]:
    """The offices chosen; one that asked for silence since the page was opened is left out where others remain."""
    known = tuple(one.office for one in state.officials)
    chosen = tuple(one.office for one in state.officials if one.office in raw.offices and not one.is_silent)
    if any(office not in known for office in raw.offices) or (raw.offices and not chosen):
        check.add("offices", "E-TARGET")
    elif not raw.offices:
        check.add("offices", "E-OFFICES-EMPTY")
    return chosen


def _choices(raw: RawSigning, state: StateEdition, check: _Check) -> tuple[int, tuple[str, ...]]:
    """Which subject, and which talking points in which order; a letter in any language has the same ones."""
    subjects = max((len(one.subjects) for one in state.letters), default=1)
    is_known = raw.subject_choice.isascii() and raw.subject_choice.isdigit() and len(raw.subject_choice) == 1
    if not is_known or int(raw.subject_choice) >= subjects:
        check.add("subject_choice", "E-SUBJECT")
    points = tuple(dict.fromkeys(raw.points))
    if any(point not in state.point_ids for point in points):
        check.add("points", "E-POINT")
    elif len(points) > MAX_POINTS:
        check.add("points", "E-POINTS-MANY", most=str(MAX_POINTS))
    return (int(raw.subject_choice) if is_known else 0), points


def _shown(raw: RawSigning, check: _Check) -> tuple[Shown, str]:
    if raw.shown == "short":
        short_name = names.clean(raw.short_name)
        check.add("short_name", names.fault(short_name))
        return "short", short_name
    if raw.shown not in ("name", "country"):
        check.add("shown", "E-SHOWN")
    return ("country" if raw.shown == "country" else "name"), ""


def _consents(raw: RawSigning, state: StateEdition, check: _Check) -> tuple[int, ...]:
    given = []
    for consent in state.consents_in(raw.language):
        version = raw.consents.get(consent.purpose, "")
        if version == consent.version:
            given.append(consent.id)
        elif version:
            check.add(f"consent-{consent.purpose}", "E-CONSENT-OLD")
        elif consent.is_required:
            check.add(f"consent-{consent.purpose}", "E-CONSENT")
    return tuple(given)
