"""A session with the relay: connected, greeted, sealed by TLS and logged in, or a short reason why not."""

import base64
import smtplib
import socket
import ssl
from dataclasses import dataclass

from campaign.settings import SmtpUrl

QUIT_SECONDS = 5.0


class NoSessionError(Exception):
    """There is no usable session; `reason` is a code or a kind of fault and a step, never the server's words.

    It does not leave this floor: the mailer turns it into the outcome UNREACHABLE.
    """

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialling:
    """How to reach the relay: what certificates are held against, how long a step may take, our name."""

    context: ssl.SSLContext
    step_seconds: float
    ehlo_name: str | None


def open_session(relay: SmtpUrl, dialling: Dialling) -> smtplib.SMTP:
    """Connect, greet, start TLS where asked (RFC 3207, RFC 8314) and log in.

    A session without TLS where TLS was asked for never comes out of here, and no password goes into one.
    Raises NoSessionError, with the connection closed.
    """
    step = "CONNECT"
    session: smtplib.SMTP | None = None
    try:
        session = _connected(relay, dialling)
        step = "EHLO"
        session.ehlo_or_helo_if_needed()
        if relay.tls == "starttls":
            step = "STARTTLS"
            session.starttls(context=dialling.context)
            step = "EHLO"
            session.ehlo_or_helo_if_needed()
        if relay.user:
            step = "AUTH"
            _log_in(session, relay)
    except (OSError, ValueError) as error:
        if session is not None:
            session.close()
        # Without the cause: its text and its locals may hold the password or the server's words.
        raise NoSessionError(reason_of(error, step)) from None
    return session


def _connected(relay: SmtpUrl, dialling: Dialling) -> smtplib.SMTP:
    """Connect and read the greeting; with implicit TLS the certificate is checked before a word is said."""
    if relay.tls == "implicit":
        return smtplib.SMTP_SSL(
            relay.host,
            relay.port,
            local_hostname=dialling.ehlo_name,
            timeout=dialling.step_seconds,
            context=dialling.context,
        )
    return smtplib.SMTP(relay.host, relay.port, local_hostname=dialling.ehlo_name, timeout=dialling.step_seconds)


def _log_in(session: smtplib.SMTP, relay: SmtpUrl) -> None:
    """Log in; a name or password with other letters than ASCII as PLAIN in UTF-8 (RFC 4616), unknown to smtplib."""
    if relay.user.isascii() and relay.password.isascii():
        session.login(relay.user, relay.password)
        return
    if not session.has_extn("auth"):
        raise smtplib.SMTPNotSupportedError
    credentials = f"\0{relay.user}\0{relay.password}".encode()
    code, _ = session.docmd("AUTH", f"PLAIN {base64.b64encode(credentials).decode()}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, b"")


def close_session(session: smtplib.SMTP) -> None:
    """Say QUIT and close; what the server makes of it no longer matters."""
    try:
        if session.sock is not None:
            session.sock.settimeout(QUIT_SECONDS)
        session.quit()
    except OSError:
        session.close()


def reason_of(error: Exception, step: str) -> str:
    """Name a fault and its step: `421 CONNECT`, `timeout BODY`, `certificate STARTTLS`, `no AUTH`."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {step}"
    # smtplib raises one class for a drop and a timeout; the cause tells them apart.
    causes = (error, error.__context__)
    kinds: tuple[tuple[type[BaseException], str], ...] = (
        (ssl.SSLCertVerificationError, "certificate"),
        (ssl.SSLError, "tls"),
        (TimeoutError, "timeout"),
        (socket.gaierror, "dns"),
        (ConnectionRefusedError, "refused"),
        (smtplib.SMTPServerDisconnected, "drop"),
        (smtplib.SMTPException, "no"),  # not offered: STARTTLS, AUTH, or a way to log in that both know
        (OSError, "drop"),
    )
    found = (name for kind, name in kinds if any(isinstance(cause, kind) for cause in causes))
    return f"{next(found, 'fault')} {step}"
