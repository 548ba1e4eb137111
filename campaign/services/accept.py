"""Accept: an invitation becomes an account: a password, a second factor, and recovery codes."""

import secrets

from sqlalchemy.orm import Session

from campaign.domain import login as logins
from campaign.errors import InputRefusedError, Problem, TokenError
from campaign.models.organiser import OrganiserRow, RecoveryRow
from campaign.outside import passwords
from campaign.parts import Parts
from campaign.queries import organiser as organisers
from campaign.services.enter import Login, begin, enter, fail, hold_tries, recovery_key, refused, take_step
from campaign.services.invite import email_of
from campaign.services.note import note
from campaign.services.transact import transact


def invited(parts: Parts, token: str) -> str:
    """Say whose an invitation is, by address; nothing changes.

    Raises TokenError when it is used, old or not genuine.
    """
    with parts.reading() as session:
        return email_of(parts, _invited(parts, session, token))


def _invited(parts: Parts, session: Session, token: str) -> OrganiserRow:
    read = parts.keys.read_token("invitation", token)
    row = organisers.by_id(session, read.row_id)
    ends = row.invite_expires_at if row is not None else None
    if row is None or ends is None or ends <= parts.clock.now() or read.generation != row.invite_generation:
        raise TokenError("invitation")
    return row


def accept(parts: Parts, token: str, password: str) -> str:
    """Set the first password by an invitation, which is used up with it; return the token of a half session.

    Raises TokenError, InputRefusedError.
    """
    email = invited(parts, token)
    hashed = _hashed(parts, password, email)

    def work(session: Session) -> str:
        row = _invited(parts, session, token)
        row.password_hash = hashed
        row.invite_expires_at = None
        note(parts, session, row.id, "organiser.accepted", f"organiser {row.id}")
        return begin(parts, session, row.id, is_whole=False)

    return transact(parts, work)


def _hashed(parts: Parts, password: str, email: str) -> str:
    code = logins.length_fault(password)
    if code is None and passwords.is_guessed(password, email, email.partition("@")[0]):
        code = "E-PASSWORD-GUESSED"
    if code is not None:
        raise InputRefusedError((Problem("password", code, {"least": str(logins.LEAST), "most": str(logins.MOST)}),))
    return parts.passwords.hash(password)


def new_factor(parts: Parts, login: Login) -> tuple[str, str]:
    """Make, or show again, the second factor that a half session is setting up: its secret, and its otpauth address."""

    def work(session: Session) -> str:
        row = organisers.by_id(session, login.organiser_id)
        if row is None or row.totp_set_at is not None:
            raise TokenError("factor")
        if row.totp_sealed is None:
            row.totp_sealed = parts.keys.seal(passwords.new_factor(), "organiser", "totp_sealed", row.id)
        return parts.keys.open(row.totp_sealed, "organiser", "totp_sealed", row.id)

    secret = transact(parts, work)
    return secret, passwords.factor_address(secret, login.email, "Campaign")


def set_factor(parts: Parts, login: Login, code: str) -> tuple[str, tuple[str, ...]]:
    """Prove the second factor by its first code: the token of a whole session, and ten recovery codes, shown once.

    Raises InputRefusedError (E-FACTOR), TooManyTriesError.
    """
    tried = parts.keys.organiser_key("factor", login.organiser_id)
    with parts.reading() as session:
        hold_tries(parts, session, tried)
    codes = tuple(_recovery_code() for _ in range(logins.RECOVERY_CODES))

    def work(session: Session) -> str | None:
        row = organisers.by_id(session, login.organiser_id)
        if row is None or row.totp_set_at is not None or not take_step(parts, row, code):
            return None
        row.totp_set_at = parts.clock.now()
        organisers.drop_recovery(session, row.id)
        session.add_all(RecoveryRow(organiser_id=row.id, key=recovery_key(parts, row, one)) for one in codes)
        note(parts, session, row.id, "organiser.factor", f"organiser {row.id}")
        return enter(parts, session, row, login.id)

    token = transact(parts, work)
    if token is None:
        fail(parts, tried)
        raise refused("code", "E-FACTOR")
    return token, codes


def _recovery_code() -> str:
    word = secrets.token_hex(10)
    return "-".join(word[at : at + 5] for at in range(0, 20, 5))


def set_password(parts: Parts, login: Login, password: str) -> str:
    """Change one's own password; every session ends, and the token of a new one is returned.

    Raises InputRefusedError.
    """
    hashed = _hashed(parts, password, login.email)

    def work(session: Session) -> str:
        row = organisers.by_id(session, login.organiser_id)
        if row is None:
            raise TokenError("organiser")
        row.password_hash = hashed
        organisers.end_logins(session, row.id)
        note(parts, session, row.id, "organiser.password", f"organiser {row.id}")
        return begin(parts, session, row.id, is_whole=True)

    return transact(parts, work)
