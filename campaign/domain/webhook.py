"""What other programs are told of, where they may be called, and how long a call is tried.

Which addresses are anybody's: the special-purpose registries of IANA (RFC 6890), by exclusion. What carries one
address inside another (mapped, NAT64, 6to4, Teredo) is refused whole.
"""

import datetime as dt
import ipaddress
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Event = Literal[
    "signature.confirmed", "signature.withdrawn", "letter.finished", "alarm.raised", "batch.finished",
    "export.finished", "official.suspended", "test",
]  # fmt: skip
CallStatus = Literal["queued", "claimed", "done", "failed"]

EVENTS: tuple[Event, ...] = (
    "signature.confirmed", "signature.withdrawn", "letter.finished", "alarm.raised", "batch.finished",
    "export.finished", "official.suspended", "test",
)  # fmt: skip
CALL_STATUSES: tuple[CallStatus, ...] = ("queued", "claimed", "done", "failed")

MAX_URL = 500
PORT = 443
# Waits after each failed try of a call; after the last it is given up.
WAITS = tuple(dt.timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 720, 1440))
REST_AFTER = 5  # failures in a row
RESTS = tuple(dt.timedelta(minutes=one) for one in (10, 30, 60, 180, 360))
ALARM_AFTER = 8  # failures in a row, about two hours of them: a person has to look
GIVE_UP_AFTER = dt.timedelta(days=5)
KEEP_CALLS = dt.timedelta(days=30)

_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NOWHERE = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion", "invalid")
_PRINTABLE = re.compile(r"[!-~]+")  # ASCII without space
_INSIDE = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_WORLD = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that is anybody's so far


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes: a host's name in lower case, and path with query, as they are sent."""

    host: str
    path: str


def target(url: str) -> Target | None:
    """Read an address that may be called; None where it may not: https at a name, at port 443, and nothing else."""
    if len(url) > MAX_URL or not _PRINTABLE.fullmatch(url) or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    is_plain = parts.scheme == "https" and port in (None, PORT) and "#" not in url and "@" not in parts.netloc
    if not is_plain or not _NAME.fullmatch(host) or host.rpartition(".")[2] in _NOWHERE:
        return None
    return Target(host, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one that anybody on the internet may own; anything else is inside."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and (found.scope_id or found not in _WORLD):
        return False
    return found.is_global and not any(found.version == one.version and found in one for one in _INSIDE)


def wait_after(attempts: int) -> dt.timedelta | None:
    """How long to wait after so many failed tries of a call; None when it is given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def rest_after(failures: int) -> dt.timedelta | None:
    """How long a webhook rests after so many failures in a row; None while it need not."""
    if failures < REST_AFTER:
        return None
    return RESTS[min(failures - REST_AFTER, len(RESTS) - 1)]
