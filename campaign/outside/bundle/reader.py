"""The reader: a campaign folder becomes a cause, or every mistake in it is told."""

import os
from dataclasses import replace
from pathlib import Path

from campaign.domain.cause import (
    PAGES,
    Cause,
    Consent,
    Fact,
    Intervention,
    OfficeKind,
    Page,
)
from campaign.domain.letter import CHOICES, SIGNER_FIELDS
from campaign.errors import BundleError, Mistake, WordsRefusedError
from campaign.outside.bundle import campaign, chase, offices, pages, points, sources, states, timeline, words, written
from campaign.outside.bundle import passage as passages
from campaign.outside.bundle.desk import Desk
from campaign.outside.bundle.drawer import Drawer
from campaign.outside.bundle.folder import Folder
from campaign.outside.bundle.shape import Shape
from campaign.outside.bundle.sheet import Placed, Sheet
from campaign.outside.bundle.spread import spread
from campaign.outside.bundle.words import Languages

_CAUSE = Shape(
    Cause,
    given=("office_kinds", "facts", "interventions", "pages", "points", "chases"),
    apart=("consents", "states", "missing_translations", "unread"),
)
_CONSENT, _KIND, _FACT, _INTERVENTION = Shape(Consent), Shape(OfficeKind), Shape(Fact), Shape(Intervention)
_PAGE = Shape(Page, given=("name", "language", "body"))
# Names that letters have in any case.
_TAKEN = SIGNER_FIELDS | CHOICES.keys() | {"anonymous", "offices", "points", "subjects", "chase", chase.FIELD}
_FILES = ("campaign.yaml", "offices.yaml", "facts.yaml", "interventions.yaml", "points.yaml")
_FOLDERS = ("states", "letters", "pages", "points", "chase")


def read(folder: Path) -> Cause:
    """Read a campaign folder whole.

    Raises BundleError with every mistake, in the order of files and lines; nothing else, whatever the folder holds.
    """
    if not os.path.isdir(folder):  # noqa: PTH112  Path.is_dir raises on a folder that may not be looked at
        raise BundleError((Mistake(str(folder), 0, "there is no such folder"),))
    desk = Desk(Folder(folder, []), Languages((), {}))
    cause = _cause(desk)
    if desk.mistakes or cause is None:
        once = dict.fromkeys(desk.mistakes)
        raise BundleError(tuple(sorted(once, key=lambda one: (one.file, one.line))))
    return cause


def check(cause: Cause) -> Cause:
    """Hold a cause against the rules of its folder, and give it as it would be read there.

    Raises WordsRefusedError with every fault; each names the field it is in.
    """
    drawer = Drawer(spread(cause))
    found = _cause(Desk(drawer, Languages((), {})))
    if drawer.mistakes or found is None:
        raise WordsRefusedError(drawer.faults())
    return found


def _cause(desk: Desk) -> Cause | None:
    sheet = desk.sheet_of("campaign.yaml")
    head, consents = _head(desk, sheet) if sheet is not None else (None, ())
    kinds = _office_kinds(desk)
    facts = _facts(desk)
    interventions = _interventions(desk)
    slugs = _slugs(desk, sheet)
    found = [states.read(desk, slug) for slug in slugs]
    texts = _pages(desk)
    further = points.read(desk, slugs)
    chases = chase.read(desk)
    _refuse_others(desk, slugs)
    if head is None:
        return None
    return replace(
        head.thing,
        consents=tuple(one.thing for one in consents),
        office_kinds=tuple(one.thing for one in kinds),
        states=tuple(one for one in found if one is not None),
        facts=tuple(one.thing for one in facts),
        interventions=tuple(one.thing for one in interventions),
        pages=texts,
        points=further,
        chases=chases,
        unread=tuple(sorted(desk.unread)),
    )


def _head(desk: Desk, sheet: Sheet) -> tuple[Placed[Cause] | None, tuple[Placed[Consent], ...]]:
    desk.languages = campaign.languages(sheet)
    desk.note_unread(sheet)
    desk.found(campaign.declared(sheet, desk.languages))
    head = _CAUSE.take(sheet, (), desk.mistakes)
    if head is not None:
        desk.found(campaign.check(head, desk.languages))
    consents = _CONSENT.take_all(sheet, "consents", desk.mistakes)
    desk.found(campaign.consents(sheet, consents, desk.languages))
    return head, consents


def _office_kinds(desk: Desk) -> tuple[Placed[OfficeKind], ...]:
    sheet = desk.sheet("offices.yaml")
    if sheet is None:
        return ()
    _only(desk, sheet, "office_kinds")
    found = _KIND.take_all(sheet, "office_kinds", desk.mistakes)
    desk.found(offices.kinds(found, desk.languages))
    named = (sheet.at((*place, "office")) for place in sheet.places("office_kinds"))
    desk.declined = {one: frozenset() for one in named if isinstance(one, str)}
    desk.declined |= {one.thing.office: frozenset(one.thing.addressee) for one in found}
    return found


def _facts(desk: Desk) -> tuple[Placed[Fact], ...]:
    """Read facts.yaml; from here on the desk knows the fields that facts give."""
    sheet = desk.sheet("facts.yaml", "facts")
    if sheet is None:
        return ()
    desk.kinds = {}
    _only(desk, sheet, "facts")
    before = len(desk.mistakes)
    found = _FACT.take_all(sheet, "facts", desk.mistakes)
    for placed in found:
        desk.found(_fact(placed, desk))
        desk.kinds[placed.thing.id] = passages.fact_kind(placed.thing)
    for name in (sheet.at((*place, "id")) for place in sheet.places("facts")):
        if isinstance(name, str):
            desk.kinds.setdefault(name, "any")
    if len(desk.mistakes) == before:
        desk.values = {one.thing.id: one.thing.value for one in found}
    return found


def _fact(placed: Placed[Fact], desk: Desk) -> list[Mistake]:
    thing = placed.thing
    found = [*words.check(placed, desk.languages, section="facts"), *sources.check(placed)]
    if not timeline.IDENTIFIER.fullmatch(thing.id):
        found.append(placed.mistake("`id` must be small letters a to z, digits and _, and begin with a letter", "id"))
    if thing.id in (desk.kinds or ()) or thing.id in _TAKEN:
        found.append(placed.mistake(f"there is a field named `{thing.id}` already", "id"))
    written_value = placed.sheet.at((*placed.place, "value"))
    if isinstance(written_value, str) and not timeline.is_told(written_value):  # digits in quotes: seconds to pydantic
        found.append(placed.mistake("`value` must be a whole number without quotes or a date", "value"))
    return found


def _interventions(desk: Desk) -> tuple[Placed[Intervention], ...]:
    sheet = desk.sheet("interventions.yaml", "interventions")
    if sheet is None:
        return ()
    _only(desk, sheet, "interventions")
    found = _INTERVENTION.take_all(sheet, "interventions", desk.mistakes)
    for placed in found:
        desk.found(timeline.date(placed))
        desk.found(sources.check(placed))
        desk.found(words.check(placed, desk.languages, section="interventions"))
    return found


def _only(desk: Desk, sheet: Sheet, name: str) -> None:
    """Refuse whatever stands at the top of a file of one list beside that list."""
    top = sheet.value if isinstance(sheet.value, dict) else {}
    for other in top:
        if other not in (name, "unread"):
            desk.mistakes.append(
                sheet.mistake(f"`{other}` is not a part of this file; parts are {name}, unread", other)
            )


def _slugs(desk: Desk, sheet: Sheet | None) -> tuple[str, ...]:
    """The states that campaign.yaml lists; where that cannot be told, those that have a file."""
    listed = sheet.texts("states") if sheet is not None else ()
    named = listed or tuple(name.removesuffix(".yaml") for name in desk.folder.names("states"))
    return tuple(one for one in dict.fromkeys(named) if campaign.SLUG.fullmatch(one))


def _pages(desk: Desk) -> tuple[Page, ...]:
    due = desk.languages.due("pages") or desk.folder.names("pages")
    found: list[Page] = []
    names: dict[str, frozenset[str]] = {}
    same: dict[str, dict[str, tuple[passages.Passage, frozenset[str]]]] = {}
    known = frozenset(f"{name}.md" for name in PAGES)
    for language in due:
        files = desk.folder.names(f"pages/{language}")
        desk.folder.refuse_others(f"pages/{language}", known, f"pages are {', '.join(sorted(known))}")
        names[language] = frozenset(name.removesuffix(".md") for name in files if name in known)
        for name in PAGES:
            before = len(desk.mistakes)
            page = _page(desk, language, name) if name in names[language] else None
            if page is not None and len(desk.mistakes) == before:
                found.append(page[0])
                same.setdefault(name, {})[language] = (page[1], frozenset(page[1].names()))
    desk.found(pages.complete(names, desk.languages))
    for translations in same.values():
        desk.found(passages.same_fields(translations))
    return tuple(found)


def _page(desk: Desk, language: str, name: str) -> tuple[Page, passages.Passage] | None:
    document = desk.document(f"pages/{language}/{name}.md")
    if document is None:
        return None
    given = {"name": name, "language": language, "body": document.body}
    placed = _PAGE.take(document.sheet, (), desk.mistakes, **given)
    if placed is None:
        return None
    whole = pages.passage(placed, document.line)
    if not desk.found(pages.check(placed, document.line, desk.kinds)) and desk.values is not None:
        desk.found(written.check(whole, desk.values))
    return placed.thing, whole


def _refuse_others(desk: Desk, slugs: tuple[str, ...]) -> None:
    """Refuse files that nothing reads: most are misspelt, and would be missed in silence."""
    refuse = desk.folder.refuse_others
    top = frozenset((*_FILES, *_FOLDERS, "README.md"))
    refuse(".", top, f"files are {', '.join(_FILES)}, folders {', '.join(_FOLDERS)}")
    refuse("states", frozenset(f"{slug}.yaml" for slug in slugs), "campaign.yaml lists no such state")
    refuse("letters", frozenset(slugs), "campaign.yaml lists no such state")
    due = frozenset(desk.languages.due("pages") or desk.folder.names("pages"))
    refuse("pages", due, "campaign.yaml says that there are no pages in this language")
