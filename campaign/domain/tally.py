"""Counts as they are shown: exact per campaign and state, or rounded where a campaign chose that."""

ROUNDED_TO = 10


def rounded(count: int) -> int:
    """Round a count down to the ten, for campaigns that chose rounded counts."""
    return count - count % ROUNDED_TO
