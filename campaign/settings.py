"""The settings of one installation: the only reader of the environment."""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from campaign.errors import SettingsError

_MAIL_FROM = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:]+")
_SELECTOR = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
_DEFAULT_MAIL_FROM = "letters@campaign.example"
SECRET_BYTES = 32  # the least that a secret must hold


@dataclass(frozen=True, slots=True)
class SmtpUrl:
    """Where live mail is handed over; the password never shows in a representation."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Literal["starttls", "implicit", "none"]


@dataclass(frozen=True, slots=True)
class BounceUrl:
    """The mailbox that mail which came back is read from, by IMAP; the password never shows."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Literal["starttls", "implicit", "none"]
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, checked. `secret_key` is empty when the embedded database's home is to keep one."""

    home: Path
    database_url: str
    base_url: str
    secret_key: str = field(repr=False)
    delivery: Literal["outbox", "live"]
    smtp_url: SmtpUrl | None
    mail_from: str
    has_rate_limits: bool
    log: Literal["console", "json"]
    retry_seconds: int
    lease_seconds: int
    letters_per_hour: int
    proxies: int
    test_to: str
    bounce_address: str
    bounce_url: BounceUrl | None
    dkim_selector: str
    metrics_token: str = field(repr=False)

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the SQLite file in the home."""
        return self.database_url.startswith("sqlite")

    @property
    def is_loopback(self) -> bool:
        """Whether the base address is this machine's own, so that only people at it can come."""
        return is_loopback_host(urlsplit(self.base_url).hostname or "")

    @property
    def has_mailbox(self) -> bool:
        """Whether kept mails may be shown at /mailbox/."""
        return self.delivery == "outbox" and self.is_loopback


def is_loopback_host(host: str) -> bool:
    """Tell whether a host name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class _Reader:
    """Reads values one by one and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.wrong: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.environment.get(f"CAMPAIGN_{name}", "").strip() or default

    def refuse(self, name: str, expected: str) -> None:
        self.wrong.append(f"CAMPAIGN_{name}: {expected}")

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, choices[0])
        if value not in choices:
            self.refuse(name, f"expected {' or '.join(choices)}")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            self.refuse(name, f"expected a whole number from {least} to {most}")
            return default
        return int(value)

    def checked(self, name: str, default: str, is_good: Callable[[str], bool], expected: str) -> str:
        value = self.text(name, default)
        if not is_good(value):
            self.refuse(name, expected)
        return value


def read_settings(
    environment: Mapping[str, str] | None = None, *, host: str = "127.0.0.1", port: int = 8000
) -> Settings:
    """Read and check every setting; `host` and `port` give the default base address while serving.

    Raises SettingsError naming every wrong setting at once.
    """
    reader = _Reader(os.environ if environment is None else environment)
    home = Path(
        reader.checked("HOME", "./var", _is_home, "expected a folder, or a place where one can be made")
    ).absolute()
    database_url = reader.checked(
        "DATABASE_URL",
        f"sqlite:///{home / 'campaign.sqlite3'}",
        _is_database_url,
        "expected sqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST:PORT/NAME",
    )
    settings = Settings(
        home=home,
        database_url=database_url,
        base_url=_base_url(reader, host, port),
        secret_key=_secret_key(reader, database_url),
        **_mail(reader),
        has_rate_limits=reader.choice("RATE_LIMITS", ("on", "off")) == "on",
        log="json" if reader.choice("LOG", ("console", "json")) == "json" else "console",
        retry_seconds=reader.number("RETRY_SECONDS", 60, 1, 86_400),
        lease_seconds=reader.number("LEASE_SECONDS", 60, 1, 86_400),
        letters_per_hour=reader.number("LETTERS_PER_HOUR", 120, 0, 1_000_000),
        proxies=reader.number("PROXIES", 0, 0, 10),
        metrics_token=reader.text("METRICS_TOKEN"),
    )
    if reader.wrong:
        raise SettingsError("\n".join(reader.wrong))
    return settings


def _mail(reader: _Reader) -> dict[str, Any]:
    """Read how mail leaves, and where what comes back is looked for."""
    delivery = reader.choice("DELIVERY", ("outbox", "live"))
    return {
        "delivery": "live" if delivery == "live" else "outbox",
        "smtp_url": _smtp_url(reader, delivery),
        "mail_from": _mail_from(reader, delivery),
        "test_to": _address(reader, "TEST_TO"),
        "bounce_address": _address(reader, "BOUNCE_ADDRESS"),
        "bounce_url": _bounce_url(reader),
        "dkim_selector": reader.checked("DKIM_SELECTOR", "", _is_selector, "expected a selector, such as mail2026"),
    }


def _base_url(reader: _Reader, host: str, port: int) -> str:
    default = ""
    if is_loopback_host(host):
        default = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    value = reader.text("BASE_URL", default).rstrip("/")
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in ("http", "https") and _is_host(parts.hostname or "") and parts.port != 0
        is_bare = not (parts.path or parts.query or parts.fragment or parts.username)
    except ValueError:
        is_good = is_bare = False
    if not value:
        reader.refuse("BASE_URL", "must be set, since this address is not a loopback one: https://HOST")
    elif not (is_good and is_bare):
        reader.refuse("BASE_URL", "expected http(s)://HOST or http(s)://HOST:PORT without a path")
    return value


def _is_home(folder: str) -> bool:
    """Whether a folder is there, or can be made: the nearest thing above it that is there must be one."""
    place = Path(folder).absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    return place.is_dir() and os.access(place, os.W_OK)


def _is_host(host: str) -> bool:
    return bool(_HOST.fullmatch(host)) or is_loopback_host(host)


def _is_database_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        if parts.scheme == "sqlite":
            return url.startswith("sqlite:///") and bool(parts.path.strip("/"))
        return parts.scheme == "postgresql+psycopg" and parts.port != 0 and bool(parts.path.strip("/"))
    except ValueError:
        return False


def _secret_key(reader: _Reader, database_url: str) -> str:
    value = reader.text("SECRET_KEY")
    if not value:
        if not database_url.startswith("sqlite"):
            reader.refuse("SECRET_KEY", f"must be set with this database, at least {SECRET_BYTES} bytes")
        return ""
    if len(value.encode()) < SECRET_BYTES:
        reader.refuse("SECRET_KEY", f"expected at least {SECRET_BYTES} random bytes")
    return value


def _mail_from(reader: _Reader, delivery: str) -> str:
    value = reader.text("MAIL_FROM", "" if delivery == "live" else _DEFAULT_MAIL_FROM)
    if not _MAIL_FROM.fullmatch(value):
        reader.refuse("MAIL_FROM", "expected one plain address of the campaign's own domain")
    return value


def _address(reader: _Reader, name: str) -> str:
    """Read an address that may be left empty."""
    return reader.checked(
        name, "", lambda value: not value or bool(_MAIL_FROM.fullmatch(value)), "expected one plain address"
    )


def _is_selector(value: str) -> bool:
    return not value or bool(_SELECTOR.fullmatch(value))


def _bounce_url(reader: _Reader) -> BounceUrl | None:
    value = reader.text("BOUNCE_URL")
    if not value:
        return None
    try:
        parts = urlsplit(value)
        query = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
        tls = query.pop("tls", ["implicit"])[0]
        port = parts.port or {"starttls": 143, "implicit": 993, "none": 143}[tls]
        if parts.scheme != "imap" or not (parts.hostname and parts.username and parts.password) or query:
            raise ValueError(value)
        return BounceUrl(
            host=parts.hostname,
            port=port,
            user=unquote(parts.username),
            password=unquote(parts.password),
            tls="starttls" if tls == "starttls" else "none" if tls == "none" else "implicit",
            folder=unquote(parts.path.strip("/")) or "INBOX",
        )
    except (ValueError, KeyError):
        reader.refuse("BOUNCE_URL", "expected imap://USER:PASSWORD@HOST:PORT/FOLDER?tls=implicit|starttls|none")
        return None


def _smtp_url(reader: _Reader, delivery: str) -> SmtpUrl | None:
    value = reader.text("SMTP_URL")
    expected = "expected smtp://USER:PASSWORD@HOST:PORT?tls=starttls|implicit|none"
    if not value:
        if delivery == "live":
            reader.refuse("SMTP_URL", f"must be set while CAMPAIGN_DELIVERY is live; {expected}")
        return None
    try:
        parts = urlsplit(value)
        query = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
        tls = query.pop("tls", ["starttls"])[0]
        default_port = {"starttls": 587, "implicit": 465, "none": 25}[tls]
        if parts.scheme != "smtp" or not parts.hostname or query or parts.path not in ("", "/"):
            raise ValueError(value)
        return SmtpUrl(
            host=parts.hostname,
            port=parts.port or default_port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls="implicit" if tls == "implicit" else "none" if tls == "none" else "starttls",
        )
    except (ValueError, KeyError):
        reader.refuse("SMTP_URL", expected)
        return None


def pass_on(settings: Settings) -> None:
    """Put what was worked out from the command's own options into the environment of processes it starts."""
    os.environ["CAMPAIGN_HOME"] = str(settings.home)
    os.environ["CAMPAIGN_BASE_URL"] = settings.base_url
