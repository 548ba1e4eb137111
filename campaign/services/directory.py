"""Directory: every office as organisers see it: its address, who says so, how old that is, and what waits for it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy.orm import Session

from campaign.domain import mailbox
from campaign.domain.cause import Official
from campaign.domain.courtesy import Takes
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.mailbox import Doubt
from campaign.errors import NotFoundError
from campaign.models.campaign import OfficialRow
from campaign.parts import Parts
from campaign.queries import directory
from campaign.queries import organiser as organisers
from campaign.queries.directory import Return
from campaign.services.invite import email_of
from campaign.services.note import Line
from campaign.services.verify import needs_another

Known = Literal["official", "reported", "set", "none"]
Filter = Literal["old", "none", "suspended", "unverified"]
FILTERS: tuple[Filter, ...] = ("old", "none", "unverified", "suspended")
_MOST = 30  # lines of what came back, and of what was done


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An office as organisers see it. Instants are aware UTC; who did something is named where it was an organiser.

    `known` is who says the address: an official page or a report, as the folder has it, or an organiser.
    `checked_on` is when it was last looked at (UTC). `letters` counts them by status.
    """

    id: int
    state: StateEdition
    official: Official
    title: str
    email: str
    source: str
    known: Known
    is_verified: bool
    is_mailable: bool
    checked_on: dt.date
    set_at: dt.datetime | None
    set_by: str
    verified_at: dt.datetime | None
    verified_by: str
    suspended_at: dt.datetime | None
    takes: Takes
    hard_bounces: int
    last_return_at: dt.datetime | None
    doubts: tuple[Doubt, ...]
    is_old: bool
    letters: Mapping[str, int] = field(default_factory=dict)

    @property
    def office(self) -> str:
        """The office's slug."""
        return self.official.office

    @property
    def waiting(self) -> int:
        """How many letters wait for their turn, or are leaving."""
        return sum(self.letters.get(status, 0) for status in ("queued", "claimed", "in_data"))

    @property
    def held(self) -> int:
        """How many letters wait for a verified address."""
        return self.letters.get("held", 0)

    def is_in(self, wanted: Filter) -> bool:
        """Whether a filter shows it."""
        return {
            "old": self.is_old,
            "none": not self.email,
            "suspended": self.suspended_at is not None or self.takes == "silence",
            "unverified": bool(self.email) and not self.is_verified and self.known != "official",
        }[wanted]


@dataclass(frozen=True, slots=True)
class Whole:
    """One office with what came back from it, what was done to it, and whether whoever looks may verify it."""

    listed: Listed
    returns: tuple[Return, ...]
    lines: tuple[Line, ...]
    needs_another: bool


def listed(parts: Parts, edition: Edition, wanted: Filter | None = None) -> tuple[Listed, ...]:
    """List a campaign's offices, all or those that a filter shows."""
    with parts.reading() as session:
        found = _all(parts, session, edition)
    return tuple(one for one in found if wanted is None or one.is_in(wanted))


def whole(parts: Parts, edition: Edition, state: str, office: str, who: str) -> Whole:
    """Show one office, by its state's slug or code, to an organiser. Raises NotFoundError."""
    with parts.reading() as session:
        found = _all(parts, session, edition)
        one = next((one for one in found if state in _names(one.state) and one.office == office), None)
        if one is None:
            raise NotFoundError(f"there is no office {office} of {state}")
        row = session.get_one(OfficialRow, one.id)
        names = _organisers(parts, session)
        lines = tuple(
            Line(line.id, line.at, names.get(line.who, line.who), line.what, line.which, line.reason)
            for line in directory.lines_about(session, one.id, _MOST)
        )
        return Whole(
            listed=one,
            returns=tuple(directory.history(session, one.id, _MOST)),
            lines=lines,
            needs_another=needs_another(parts, session, edition.cause.slug, row, who),
        )


def retired(parts: Parts, edition: Edition) -> tuple[tuple[str, str], ...]:
    """The offices that were taken out of a campaign: the state's slug and the office."""
    with parts.reading() as session:
        return tuple((state.slug, row.office) for state, row in directory.retired(session, edition.campaign_id))


def _names(state: StateEdition) -> tuple[str, str]:
    return state.state.slug, state.state.code


def _organisers(parts: Parts, session: Session) -> dict[str, str]:
    return {one.id: email_of(parts, one) for one in organisers.everybody(session)}


def _all(parts: Parts, session: Session, edition: Edition) -> list[Listed]:
    letters = directory.letters(session, edition.campaign_id)
    returns = directory.last_returns(session, edition.campaign_id)
    names = _organisers(parts, session)
    kinds = {one.office: one.title for one in edition.cause.office_kinds}
    found = []
    for state_row, row in directory.offices(session, edition.campaign_id):
        state = edition.state(state_row.slug)
        if state is not None:
            title = row.official.title.get("en") or kinds.get(row.office, {}).get("en", row.office)
            told = {"title": title, "set_by": names.get(row.set_by, row.set_by)}
            told["verified_by"] = names.get(row.verified_by, row.verified_by)
            found.append(_listed(parts, state, row, told, (letters.get(row.id, {}), returns.get(row.id))))
    return found


def _listed(
    parts: Parts,
    state: StateEdition,
    row: OfficialRow,
    told: Mapping[str, str],
    letters: tuple[Mapping[str, int], dt.datetime | None],
) -> Listed:
    domains = mailbox.official_domains(one.official for one in state.officials)
    checked_on = checked(row)
    return Listed(
        id=row.id,
        state=state,
        official=row.official,
        email=row.email,
        source=row.set_source or row.official.source,
        known="set" if row.set_email else row.official.email_status,
        is_verified=bool(row.email) and row.verified_email == row.email,
        is_mailable=bool(row.mailable_email),
        checked_on=checked_on,
        set_at=row.set_at,
        verified_at=row.verified_at,
        suspended_at=row.suspended_at,
        takes=row.takes,
        hard_bounces=row.hard_bounces,
        last_return_at=letters[1],
        doubts=mailbox.doubts(row.email, domains),
        is_old=mailbox.is_old(checked_on, parts.clock.now().date()),
        letters=letters[0],
        **told,
    )


def checked(row: OfficialRow) -> dt.date:
    """The last day (UTC) on which somebody looked at an office's address: in the folder, by hand, or to verify it."""
    looked = [at.date() for at in (row.set_at, row.verified_at if row.verified_email == row.email else None) if at]
    if not row.set_email:
        looked.append(row.official.checked)
    return max(looked, default=row.official.checked)
