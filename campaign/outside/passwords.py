"""Passwords and second factors: argon2id (RFC 9106), an estimate of guesses, and codes by time (RFC 6238)."""

import datetime as dt
import hmac
import io
import unicodedata

import pyotp
import segno
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

_LOOKED_AT = 72  # characters that are weighed: more of them only make it stronger
_ENOUGH = 3  # of 0 to 4: not to be guessed in a hundred million tries
_STEP = 30  # seconds a code lasts; one step before and after is taken too


class Passwords:
    """Hashes and checks passwords; a check takes as long for an account that is not there."""

    def __init__(self, memory_kib: int = 19_456, rounds: int = 2) -> None:
        """Take OWASP's setting of argon2id: 19 MiB, two rounds, one lane."""
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Hash a password with a salt of its own."""
        return self._hasher.hash(password)

    def fits(self, password: str, hashed: str) -> bool:
        """Tell whether a password is the one that was hashed; an empty hash fits none, in the same time."""
        try:
            self._hasher.verify(hashed or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return bool(hashed)

    def is_old(self, hashed: str) -> bool:
        """Tell whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(hashed)


def is_guessed(password: str, *about: str) -> bool:
    """Tell whether a password is one that guessers try early: common, patterned, or made of what is known."""
    found = zxcvbn(password[:_LOOKED_AT], user_inputs=[*about, "campaign"])
    return found["score"] < _ENOUGH


def new_factor() -> str:
    """Make the secret of a second factor: 32 letters and digits of base 32, 160 random bits."""
    return pyotp.random_base32()


def factor_address(secret: str, email: str, issuer: str) -> str:
    """Write the otpauth address that an authenticator reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def drawn(address: str) -> str:
    """Draw an address as a QR code: SVG with the sizes as attributes, nothing inline that a CSP forbids."""
    made = io.BytesIO()
    segno.make_qr(address, error="m").save(
        made, kind="svg", scale=5, border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return made.getvalue().decode()


def step_of(secret: str, code: str, now: dt.datetime) -> int | None:
    """Say of which step of time a code is, one before and after now included; None when of none.

    Spaces are left out and digits of any script are read. Whether the step was used before is for the caller.
    """
    digits = "".join(str(unicodedata.digit(one, 0)) for one in code if not one.isspace())
    if len(digits) != 6 or any(unicodedata.digit(one, None) is None for one in code if not one.isspace()):
        return None
    current = int(now.timestamp()) // _STEP
    factor = pyotp.TOTP(secret)
    fitting = [
        step for step in (current - 1, current, current + 1) if hmac.compare_digest(factor.at(step * _STEP), digits)
    ]
    return fitting[-1] if fitting else None
