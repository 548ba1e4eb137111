"""Register: the directory of offices taken away as a table, and brought up to one: all of it or nothing."""

import base64
import binascii
import dataclasses
import datetime as dt
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import mailbox, register
from campaign.domain.cause import Cause, State
from campaign.domain.edition import Edition
from campaign.domain.mailbox import Doubt
from campaign.domain.register import Entry
from campaign.errors import InputRefusedError, Problem, SealError, StaleEditError, WordsRefusedError
from campaign.models.campaign import OfficialRow
from campaign.outside.bundle import reader
from campaign.parts import Parts
from campaign.queries import directory
from campaign.queries import edition as editions
from campaign.services.directory import checked
from campaign.services.edit import By, check_reason
from campaign.services.export import Export
from campaign.services.load import bring
from campaign.services.note import note
from campaign.services.transact import transact
from campaign.services.verify import Address, put_address, touch
from campaign.services.whole import whole


@dataclass(frozen=True, slots=True)
class Change:
    """What one line of a table would change: a column of an office, as it stands and as it would."""

    line: int
    state: str
    office: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Warned:
    """What speaks against an address that a line gives: a doubt, or `shared` with the lines named."""

    line: int
    what: Doubt | str
    email: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table would do. `digest` names exactly that; `entries` are what it was read from."""

    rows: int
    changes: tuple[Change, ...]
    warnings: tuple[Warned, ...]
    entries: tuple[Entry, ...]

    @property
    def digest(self) -> str:
        """Name the changes in one word: another when any of them is another."""
        said = [dataclasses.astuple(one) for one in self.changes]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def table(parts: Parts, edition: Edition) -> Export:
    """The directory as a table that can be brought back as it is."""
    names = register.columns(edition.cause.languages)
    return Export(names, _rows(parts, edition, names), "offices")


def _rows(parts: Parts, edition: Edition, names: Sequence[str]) -> Iterator[tuple[object, ...]]:
    kinds = {one.office: one.title for one in edition.cause.office_kinds}
    with parts.reading() as session:
        for state, row in directory.offices(session, edition.campaign_id):
            titles = kinds.get(row.office, {}) | row.official.title
            said = {"state": state.slug, "office": row.office, "email": row.email, "source": _source(row)}
            said |= {"checked": checked(row).isoformat()}
            said |= {f"{register.TITLE}{language}": title for language, title in titles.items()}
            yield tuple(said.get(name, "") for name in names)


def _source(row: OfficialRow) -> str:
    return row.set_source or row.official.source


def plan(parts: Parts, edition: Edition, raw: bytes) -> Plan:
    """Tell what a table (the bytes of its file) would change; nothing is stored.

    Raises InputRefusedError with everything that is wrong with it, by line.
    """
    entries = register.read(raw, edition.cause.languages, parts.clock.now().date())
    with parts.reading() as session:
        found = _plan(session, edition, entries)
    if any(one.column.startswith(register.TITLE) for one in found.changes):
        with parts.reading() as session:
            _check(_titled(whole(session, edition.cause.slug), found))
    return found


def _plan(session: Session, edition: Edition, entries: tuple[Entry, ...]) -> Plan:
    rows = {}
    for state, row in directory.offices(session, edition.campaign_id):
        rows[state.slug, row.office] = rows[state.code.lower(), row.office] = (state.slug, row)
    unknown = [one for one in entries if (one.state, one.office) not in rows]
    if unknown:
        told = unknown[: register.MAX_TOLD]
        problems = (register.fault(one.line, "E-TABLE-UNKNOWN", state=one.state, office=one.office) for one in told)
        raise InputRefusedError(tuple(problems))
    changes: list[Change] = []
    met: dict[int, int] = {}
    for one in entries:
        slug, row = rows[one.state, one.office]
        if row.id in met:  # once by the state's slug, once by its code
            raise InputRefusedError((register.fault(one.line, "E-TABLE-TWICE", first=str(met[row.id])),))
        met[row.id] = one.line
        changes += _changes(edition, slug, row, one)
    _check_sources(changes, entries)
    return Plan(len(entries), tuple(changes), tuple(_warnings(edition, changes)), entries)


def _check_sources(changes: Sequence[Change], entries: Sequence[Entry]) -> None:
    """Raise InputRefusedError where what is new has no page that it was read on; what is known may have none."""
    sources = {one.line: one.source for one in entries}
    lines = dict.fromkeys(one.line for one in changes if one.column in ("email", "source"))
    wrong = [line for line in lines if not register.is_page(sources[line])]
    if wrong:
        raise InputRefusedError(tuple(register.fault(line, "E-TABLE-SOURCE") for line in wrong[: register.MAX_TOLD]))


def _changes(edition: Edition, slug: str, row: OfficialRow, entry: Entry) -> Iterator[Change]:
    kind = next((one.title for one in edition.cause.office_kinds if one.office == row.office), {})
    day = checked(row)
    said = [("email", row.email, entry.email or row.email), ("source", _source(row), entry.source or _source(row))]
    if entry.checked is not None and entry.checked > day:
        said.append(("checked", day.isoformat(), entry.checked.isoformat()))
    for language, title in entry.titles.items():
        said.append((f"{register.TITLE}{language}", row.official.title.get(language, kind.get(language, "")), title))
    for column, old, new in said:
        if old != new:
            yield Change(entry.line, slug, row.office, column, old, new)


def _warnings(edition: Edition, changes: Sequence[Change]) -> Iterator[Warned]:
    """What speaks against the new addresses, and which of them several lines give."""
    lines: dict[str, list[int]] = defaultdict(list)
    for one in changes:
        if one.column != "email":
            continue
        lines[one.new.lower()].append(one.line)
        state = edition.state(one.state)
        known = mailbox.official_domains(found.official for found in state.officials) if state else frozenset()
        for doubt in mailbox.doubts(one.new, known):
            yield Warned(one.line, doubt, one.new)
    for email, those in lines.items():
        if len(those) > 1:
            yield Warned(those[0], "shared", email, tuple(those))


def seal(parts: Parts, edition: Edition, who: str, raw: bytes, found: Plan) -> str:
    """Seal a table with what it would do, to be carried by the form that confirms it, for one organiser alone."""
    said = {"plan": found.digest, "table": base64.b64encode(zlib.compress(raw)).decode()}
    sealed = parts.keys.seal(json.dumps(said), "register", edition.cause.slug, who)
    return base64.urlsafe_b64encode(sealed).decode()


def confirm(parts: Parts, edition: Edition, by: By, sealed: str) -> Plan:
    """Do what a sealed table was said to do.

    Raises InputRefusedError for one that was not sealed here for whoever sends it, or without a reason;
    StaleEditError when it would do something else by now.
    """
    try:
        opened = base64.b64decode(sealed.encode("ascii"), altchars=b"-_", validate=True)
        said = json.loads(parts.keys.open(opened, "register", edition.cause.slug, by.who))
    except (ValueError, binascii.Error, SealError):
        raise InputRefusedError((Problem(register.FIELD, "E-TABLE-AGAIN"),)) from None
    return take(parts, edition, by, zlib.decompress(base64.b64decode(said["table"])), said["plan"])


def take(parts: Parts, edition: Edition, by: By, raw: bytes, expected: str = "") -> Plan:
    """Bring the directory up to a table, in one transaction; addresses that are new still have to be verified.

    Raises what `plan` raises; InputRefusedError without a reason; StaleEditError when the changes are not those that
    `expected` names.
    """
    reason = check_reason(by.reason)
    entries = plan(parts, edition, raw).entries

    def work(session: Session) -> Plan:
        editions.locked(session, edition.cause.slug)
        found = _plan(session, edition, entries)
        if expected and found.digest != expected:
            raise StaleEditError("the directory changed meanwhile")
        if found.changes:
            _bring(parts, session, edition, found, By(by.who, reason))
        return found

    return transact(parts, work)


def _bring(parts: Parts, session: Session, edition: Edition, found: Plan, by: By) -> None:
    slug = edition.cause.slug
    entries = {one.line: one for one in found.entries}
    rows = {(state.slug, row.office): row for state, row in directory.offices(session, edition.campaign_id)}
    touched = {one.line: rows[one.state, one.office] for one in found.changes if one.column in _OF_ADDRESS}
    now = parts.clock.now()
    for line, row in touched.items():
        one = entries[line]
        at = dt.datetime.combine(one.checked, dt.time(), dt.UTC) if one.checked else now
        put_address(parts, session, row, Address(one.email or row.email, one.source or _source(row), at), by.who)
    if any(one.column not in _OF_ADDRESS for one in found.changes):
        bring(parts, session, _titled(whole(session, slug), found), by.who, by.reason)
    note(parts, session, by.who, "official.import", f"{slug}: {len(found.changes)} changes", by.reason)
    touch(session, slug)


_OF_ADDRESS = ("email", "source", "checked")


def _titled(cause: Cause, found: Plan) -> Cause:
    """The campaign with the titles that a table gives."""
    titles: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in found.changes:
        if one.column.startswith(register.TITLE):
            titles[one.state, one.office][one.column.removeprefix(register.TITLE)] = one.new

    def of(state: State) -> State:
        officials = tuple(
            dataclasses.replace(one, title=one.title | titles.get((state.slug, one.office), {}))
            for one in state.officials
        )
        return dataclasses.replace(state, officials=officials)

    return dataclasses.replace(cause, states=tuple(of(one) for one in cause.states))


def _check(cause: Cause) -> None:
    try:
        reader.check(cause)
    except WordsRefusedError as refused:
        told = [Problem(register.FIELD, "E-TABLE-RULES", {"what": str(one)}) for one in refused.faults]
        raise InputRefusedError(tuple(told[: register.MAX_TOLD])) from refused
