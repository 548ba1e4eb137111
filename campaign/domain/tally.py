"""Counts as they are shown: exact per campaign and state, anything finer only from ten up."""

from collections.abc import Mapping

LEAST_SHOWN = 10
ROUNDED_TO = 10


def rounded(count: int) -> int:
    """Round a count down to the ten, for campaigns that chose rounded counts."""
    return count - count % ROUNDED_TO


def shown(cells: Mapping[str, int], least: int = LEAST_SHOWN) -> dict[str, int]:
    """Leave out the cells below the least number; every format of finer counts goes through here."""
    return {name: count for name, count in cells.items() if count >= least}
