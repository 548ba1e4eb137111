"""A campaign's plan: when it takes signatures, its marks, how it is counted, and when its letters may leave."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from campaign.domain.cause import DAYS, Cause, Window
from campaign.domain.window import minutes
from campaign.errors import InputRefusedError, Problem

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
MOST_GOALS = 20
LARGEST_GOAL = 100_000_000
COUNTS: tuple[Literal["exact", "rounded"], ...] = ("exact", "rounded")
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_GOAL = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Plan:
    """Days are UTC and both count; `window` is by the clock of each state that letters go to."""

    opens_on: dt.date | None
    closes_on: dt.date | None
    goals: tuple[int, ...]
    counts: Literal["exact", "rounded"]
    window: Window | None

    def applied(self, cause: Cause) -> Cause:
        """The campaign with this plan."""
        return replace(
            cause,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            goals=self.goals,
            counts=self.counts,
            sending_window=self.window,
        )


def of(cause: Cause) -> Plan:
    """The plan that a campaign has."""
    return Plan(cause.opens_on, cause.closes_on, cause.goals, cause.counts, cause.sending_window)


def written(plan: Plan) -> dict[str, str]:
    """Write a plan as its form's fields hold it; `read` reads that again."""
    fields = {
        "opens_on": plan.opens_on.isoformat() if plan.opens_on else "",
        "closes_on": plan.closes_on.isoformat() if plan.closes_on else "",
        "goals": ", ".join(str(goal) for goal in plan.goals),
        "counts": plan.counts,
    }
    if plan.window is not None:
        fields |= {"from": plan.window.from_, "to": plan.window.to}
        fields |= {f"day-{day}": "on" for day in plan.window.days}
    return fields


def read(fields: Mapping[str, str], before: Plan, today: dt.date) -> Plan:
    """Read a plan as it was typed; without any day ticked and any time, letters leave at any time.

    Raises InputRefusedError with everything that is wrong: days that are none, outside 2000 to 2099, or in the wrong
    order; a last day that is newly set before `today`; marks that do not rise; times that are none.
    """
    problems: list[Problem] = []
    days = {name: _day(name, fields.get(name, "").strip(), problems) for name in ("opens_on", "closes_on")}
    opens, closes = days["opens_on"], days["closes_on"]
    if opens and closes and opens > closes:
        problems.append(Problem("closes_on", "E-CLOSES-BEFORE"))
    elif closes and closes != before.closes_on and closes < today:
        problems.append(Problem("closes_on", "E-CLOSES-PAST"))
    goals = _goals(fields.get("goals", ""), problems)
    counts = next((one for one in COUNTS if one == fields.get("counts", "")), None)
    if counts is None:
        problems.append(Problem("counts", "E-COUNTS"))
    hours = window(fields, problems)
    if problems or counts is None:
        raise InputRefusedError(tuple(problems))
    return Plan(opens, closes, goals, counts, hours)


def _day(name: str, typed: str, problems: list[Problem]) -> dt.date | None:
    if not typed:
        return None
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        problems.append(Problem(name, "E-DAY"))
        return None
    if not FIRST_DAY <= day <= LAST_DAY:
        problems.append(Problem(name, "E-DAY-RANGE"))
        return None
    return day


def _goals(typed: str, problems: list[Problem]) -> tuple[int, ...]:
    words = typed.replace(",", " ").split()
    goals = tuple(int(one) for one in words if one.isascii() and _GOAL.fullmatch(one))
    are_right = len(goals) == len(words) and 1 <= len(goals) <= MOST_GOALS
    rises = all(one < after for one, after in pairwise(goals))
    if not are_right or not rises or goals[0] < 1 or goals[-1] > LARGEST_GOAL:
        problems.append(Problem("goals", "E-GOALS"))
    return goals


def window(fields: Mapping[str, str], problems: list[Problem]) -> Window | None:
    """Read when letters may leave as it was typed; None, at any time, where nothing was. What is wrong is added."""
    days = tuple(day for day in DAYS if fields.get(f"day-{day}"))
    start, end = fields.get("from", "").strip(), fields.get("to", "").strip()
    if not days and not start and not end:
        return None
    if not days:
        problems.append(Problem("day-mon", "E-WINDOW-DAYS"))
    wrong = [name for name, clock in (("from", start), ("to", end)) if not CLOCK.fullmatch(clock)]
    problems += [Problem(name, "E-WINDOW-CLOCK") for name in wrong]
    if not wrong and minutes(start) >= minutes(end):
        problems.append(Problem("to", "E-WINDOW-ORDER"))
    return Window(days=days, from_=start, to=end)
