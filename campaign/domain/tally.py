"""Counts as they are shown: exact per campaign and state, or rounded where chosen; finer ones from ten people up."""

ROUNDED_TO = 10
SHOWN_FROM = 10  # people behind a figure that is finer than a state's total


def rounded(count: int) -> int:
    """Round a count down to the ten, for campaigns that chose rounded counts."""
    return count - count % ROUNDED_TO


def fine(count: int, people: int, *, is_rounded: bool = False) -> int | None:
    """Give a figure finer than a state's total as anybody may see it; None where too few people stand behind it.

    `people` are those whom the figure, and all that are told beside it, are about. Every format goes through here.
    """
    if people < SHOWN_FROM:
        return None
    return rounded(count) if is_rounded else count
