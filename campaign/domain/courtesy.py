"""Courtesy to offices: what they take, how letters travel to them, and what became of an answer."""

import datetime as dt
from typing import Literal

Way = Literal["letter", "digest"]
Takes = Literal["letters", "digest", "silence"]
Answer = Literal["yes", "no", "returned"]

OwnWay = Literal["mail", "paper"]

WAYS: tuple[Way, ...] = ("letter", "digest")
OWN_WAYS: tuple[OwnWay, ...] = ("mail", "paper")  # how people send a letter themselves
TAKES: tuple[Takes, ...] = ("letters", "digest", "silence")  # what an office asked for; silence: no mail at all
ANSWERS: tuple[Answer, ...] = ("yes", "no", "returned")  # did the office answer? or did the letter come back?
ANSWER_DAYS = 30  # what an office is given where it names no term of its own
DIGEST_AFTER = dt.timedelta(days=2)  # a letter that would wait longer for its turn travels in a digest
DIGEST_EVERY = dt.timedelta(days=1)  # to a mailbox, in one language
DIGEST_MOST = 200  # letters in one digest
DIGEST_AGAIN = dt.timedelta(hours=1)  # after one that was full: or those beyond it would wait for as many days


def digest_due_at(opened_at: dt.datetime, size: int) -> dt.datetime:
    """When the next digest to a mailbox may be opened, after one that was opened then and left with so many."""
    return opened_at + (DIGEST_AGAIN if size >= DIGEST_MOST else DIGEST_EVERY)
