"""Mail over SMTP: each step of a hand-over taken apart, so that it is known how far a message came.

What smtplib does in one call cannot be told apart afterwards: a drop before DATA, one after it and a timeout
after it are the same exception. Here every answer is judged at its step (RFC 5321, 4.2.1 and 4.3.2):

=============  ===========  ===========  ===========  ==================================================
step           2xx (354)    4xx          5xx          no answer, or one that is none
=============  ===========  ===========  ===========  ==================================================
up to login    goes on      UNREACHABLE  UNREACHABLE  UNREACHABLE
MAIL           goes on      TEMPORARY    UNREACHABLE  TEMPORARY (a kept session: once more on a new one)
RCPT           goes on      TEMPORARY    REFUSED      TEMPORARY
DATA           goes on      TEMPORARY    REFUSED      TEMPORARY, for no byte of the message has gone
the message    ACCEPTED     TEMPORARY    REFUSED      UNKNOWN
=============  ===========  ===========  ===========  ==================================================

A permanent no to MAIL is about our own sender address or our standing with the relay, the same for every
message; were it REFUSED, one wrong setting would use up every letter in the queue. So it counts as "no usable
session", and so do 503, 530 and 538 at any step: out of step, login wanted, encryption wanted.
"""

import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass

from campaign.errors import MessageBlockedError
from campaign.outside.mail.mailer import Handover, Message, Outcome
from campaign.outside.mail.message import ready
from campaign.outside.mail.session import (
    Dialling,
    NoSessionError,
    close_session,
    open_session,
    reason_of,
)
from campaign.settings import SmtpUrl

_ABOUT_US = frozenset({503, 530, 538})
_CLOSING = 421


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long things may take, in seconds, and how much one session carries.

    `final_seconds` is the wait for the answer to a whole message: RFC 5321 (4.5.3.2.6) asks for ten minutes,
    a worker's lease for much less. A session idle for longer than `idle_seconds` is not trusted to be alive.
    """

    step_seconds: float = 20.0
    final_seconds: float = 40.0
    idle_seconds: float = 30.0
    messages_per_session: int = 100


USUAL_PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Probe:
    """What the relay says of itself to a session without a message."""

    is_usable: bool
    reason: str = ""
    is_encrypted: bool = False
    is_logged_in: bool = False
    has_smtputf8: bool = False
    max_bytes: int = 0  # 0: the server names no limit


class SmtpMailer:
    """Hands messages to one relay, one recipient each, over a session that is kept between them.

    Not for two threads at once. Its representation and its reasons hold neither the password nor an address.
    """

    def __init__(
        self,
        relay: SmtpUrl,
        *,
        patience: Patience = USUAL_PATIENCE,
        context: ssl.SSLContext | None = None,
        ehlo_name: str | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Connect to nothing yet; without a context, certificates are held against the system's store."""
        self._relay = relay
        self._patience = patience
        self._dialling = Dialling(
            context=context or ssl.create_default_context(),
            step_seconds=patience.step_seconds,
            ehlo_name=ehlo_name,
        )
        self._seconds = seconds
        self._session: smtplib.SMTP | None = None
        self._used_at = 0.0  # by the clock `seconds`
        self._count = 0

    def hand_over(self, message: Message, before_data: Callable[[], bool]) -> Handover:
        """Hand one message over; see Mailer. What `before_data` raises goes on up, the session dropped."""
        try:
            raw = ready(message)
        except MessageBlockedError as error:
            return Handover(Outcome.BLOCKED, str(error))
        try:
            return self._mail(message.envelope_from) or self._rcpt(message.to_address) or self._data(raw, before_data)
        except NoSessionError as error:
            return Handover(Outcome.UNREACHABLE, error.reason)
        except BaseException:
            self._drop()
            raise

    def close(self) -> None:
        """Say QUIT to the server, if there is a session."""
        session, self._session = self._session, None
        if session is not None:
            close_session(session)

    def probe(self) -> Probe:
        """Open a session of its own up to the login and close it again, to see whether mail could leave."""
        try:
            session = open_session(self._relay, self._dialling)
        except NoSessionError as error:
            return Probe(is_usable=False, reason=error.reason)
        size = session.esmtp_features.get("size", "")
        has_smtputf8 = session.has_extn("smtputf8")
        close_session(session)
        return Probe(
            is_usable=True,
            is_encrypted=self._relay.tls != "none",
            is_logged_in=bool(self._relay.user),
            has_smtputf8=has_smtputf8,
            max_bytes=int(size) if size.isdecimal() else 0,
        )

    def _mail(self, sender: str) -> Handover | None:
        """Name the sender, on the kept session if it is still alive, else on a new one."""
        self._close_worn()
        was_kept = self._session is not None
        code, reason = self._ask("MAIL", f"MAIL FROM:<{sender}>")
        if was_kept and code in (0, _CLOSING):
            self._drop()
            code, reason = self._ask("MAIL", f"MAIL FROM:<{sender}>")
        if 200 <= code < 300:
            return None
        is_ours = 500 <= code < 600
        return self._ended(Outcome.UNREACHABLE if is_ours else Outcome.TEMPORARY, code, reason)

    def _rcpt(self, recipient: str) -> Handover | None:
        """Name the one recipient."""
        code, reason = self._ask("RCPT", f"RCPT TO:<{recipient}>")
        return None if 200 <= code < 300 else self._not_taken(code, reason)

    def _data(self, raw: bytes, before_data: Callable[[], bool]) -> Handover:
        """Ask whether DATA may be entered, enter it, and send the message."""
        if not before_data():
            self._reset()
            return Handover(Outcome.ABANDONED)
        code, reason = self._ask("DATA", "DATA")
        return self._body(raw) if code == 354 else self._not_taken(code, reason)

    def _body(self, raw: bytes) -> Handover:
        """Send the message and its final dot; from its first byte on only an answer tells its fate."""
        session = self._open()
        try:
            if session.sock is not None:
                session.sock.settimeout(self._patience.final_seconds)
            session.send(_stuffed(raw) + b".\r\n")
            code, _ = session.getreply()
            if session.sock is not None:
                session.sock.settimeout(self._patience.step_seconds)
        except OSError as error:
            self._drop()
            return Handover(Outcome.UNKNOWN, reason_of(error, "BODY"))
        self._used_at = self._seconds()
        self._count += 1
        if 200 <= code < 300:
            return Handover(Outcome.ACCEPTED, f"{code} BODY")
        if 400 <= code < 600:
            return self._not_taken(code, f"{code} BODY")
        return self._ended(Outcome.UNKNOWN, code, f"{code} BODY")

    def _ask(self, step: str, command: str) -> tuple[int, str]:
        """Give one command; return the answer's code and a reason, or code 0 with the session dropped."""
        session = self._open()
        try:
            code, _ = session.docmd(command)
        except OSError as error:
            self._drop()
            return 0, reason_of(error, step)
        self._used_at = self._seconds()
        return code, f"{code} {step}"

    def _not_taken(self, code: int, reason: str) -> Handover:
        """Judge an answer at a step after MAIL that is not a yes."""
        if code in _ABOUT_US:
            outcome = Outcome.UNREACHABLE
        else:
            outcome = Outcome.REFUSED if 500 <= code < 600 else Outcome.TEMPORARY
        return self._ended(outcome, code, reason)

    def _ended(self, outcome: Outcome, code: int, reason: str) -> Handover:
        """End a transaction without a yes; the session stays only after an orderly no."""
        if outcome in (Outcome.REFUSED, Outcome.TEMPORARY) and 400 <= code < 600 and code != _CLOSING:
            self._reset()
        else:
            self._drop()
        return Handover(outcome, reason)

    def _reset(self) -> None:
        """Take back sender and recipient, so that the next message begins afresh."""
        if self._session is not None and self._ask("RSET", "RSET")[0] != 250:
            self._drop()

    def _open(self) -> smtplib.SMTP:
        if self._session is None:
            self._session = open_session(self._relay, self._dialling)
            self._count = 0
        return self._session

    def _close_worn(self) -> None:
        """End a session that has idled or carried for so long that the server may end it by itself."""
        is_idle = self._seconds() - self._used_at > self._patience.idle_seconds
        if is_idle or self._count >= self._patience.messages_per_session:
            self.close()

    def _drop(self) -> None:
        """Close the connection without a word."""
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _stuffed(raw: bytes) -> bytes:
    """Double the dot at the start of a line (RFC 5321, 4.5.2); no message built here has one."""
    return (b"\r\n" + raw).replace(b"\r\n.", b"\r\n..")[2:]
