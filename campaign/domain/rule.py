"""What organisers let in, keep out or hold for a look: kinds of rules, and which one holds."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from campaign.domain import address as addresses

Action = Literal["allow", "block"]
RuleKind = Literal["network", "domain", "address"]
WordKind = Literal["word", "threat"]
ReviewStatus = Literal["", "held", "approved", "trimming", "trimmed", "refused"]

ACTIONS: tuple[Action, ...] = ("allow", "block")
KINDS: tuple[RuleKind, ...] = ("network", "domain", "address")
WORD_KINDS: tuple[WordKind, ...] = ("word", "threat")
# Of a personal paragraph: nothing to look at; waits for a look; may leave; its signer is asked whether it may leave
# in other words; they said yes; it does not leave.
REVIEWS: tuple[ReviewStatus, ...] = ("", "held", "approved", "trimming", "trimmed", "refused")

WIDEST = {4: 8, 6: 19}  # bits that a network's prefix must have: wider ones hold whole regions of the world
MAX_REASON = 500
_MAPPED = ipaddress.ip_network("::ffff:0:0/96")  # IPv4 in IPv6's clothes; visitors there are taken as IPv4
_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gov", "mil", "ne", "net", "or", "org"))  # .co.uk and its like
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of a list, as it is held against somebody who signs."""

    action: Action
    kind: RuleKind
    value: str


def network(typed: str) -> str | None:
    """Write a network as CIDR, host bits away; None for what is none, or is too wide."""
    try:
        found = ipaddress.ip_network(typed.strip(), strict=False)
    except ValueError:
        return None
    if found.prefixlen < WIDEST[found.version] or (found.version == 6 and _MAPPED.overlaps(found)):
        return None
    return str(found)


def domain(typed: str) -> str | None:
    """Write a domain, or a pattern for everything below one (`*.example.org`), in lower-case ASCII; None for others.

    A star stands alone in front of at least two labels, and not of a registry's own (`*.org`, `*.co.uk`).
    """
    said = typed.strip().lower().removeprefix("@").removesuffix(".")
    star, rest = ("*.", said[2:]) if said.startswith("*.") else ("", said)
    try:
        rest = rest.encode("idna").decode("ascii") if not rest.isascii() else rest
    except UnicodeError:
        return None
    labels = rest.split(".")
    if len(rest) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(one) for one in labels):
        return None
    if labels[-1].isdigit() or (star and is_registry(rest)):
        return None
    return star + rest


def is_registry(name: str) -> bool:
    """Tell whether names below a domain are anybody's, as below `org` or `co.uk`."""
    labels = name.split(".")
    return len(labels) == 1 or (len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SECOND_LEVEL)


def is_giant(value: str) -> bool:
    """Tell whether a domain is a provider where millions have their mail."""
    return addresses.is_free(value.removeprefix("*."))


def domains_over(name: str) -> tuple[str, ...]:
    """Every value of a rule that a mail domain falls under, the finest first: itself, then patterns over it."""
    labels = name.lower().split(".")
    above = (".".join(labels[at:]) for at in range(1, len(labels) - 1))
    return (name.lower(), *(f"*.{one}" for one in above))


def networks_over(client: str) -> tuple[str, ...]:
    """Every value of a rule that a client's address falls under, the finest first; none for what is no address."""
    try:
        found = ipaddress.ip_address(client)
    except ValueError:
        return ()
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or ipaddress.IPv6Address(int(found))  # without its scope
    lengths = range(found.max_prefixlen, WIDEST[found.version] - 1, -1)
    return tuple(str(ipaddress.ip_network(f"{found}/{bits}", strict=False)) for bits in lengths)


def around(client: str) -> str:
    """The network that a client's address is counted under: its /24, of IPv6 its /56; what is no address, as it is."""
    over = networks_over(client)
    return next((one for one in over if one.endswith("/56" if ":" in one else "/24")), client)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lists say of somebody who signs."""

    blocked_by: RuleKind | None = None
    is_network_allowed: bool = False
    is_domain_allowed: bool = False


def verdict(rules: Iterable[Rule], over: dict[RuleKind, tuple[str, ...]]) -> Verdict:
    """Say which rules hold for somebody, given every value they fall under by kind, the finest first.

    Of one kind the finest rule decides; where two are as fine, the one that blocks. A rule about the address decides
    over all others; else either of network and domain is enough to block.
    """
    found: dict[RuleKind, Action] = {}
    by_value = {(one.kind, one.value): one.action for one in sorted(rules, key=lambda one: one.action)}
    for kind, values in over.items():
        held = next((action for value in values if (action := by_value.get((kind, value)))), None)
        if held is not None:
            found[kind] = held
    decided: tuple[RuleKind, ...] = ("address",) if "address" in found else ("network", "domain")
    return Verdict(
        blocked_by=next((kind for kind in decided if found.get(kind) == "block"), None),
        is_network_allowed=found.get("network") == "allow",
        is_domain_allowed=found.get("domain") == "allow",
    )
