"""The drawn arrows: the only ways a signature, or anything on its way by mail, changes its status."""

from typing import Literal

SignatureStatus = Literal["pending", "confirmed", "withdrawn", "invalidated", "erased"]
DispatchStatus = Literal[
    "held", "queued", "claimed", "in_data", "accepted", "refused", "unknown", "cancelled", "blocked", "bounced",
    "complained",
]  # fmt: skip

SIGNATURE_STATUSES: tuple[SignatureStatus, ...] = (
    "pending",
    "confirmed",
    "withdrawn",
    "invalidated",
    "erased",
)
DISPATCH_STATUSES: tuple[DispatchStatus, ...] = (
    "held", "queued", "claimed", "in_data", "accepted", "refused", "unknown", "cancelled", "blocked", "bounced",
    "complained",
)  # fmt: skip

SIGNATURE_ARROWS = frozenset(
    {
        ("pending", "confirmed"),
        ("pending", "erased"),
        ("confirmed", "withdrawn"),
        ("confirmed", "invalidated"),
        ("withdrawn", "erased"),
        ("invalidated", "erased"),
        ("invalidated", "confirmed"),  # a batch was undone
        ("invalidated", "withdrawn"),  # its supporter took it back while it was out of the count
    }
)
DISPATCH_ARROWS = frozenset(
    {
        ("held", "queued"),
        ("held", "cancelled"),
        ("queued", "claimed"),
        ("queued", "cancelled"),
        ("queued", "held"),  # its office was suspended: the mailbox does not take mail
        ("claimed", "queued"),  # its worker died or the server said later: nothing was sent
        ("claimed", "in_data"),
        ("claimed", "refused"),
        ("claimed", "blocked"),
        ("claimed", "cancelled"),
        ("in_data", "accepted"),
        ("in_data", "refused"),
        ("in_data", "queued"),  # the server said later to the whole message: nothing was taken
        ("in_data", "unknown"),
        ("cancelled", "queued"),  # a batch was undone: its letters go on where they stood
        ("cancelled", "held"),
        ("unknown", "queued"),  # by a person, never by a machine
        ("accepted", "bounced"),  # the relay took it, and it came back
        ("unknown", "bounced"),
        ("accepted", "complained"),  # its reader called it unwanted
    }
)
EXPORT_ARROWS = frozenset(
    {
        ("queued", "running"),
        ("running", "done"),
        ("running", "failed"),
        ("queued", "expired"),  # whoever asked for it took it back
        ("running", "expired"),
        ("done", "expired"),
        ("failed", "expired"),
    }
)
CALL_ARROWS = frozenset(
    {
        ("queued", "claimed"),
        ("queued", "failed"),  # too old, or its webhook was ended
        ("claimed", "queued"),  # to be tried again, or its worker died
        ("claimed", "done"),
        ("claimed", "failed"),
    }
)
_ARROWS = {
    "signature": SIGNATURE_ARROWS,
    "dispatch": DISPATCH_ARROWS,
    "export": EXPORT_ARROWS,
    "call": CALL_ARROWS,
}
# Statuses in which a letter has left, or may have: withdrawing cannot stop it any more.
LEFT: tuple[DispatchStatus, ...] = ("in_data", "accepted", "unknown", "bounced", "complained")
WAITING: tuple[DispatchStatus, ...] = ("queued", "claimed")


def is_drawn(kind: Literal["signature", "dispatch", "export", "call"], origin: str, target: str) -> bool:
    """Tell whether an arrow from one status to another is drawn."""
    return (origin, target) in _ARROWS[kind]
