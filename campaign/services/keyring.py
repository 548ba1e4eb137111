"""Keyring: keys for other programs: made, listed, tried in the door, taken back."""

import datetime as dt
import secrets
import string
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain.scope import DAYS, DAYS_MOST, KEY, KEY_START, NAME_MOST, SCOPES, START, TOLD, USED_EVERY, Scope
from campaign.errors import ForbiddenError, InputRefusedError, KeyRefusedError, NotFoundError, Problem
from campaign.models.key import ApiKeyRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.queries import key as keys
from campaign.services.note import CAMPAIGN, note
from campaign.services.transact import transact

_LETTERS = string.ascii_letters + string.digits
_CONTROLS = frozenset(map(chr, (*range(32), *range(127, 160))))


@dataclass(frozen=True, slots=True)
class Key:
    """A key in the door: what it opens. `campaign` is a slug, empty for every campaign."""

    id: str
    scopes: frozenset[Scope]
    campaign: str

    def has(self, scope: Scope) -> bool:
        """Whether it has a scope."""
        return scope in self.scopes

    def check(self, campaign: str) -> None:
        """Refuse another campaign than the key's own; raises ForbiddenError."""
        if self.campaign not in ("", campaign):
            raise ForbiddenError(campaign)


@dataclass(frozen=True, slots=True)
class Listed:
    """A key as its owner sees it: never the key. `status` is active, expired, revoked or leaked; instants are UTC.

    `is_alarm` is whether it leaked lately, so that whoever uses it may not know yet.
    """

    id: str
    name: str
    start: str
    scopes: tuple[Scope, ...]
    campaign: str
    status: str
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None
    used_at: dt.datetime | None
    is_alarm: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key that is to be made: `campaign` is a slug, empty for every campaign; it opens for so many days."""

    name: str
    scopes: tuple[str, ...]
    campaign: str = ""
    days: int = DAYS


def create(parts: Parts, by: str, wanted: Wanted) -> str:
    """Make a key and return it: it is shown this once, and kept as a fingerprint.

    Raises InputRefusedError for a name, scopes, campaign or days that cannot be.
    """
    known = _checked(wanted)
    key = KEY_START + "".join(secrets.choice(_LETTERS) for _ in range(40))

    def work(session: Session) -> None:
        campaign = editions.row(session, wanted.campaign) if wanted.campaign else None
        if wanted.campaign and campaign is None:
            raise InputRefusedError((Problem("campaign", "E-KEY-CAMPAIGN"),))
        now = parts.clock.now()
        row = ApiKeyRow(
            id=new_id(),
            name=wanted.name.strip(),
            start=key[:START],
            key=parts.keys.program_key(key),
            scopes=known,
            campaign_id=None if campaign is None else campaign.id,
            who=by,
            created_at=now,
            expires_at=now + dt.timedelta(days=wanted.days),
        )
        session.add(row)
        note(parts, session, by, "key.created", f"key {row.id}", " ".join(known))

    transact(parts, work)
    return key


def _checked(wanted: Wanted) -> tuple[Scope, ...]:
    """The scopes, in their order. Raises InputRefusedError with all that is wrong."""
    problems = []
    name = wanted.name.strip()
    if not name or len(name) > NAME_MOST or _CONTROLS & set(name):
        problems.append(Problem("name", "E-KEY-NAME", {"most": str(NAME_MOST)}))
    if not wanted.scopes or set(wanted.scopes) - set(SCOPES):
        problems.append(Problem("scopes", "E-KEY-SCOPES"))
    if not 1 <= wanted.days <= DAYS_MOST:
        problems.append(Problem("days", "E-KEY-DAYS", {"most": str(DAYS_MOST)}))
    if problems:
        raise InputRefusedError(tuple(problems))
    return tuple(one for one in SCOPES if one in wanted.scopes)


def revoke(parts: Parts, by: str, key_id: str) -> None:
    """Take a key back at once; one taken back already stays as it is. Raises NotFoundError."""

    def work(session: Session) -> None:
        row = keys.by_id(session, key_id)
        if row is None:
            raise NotFoundError(f"there is no key {key_id}")
        _revoke(parts, session, row, by, "key.revoked")

    transact(parts, work)


def revoke_leaked(parts: Parts, key: str) -> None:
    """Take a key back that came in an address: addresses are kept in logs and histories, so it is known to others."""

    def work(session: Session) -> None:
        row = keys.by_key(session, parts.keys.program_key(key))
        if row is not None:
            _revoke(parts, session, row, CAMPAIGN, "key.leaked")

    transact(parts, work)


def _revoke(parts: Parts, session: Session, row: ApiKeyRow, by: str, what: str) -> None:
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = parts.clock.now(), by
        note(parts, session, by, what, f"key {row.id}")


def open_door(parts: Parts, key: str) -> Key:
    """Try a key, and keep once a minute that it was used.

    Raises KeyRefusedError where it opens nothing: unknown, taken back, expired, or no key at all.
    """
    if not KEY.fullmatch(key):
        raise KeyRefusedError
    now = parts.clock.now()
    before = now - USED_EVERY
    with parts.reading() as session:
        found = keys.opening(session, parts.keys.program_key(key), now)
    if found is None:
        raise KeyRefusedError
    if found.used_at is None or found.used_at <= before:
        transact(parts, lambda session: keys.touch(session, found.id, now, before))
    return Key(found.id, frozenset(found.scopes), found.campaign)


def listed(parts: Parts) -> tuple[Listed, ...]:
    """List every key, the newest first."""
    now = parts.clock.now()
    with parts.reading() as session:
        rows = keys.everything(session)
    return tuple(
        Listed(
            id=row.id,
            name=row.name,
            start=row.start,
            scopes=row.scopes,
            campaign=slug,
            status=_status(row, now),
            created_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            used_at=row.used_at,
            is_alarm=_status(row, now) == "leaked" and row.revoked_at is not None and now - row.revoked_at < TOLD,
        )
        for row, slug in rows
    )


def _status(row: ApiKeyRow, now: dt.datetime) -> str:
    if row.revoked_at is not None:
        return "leaked" if row.revoked_by == CAMPAIGN else "revoked"
    return "expired" if row.expires_at is not None and row.expires_at <= now else "active"
