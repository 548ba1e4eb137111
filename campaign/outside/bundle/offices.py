"""Rules of offices: known, each once, addressed in the state's own languages, and mailed only where a page says."""

from collections.abc import Container, Iterator, Mapping, Sequence

from campaign.domain import address
from campaign.domain.cause import OFFICES, OfficeKind, Official, State
from campaign.errors import Mistake
from campaign.outside.bundle import hours, sources, words
from campaign.outside.bundle.sheet import Place, Placed, Sheet
from campaign.outside.bundle.words import Languages


def kinds(found: Sequence[Placed[OfficeKind]], languages: Languages) -> Iterator[Mistake]:
    """Check offices.yaml: every office once, with title and salutation in all languages."""
    yield from _known_once(found)
    for placed in found:
        yield from words.check(placed, languages, apart=frozenset(("addressee",)))
        yield from words.known(placed, "addressee", placed.thing.addressee, languages)
        yield from words.salutations(placed, placed.thing.salutation, languages.all)
        yield from words.known(placed, "salutation", placed.thing.salutation, languages)


def check(
    state: Placed[State] | None,
    officials: Sequence[Placed[Official]],
    languages: Languages,
    declined: Mapping[str, frozenset[str]],
) -> Iterator[Mistake]:
    """Check the offices of one state; without the state's own languages, all but those.

    `declined` says of every office of offices.yaml in which languages it is declined atop a letter.
    """
    own = state.thing.languages if state else ()
    yield from _known_once(officials)
    for placed in officials:
        yield from _words(placed, own, languages)
        yield from _addressee(placed, declined.get(placed.thing.office, frozenset()))
        yield from _email(placed)
        yield from _holder(placed)
        yield from _sources(placed)
        yield from hours.check(placed)


def all_there(sheet: Sheet, described: Container[str]) -> Iterator[Mistake]:
    """Hold the offices of a state's file, right or wrong, against all there are and those in offices.yaml."""
    listed: dict[str, Place] = {}
    for place in sheet.places("officials"):
        named = sheet.at((*place, "office"))
        if isinstance(named, str):
            listed[named] = place
    missing = sheet.texts("missing_offices")
    for index, office in enumerate(missing):
        if office not in OFFICES:
            yield sheet.mistake(
                f"`{office}` is not an office; offices are {', '.join(OFFICES)}", "missing_offices", index
            )
        elif office in listed:
            yield sheet.mistake(f"`{office}` is declared missing, and is here all the same", "missing_offices", index)
    for office in OFFICES:
        if office not in listed and office not in missing and isinstance(sheet.at(("officials",)), list):
            yield sheet.mistake(
                f"the office `{office}` is not here; add it, or name it under `missing_offices`", "officials"
            )
    for named, place in listed.items():
        if named in OFFICES and named not in described:
            yield sheet.mistake(f"offices.yaml does not describe `{named}`", *place, "office")


def _known_once(found: Sequence[Placed[OfficeKind]] | Sequence[Placed[Official]]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for placed in found:
        office = placed.thing.office
        if office not in OFFICES:
            yield placed.mistake(f"`{office}` is not an office; offices are {', '.join(OFFICES)}", "office")
        elif office in seen:
            yield placed.mistake(f"the office `{office}` is here twice", "office")
        seen.add(office)


def _words(placed: Placed[Official], own: tuple[str, ...], languages: Languages) -> Iterator[Mistake]:
    """Title and salutation are due in the state's languages, and may override the office's in others."""
    thing = placed.thing
    yield from words.check(placed, languages, apart=frozenset(("title", "addressee")))
    yield from words.known(placed, "addressee", thing.addressee, languages)
    yield from words.known(placed, "title", thing.title, languages)
    yield from words.known(placed, "salutation", thing.salutation, languages)
    yield from words.salutations(placed, thing.salutation, own)
    lacking = ", ".join(one for one in own if one not in thing.title)
    if lacking:
        yield placed.mistake(f"`title` lacks {lacking}, which the state is written to in", "title")
    for index, line in enumerate(thing.postal):
        if not line or "\n" in line:
            yield placed.mistake("each item of `postal` must be one line", "postal", index)


def _addressee(placed: Placed[Official], declined: frozenset[str]) -> Iterator[Mistake]:
    """A title of the state's own must be declined where that of the office is, or the letter begins wrongly."""
    thing = placed.thing
    lacking = ", ".join(sorted(one for one in declined if one in thing.title and one not in thing.addressee))
    if lacking:
        yield placed.mistake(f"`addressee` lacks {lacking}: `title` is declined atop a letter in it", "title")


def _email(placed: Placed[Official]) -> Iterator[Mistake]:
    thing = placed.thing
    if thing.email and thing.email_status == "none":
        where = "email_status" if (*placed.place, "email_status") in placed.sheet.lines else "email"
        yield placed.mistake("there is an e-mail address, so `email_status` must be official or reported", where)
    if not thing.email and thing.email_status != "none":
        yield placed.mistake(f"`email_status` is {thing.email_status}, but there is no `email`", "email_status")
    if thing.email and address.fault(thing.email):
        yield placed.mistake(f"“{thing.email}” is not an e-mail address that can be mailed", "email")
    if thing.email and not thing.source:
        yield placed.mistake("an e-mail address needs `source`, the page that shows it", "email")
    if thing.answer_days is not None and not 0 < thing.answer_days <= 366:
        yield placed.mistake("`answer_days` must be a number of days within a year", "answer_days")


def _holder(placed: Placed[Official]) -> Iterator[Mistake]:
    """Whoever guesses wrong here offends the very person that a letter asks: a page must say so, come what may."""
    thing = placed.thing
    if thing.holder_gender and not sources.is_address(thing.holder_source):
        where = "holder_source" if thing.holder_source else "holder_gender"
        yield placed.mistake("`holder_gender` needs `holder_source`, the whole address of a page that tells it", where)
    if thing.holder_source and not thing.holder_gender:
        yield placed.mistake("there is a `holder_source`, but no `holder_gender`", "holder_source")


def _sources(placed: Placed[Official]) -> Iterator[Mistake]:
    thing = placed.thing
    for name, what in (("postal", "postal_source"), ("wants", "wants_source")):
        if getattr(thing, name) and not getattr(thing, what):
            yield placed.mistake(f"`{name}` needs `{what}`, the page that says so", name)
    for name in ("source", "postal_source", "wants_source"):
        text = getattr(thing, name)
        if text and not thing.is_unchecked and not sources.is_address(text):
            yield placed.mistake(
                f"`{name}` is not the whole address of a page; give it, or say `is_unchecked: true`", name
            )
