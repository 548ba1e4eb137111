"""Courtesy to offices: what they take, how letters travel to them, and what became of an answer."""

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
