"""Kinds of what organisers let in, keep out or hold for a look."""

from typing import Literal

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
