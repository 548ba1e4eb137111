"""Invite: who may organise, in which role; the one-time links by which they set a password and a second factor."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import login as logins
from campaign.domain.role import ROLES, Role
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.organiser import OrganiserRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import organiser as organisers
from campaign.services.note import note
from campaign.services.transact import transact


@dataclass(frozen=True, slots=True)
class Listed:
    """An organiser as others see them; instants are aware UTC. `status` is invited, active or disabled."""

    id: str
    email: str
    role: Role
    status: str
    created_at: dt.datetime
    seen_at: dt.datetime | None


def invite(parts: Parts, by: str, email: str, role: str) -> str:
    """Add an organiser, or give a new link to one who has lost theirs, and return the one-time link.

    A new link ends all sessions, the old password and the old second factor. `by` is who does it, for the trail.
    Raises InputRefusedError for an address or a role that cannot be.
    """
    address, known = _checked(email, role)

    def work(session: Session) -> str:
        row = organisers.by_key(session, key_of(parts, address))
        if row is None:
            row = OrganiserRow(id=new_id(), email_key=key_of(parts, address), created_at=parts.clock.now())
            row.email_sealed = parts.keys.seal(address, "organiser", "email_sealed", row.id)
            row.invite_generation = 0
            session.add(row)
        elif row.role == "owner" and known != "owner":
            _keep_an_owner(session)
        row.role = known
        row.disabled_at = None
        return _open_invitation(parts, session, row, by, "organiser.invited")

    return transact(parts, work)


def _checked(email: str, role: str) -> tuple[str, Role]:
    problems = []
    fault = addresses.fault(email.strip())
    if fault is not None:
        problems.append(Problem("email", fault))
    if role not in ROLES:
        problems.append(Problem("role", "E-ROLE"))
    if problems:
        raise InputRefusedError(tuple(problems))
    return addresses.clean(email.strip()), next(one for one in ROLES if one == role)


def key_of(parts: Parts, email: str) -> str:
    """Fingerprint an organiser's address: one account an address, whatever its case."""
    return parts.keys.organiser_key("email", email.strip().lower())


def _open_invitation(parts: Parts, session: Session, row: OrganiserRow, by: str, what: str) -> str:
    """Begin an account anew: nothing of the old one opens anything any more."""
    row.invite_generation += 1
    row.invite_expires_at = parts.clock.now() + logins.INVITATION_LIFE
    row.password_hash, row.totp_sealed, row.totp_set_at, row.totp_step = "", None, None, 0
    session.flush()
    organisers.end_logins(session, row.id)
    organisers.drop_recovery(session, row.id)
    note(parts, session, by, what, f"organiser {row.id}", row.role)
    token = parts.keys.token("invitation", row.id, row.invite_generation, row.invite_expires_at)
    return f"{parts.settings.base_url}/organise/invitation/{token}/"


def invite_again(parts: Parts, by: str, organiser_id: str) -> str:
    """Give somebody who lost password or second factor a new link: whoever they were, they begin anew.

    Raises NotFoundError.
    """
    return _change(
        parts, organiser_id, lambda session, row: _open_invitation(parts, session, row, by, "organiser.renewed")
    )


def set_role(parts: Parts, by: str, organiser_id: str, role: str) -> None:
    """Give an organiser another role; they log in again. Raises NotFoundError, InputRefusedError."""
    known = next((one for one in ROLES if one == role), None)
    if known is None:
        raise InputRefusedError((Problem("role", "E-ROLE"),))

    def work(session: Session, row: OrganiserRow) -> str:
        if row.role == "owner" and known != "owner":
            _keep_an_owner(session)
        row.role = known
        organisers.end_logins(session, row.id)
        note(parts, session, by, "organiser.role", f"organiser {row.id}", known)
        return ""

    _change(parts, organiser_id, work)


def disable(parts: Parts, by: str, organiser_id: str) -> None:
    """Shut an organiser out: their sessions end at once. Raises NotFoundError, InputRefusedError for the last owner."""

    def work(session: Session, row: OrganiserRow) -> str:
        if row.role == "owner" and row.totp_set_at is not None and row.disabled_at is None:
            _keep_an_owner(session)
        row.disabled_at = parts.clock.now()
        row.invite_expires_at = None
        organisers.end_logins(session, row.id)
        note(parts, session, by, "organiser.disabled", f"organiser {row.id}")
        return ""

    _change(parts, organiser_id, work)


def _keep_an_owner(session: Session) -> None:
    if organisers.count_owners(session) <= 1:
        raise InputRefusedError((Problem("role", "E-LAST-OWNER"),))


def _change(parts: Parts, organiser_id: str, change: Callable[[Session, OrganiserRow], str]) -> str:
    def work(session: Session) -> str:
        row = organisers.by_id(session, organiser_id)
        if row is None:
            raise NotFoundError(f"organiser {organiser_id}")
        return change(session, row)

    return transact(parts, work)


def find(parts: Parts, email: str) -> str:
    """The id of the organiser with an address. Raises NotFoundError."""
    with parts.reading() as session:
        row = organisers.by_key(session, key_of(parts, email))
    if row is None:
        raise NotFoundError("there is no organiser with this address")
    return row.id


def everybody(parts: Parts) -> tuple[Listed, ...]:
    """List every organiser, the first one first."""
    with parts.reading() as session:
        rows = organisers.everybody(session)
    return tuple(
        Listed(
            id=one.id,
            email=email_of(parts, one),
            role=one.role,
            status="disabled" if one.disabled_at else "active" if one.totp_set_at else "invited",
            created_at=one.created_at,
            seen_at=one.seen_at,
        )
        for one in rows
    )


def email_of(parts: Parts, row: OrganiserRow) -> str:
    """Open an organiser's address. Raises SealError when the secret does not fit."""
    return parts.keys.open(row.email_sealed, "organiser", "email_sealed", row.id)
