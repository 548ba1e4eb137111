"""What a mailer is: it takes a message's fields and says truthfully how far the hand-over came."""

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail. `name` is an ASCII slug with the ending of its kind: `letters.pdf`."""

    name: str
    content_type: Literal["application/pdf", "text/csv"]
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One mail to one mailbox, as fields; bytes are made only when it is handed over.

    `date` is an aware UTC instant. `language` is a BCP 47 code. Empty strings mean: no such header.
    The envelope goes from `envelope_from` to `to_address` and to nobody else. A mail with files has no HTML.
    `in_reply_to` is the Message-ID of the mail that this one follows, with or without its angle brackets.
    """

    envelope_from: str
    from_name: str
    from_address: str
    to_name: str = ""
    to_address: str
    reply_to_name: str = ""
    reply_to_address: str = ""
    subject: str
    text: str
    html: str = ""
    language: str
    message_id: str
    date: dt.datetime
    is_automatic: bool = False
    unsubscribe_url: str = ""
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: str = ""


class Outcome(enum.Enum):
    """How a hand-over ended, in terms of what may be done next."""

    ACCEPTED = "accepted"  # the server said yes to the whole message
    TEMPORARY = "temporary"  # nothing was taken; try again later
    REFUSED = "refused"  # a permanent no
    UNKNOWN = "unknown"  # the message may have been taken; never send it again by machine
    ABANDONED = "abandoned"  # before_data said no; nothing was sent
    BLOCKED = "blocked"  # the finished message is not what its fields say; nothing was sent
    UNREACHABLE = "unreachable"  # no usable session with the server at all: TLS, login, connection; nothing was sent


@dataclass(frozen=True, slots=True)
class Handover:
    """How a hand-over ended, and a short reason without anybody's data (`450 RCPT`, `drop MAIL`)."""

    outcome: Outcome
    reason: str = ""


class Mailer(Protocol):
    """Hands messages over, one at a time."""

    def hand_over(self, message: Message, before_data: Callable[[], bool]) -> Handover:
        """Bring the message to the point before DATA, ask `before_data`, and only after a yes send it.

        `before_data` writes down that DATA is about to be entered; it returns False when the caller has lost
        its claim on the message, and then nothing is sent.
        """
        ...

    def close(self) -> None:
        """End the session with the server, if there is one."""
        ...
