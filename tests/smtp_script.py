"""What a scripted SMTP server is told to do, and what it writes down."""

import email
import email.policy
import enum
from dataclasses import dataclass
from email.message import EmailMessage


class Phase(enum.Enum):
    """A moment at which the server answers; MIDDLE is after 354, before it reads the message."""

    CONNECT = 220
    EHLO = 250
    STARTTLS = 2200
    AUTH = 235
    MAIL = 2500
    RCPT = 2501
    DATA = 354
    MIDDLE = 0
    BODY = 2502
    RSET = 2503
    QUIT = 221

    @property
    def usual(self) -> int:
        return int(str(self.value)[:3])


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do at a phase: answer with a code (0: the usual one), close without a word, or stay silent."""

    code: int = 0
    text: str = "as the script says"
    is_drop: bool = False
    is_hang: bool = False
    delay_seconds: float = 0.0


USUAL = Answer()
DROP = Answer(is_drop=True)
HANG = Answer(is_hang=True)


def reply(code: int, text: str = "as the script says", delay_seconds: float = 0.0) -> Answer:
    """Answer with a code, at once or after a while."""
    return Answer(code=code, text=text, delay_seconds=delay_seconds)


@dataclass(frozen=True, slots=True)
class Taken:
    """One message whose final dot was read: its envelope, its bytes without stuffed dots, the answer given.

    `code` is 0 where the script gave no answer at all.
    """

    session: int
    sender: str
    recipients: tuple[str, ...]
    data: bytes
    is_encrypted: bool
    user: str
    code: int

    @property
    def message(self) -> EmailMessage:
        """The message as a modern reader takes it."""
        return email.message_from_bytes(self.data, policy=email.policy.default)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Line:
    """One command line as it came over the wire."""

    session: int
    is_encrypted: bool
    text: str
