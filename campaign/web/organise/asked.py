"""What of a campaign an address or a form asks for: a state, a period, columns, people."""

import datetime as dt
from collections.abc import Mapping

from campaign.domain.edition import Edition
from campaign.domain.export import Asked
from campaign.errors import InputRefusedError, Problem
from campaign.services.export import COUNT_BY

_TICK = "-by"  # a tick beside a column: each field comes once


def read(edition: Edition, said: Mapping[str, str]) -> Asked:
    """Read what is asked for. Raises InputRefusedError for a state or a day that is none, all of them at once.

    A column that nobody has is kept: whoever takes what is asked for refuses it.
    """
    problems: list[Problem] = []
    state = said.get("state", "")
    found = edition.state(state) if state else None
    if state and found is None:
        problems.append(Problem("state", "E-STATE"))
    since, until = (_day(said, name, problems) for name in ("since", "until"))
    if problems:
        raise InputRefusedError(tuple(problems))
    return Asked(
        state=found.state.code if found is not None else "",
        since=since,
        until=until,
        by=_columns(said),
        purpose=said.get("purpose", ""),
        country=said.get("country", ""),
        language=said.get("language", ""),
        source=said.get("source", ""),
        is_unique=bool(said.get("unique")),
    )


def _day(said: Mapping[str, str], name: str, problems: list[Problem]) -> dt.date | None:
    told = said.get(name, "")
    try:
        return dt.date.fromisoformat(told) if told else None
    except ValueError:
        problems.append(Problem(name, "E-DAY"))
        return None


def _columns(said: Mapping[str, str]) -> tuple[str, ...]:
    """The ticked columns in the order of COUNT_BY, then those that are none."""
    ticked = [name.removesuffix(_TICK) for name, value in said.items() if name.endswith(_TICK) and value]
    return tuple(sorted(ticked, key=lambda name: COUNT_BY.index(name) if name in COUNT_BY else len(COUNT_BY)))
