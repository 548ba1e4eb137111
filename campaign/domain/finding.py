"""A finding: one thing of an installation looked at, whether it is well, and what to do where it is not."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, a verdict, what was seen, and what to do where it is not good."""

    name: str
    verdict: Verdict
    seen: str
    do: str = ""
