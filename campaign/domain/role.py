"""Roles of organisers, and what each may do: one permission a page, a command or a key; none means nobody."""

from typing import Literal

Role = Literal["owner", "campaigner", "editor", "privacy", "viewer"]
Permission = Literal[
    "self", "counts", "texts", "offices", "moderate", "audit", "people", "campaigns", "organisers", "keys"
]

ROLES: tuple[Role, ...] = ("owner", "campaigner", "editor", "privacy", "viewer")
_EVERYBODY = frozenset(ROLES)

# self: one's own password, second factor and sessions. people: exports of people, erasing, access.
ALLOWED: dict[Permission, frozenset[Role]] = {
    "self": _EVERYBODY,
    "counts": _EVERYBODY,
    "texts": frozenset({"owner", "campaigner", "editor"}),
    "offices": frozenset({"owner", "campaigner"}),
    "moderate": frozenset({"owner", "campaigner"}),
    "campaigns": frozenset({"owner", "campaigner"}),
    "audit": frozenset({"owner", "privacy"}),
    "people": frozenset({"owner", "privacy"}),
    "organisers": frozenset({"owner"}),
    "keys": frozenset({"owner"}),
}


def may(role: str, permission: Permission) -> bool:
    """Tell whether a role has a permission; an unknown role has none."""
    return role in ALLOWED[permission]
