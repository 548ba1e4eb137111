"""Enter: how organisers get in: a password, then a second factor; and what a session is good for."""

import datetime as dt
import secrets
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from campaign.domain import login as logins
from campaign.domain.role import Role
from campaign.errors import InputRefusedError, Problem, TooManyTriesError
from campaign.models.organiser import AttemptRow, OrganiserRow, SessionRow
from campaign.outside import passwords
from campaign.parts import Parts
from campaign.queries import organiser as organisers
from campaign.services.invite import email_of, key_of
from campaign.services.note import note
from campaign.services.transact import transact

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Login:
    """A living session: whose it is, what it may, and since when. `key` guards its forms (never its cookie's token)."""

    id: str
    organiser_id: str
    email: str
    role: Role
    is_whole: bool
    has_factor: bool
    is_fresh: bool
    key: str


def login_of(parts: Parts, token: str) -> Login | None:
    """Say whose a cookie's token is; None where it opens nothing (any more). Its idle time begins anew."""
    session_id = parts.keys.organiser_key("session", token)
    now = parts.clock.now()
    with parts.reading() as session:
        found = organisers.login(session, session_id)
    if found is None:
        return None
    row, who = found
    is_alive = logins.is_alive(row.created_at, row.seen_at, now, is_whole=row.is_whole)
    if who.disabled_at is not None or not is_alive:
        return None
    if row.is_whole and now - row.seen_at > dt.timedelta(minutes=1):
        transact(parts, lambda session: _see(session, session_id, now))
    return Login(
        id=row.id,
        organiser_id=who.id,
        email=email_of(parts, who),
        role=who.role,
        is_whole=row.is_whole,
        has_factor=who.totp_set_at is not None,
        is_fresh=row.is_whole and now - row.fresh_at < logins.FRESH,
        key=parts.keys.organiser_key("form", token),
    )


def _see(session: Session, session_id: str, now: dt.datetime) -> None:
    """Note that a session is in use; one that was ended meanwhile stays ended."""
    row = session.get(SessionRow, session_id)
    if row is not None:
        row.seen_at = now


def log_in(parts: Parts, email: str, password: str, network: str) -> str:
    """Check a password and begin a session that only a second factor makes whole; return its token.

    The same is refused, in the same time, for an account that is not there. Raises InputRefusedError (E-LOGIN),
    TooManyTriesError.
    """
    if len(password) > logins.MOST:
        raise InputRefusedError((Problem("password", "E-PASSWORD-LONG", {"most": str(logins.MOST)}),))
    tried = (key_of(parts, email), parts.keys.organiser_key("network", network))
    with parts.reading() as session:
        hold_tries(parts, session, *tried)
        row = organisers.by_key(session, tried[0])
    fits = parts.passwords.fits(password, row.password_hash if row is not None else "")
    if row is None or not fits or row.disabled_at is not None:
        fail(parts, *tried)
        log.warning("organiser.refused", step="password")
        raise refused("password", "E-LOGIN")
    if parts.passwords.is_old(row.password_hash):
        renewed = parts.passwords.hash(password)
        transact(parts, lambda session: _rehash(session, row.id, renewed))
    return transact(parts, lambda session: begin(parts, session, row.id, is_whole=False))


def _rehash(session: Session, organiser_id: str, hashed: str) -> None:
    row = organisers.by_id(session, organiser_id)
    if row is not None:
        row.password_hash = hashed


def begin(parts: Parts, session: Session, organiser_id: str, *, is_whole: bool) -> str:
    """Write down a new session and return its token, which is kept by the browser alone."""
    token = secrets.token_urlsafe(32)
    now = parts.clock.now()
    organisers.end_old_logins(session, now - logins.KEPT)
    session.add(
        SessionRow(
            id=parts.keys.organiser_key("session", token),
            organiser_id=organiser_id,
            is_whole=is_whole,
            created_at=now,
            seen_at=now,
            fresh_at=now,
        )
    )
    return token


def hold_tries(parts: Parts, session: Session, *keys: str) -> None:
    """Raise TooManyTriesError where an account or a network failed too often lately."""
    if not parts.settings.has_rate_limits:
        return
    since = parts.clock.now() - logins.WITHIN
    if any(organisers.count_attempts(session, key, since) >= logins.TRIES for key in keys):
        raise TooManyTriesError(int(logins.WITHIN.total_seconds()))


def refused(field: str, code: str) -> InputRefusedError:
    """Make the refusal of one field: a new one each time, for a raised error keeps the frames it came through."""
    return InputRefusedError((Problem(field, code),))


def fail(parts: Parts, *keys: str) -> None:
    """Write down that a try failed."""
    now = parts.clock.now()
    transact(parts, lambda session: session.add_all(AttemptRow(key=key, at=now) for key in keys))


def second_factor(parts: Parts, login: Login, code: str) -> str:
    """Check the code of a second factor, or a recovery code, and return the token of a new, whole session.

    Raises InputRefusedError (E-FACTOR), TooManyTriesError.
    """
    tried = parts.keys.organiser_key("factor", login.organiser_id)
    with parts.reading() as session:
        hold_tries(parts, session, tried)
    token = transact(parts, lambda session: _second(parts, session, login, code, tried))
    if token is None:
        fail(parts, tried)
        log.warning("organiser.refused", step="factor")
        raise refused("code", "E-FACTOR")
    return token


def _second(parts: Parts, session: Session, login: Login, code: str, tried: str) -> str | None:
    row = organisers.by_id(session, login.organiser_id)
    if (
        row is None
        or row.totp_set_at is None
        or not (take_step(parts, row, code) or _take_recovery(parts, session, row, code))
    ):
        return None
    organisers.forget_attempts(session, tried)
    organisers.forget_attempts(session, row.email_key)
    return enter(parts, session, row, login.id)


def enter(parts: Parts, session: Session, row: OrganiserRow, half: str) -> str:
    """Make a whole session under a new id in place of the half one."""
    old = session.get(SessionRow, half)
    if old is not None:
        session.delete(old)
    row.seen_at = parts.clock.now()
    note(parts, session, row.id, "organiser.entered", f"organiser {row.id}")
    return begin(parts, session, row.id, is_whole=True)


def take_step(parts: Parts, row: OrganiserRow, code: str) -> bool:
    """Take a code by time, each step once."""
    if row.totp_sealed is None:
        return False
    secret = parts.keys.open(row.totp_sealed, "organiser", "totp_sealed", row.id)
    step = passwords.step_of(secret, code, parts.clock.now())
    if step is None or step <= row.totp_step:
        return False
    row.totp_step = step
    return True


def _take_recovery(parts: Parts, session: Session, row: OrganiserRow, code: str) -> bool:
    """Take a recovery code, each once."""
    found = organisers.recovery(session, row.id, recovery_key(parts, row, code))
    if found is None:
        return False
    found.used_at = parts.clock.now()
    note(parts, session, row.id, "organiser.recovered", f"organiser {row.id}")
    return True


def recovery_key(parts: Parts, row: OrganiserRow, code: str) -> str:
    """Fingerprint a recovery code, however it was grouped or capitalised."""
    return parts.keys.organiser_key("recovery", f"{row.id} {''.join(code.split()).replace('-', '').lower()}")


def again(parts: Parts, login: Login, password: str, network: str) -> None:
    """Check the password once more, for what is sensitive. Raises InputRefusedError (E-LOGIN), TooManyTriesError."""
    tried = (parts.keys.organiser_key("again", login.organiser_id), parts.keys.organiser_key("network", network))
    with parts.reading() as session:
        hold_tries(parts, session, *tried)
        row = organisers.by_id(session, login.organiser_id)
    if row is None or not parts.passwords.fits(password[: logins.MOST + 1], row.password_hash):
        fail(parts, *tried)
        raise refused("password", "E-LOGIN")
    now = parts.clock.now()

    def work(session: Session) -> None:
        found = session.get(SessionRow, login.id)
        if found is not None:
            found.fresh_at = now

    transact(parts, work)


@dataclass(frozen=True, slots=True)
class Opened:
    """One of an organiser's own sessions; instants are aware UTC."""

    is_this: bool
    created_at: dt.datetime
    seen_at: dt.datetime


def logins_of(parts: Parts, login: Login) -> tuple[Opened, ...]:
    """List the living sessions of whoever is logged in, the newest first."""
    now = parts.clock.now()
    with parts.reading() as session:
        rows = organisers.logins(session, login.organiser_id)
    return tuple(
        Opened(one.id == login.id, one.created_at, one.seen_at)
        for one in rows
        if logins.is_alive(one.created_at, one.seen_at, now, is_whole=one.is_whole)
    )


def leave(parts: Parts, login: Login, *, everywhere: bool = False) -> None:
    """End this session, or all others of the same organiser."""

    def work(session: Session) -> None:
        if everywhere:
            organisers.end_logins(session, login.organiser_id, but=login.id)
            return
        row = session.get(SessionRow, login.id)
        if row is not None:
            session.delete(row)

    transact(parts, work)
