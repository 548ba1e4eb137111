"""What other programs are told of, and how far a call is."""

from typing import Literal

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
