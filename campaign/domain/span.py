"""Spans: days gathered to weeks or months once there are too many of them to read."""

import datetime as dt
from typing import Literal

Step = Literal["day", "week", "month"]
MOST_DAYS, MOST_WEEK_DAYS = 92, 731


def step(first: dt.date, last: dt.date) -> Step:
    """By what a period is told: by day for three months, by week for two years, by month beyond."""
    days = (last - first).days + 1
    return "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEK_DAYS else "month"


def start(day: dt.date, by: Step) -> dt.date:
    """The first day of the day, week (from Monday, ISO 8601) or month that a day is in."""
    if by == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day


def after(day: dt.date, by: Step) -> dt.date:
    """The first day of the span after the one that begins on a day."""
    if by == "month":
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return day + dt.timedelta(days=7 if by == "week" else 1)
