"""Dates and counts in plain words, the same on every screen and in every locale."""

from collections.abc import Sequence
from datetime import date, datetime

from journal_tui.entry.ago import long_ago
from journal_tui.entry.template import long_date
from journal_tui.period import MONTHS, WEEKDAYS

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "ago",
    "counted",
    "long_date",
    "median",
    "moment",
    "moments_ago",
    "short_date",
]

_HOURS = 12


def short_date(day: date) -> str:
    """`13 Nov`, for axes and narrow columns."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def counted(count: int, noun: str) -> str:
    """`1 word`, `1,204 words`: a count with its noun in the right number."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def ago(day: date, today: date) -> str:
    """How long before `today` a day was, in the largest whole unit that says it exactly."""
    days = (today - day).days
    if days < 0:
        return f"in {counted(-days, 'day')}"
    if days == 0:
        return "today"
    months = (today.year - day.year) * 12 + today.month - day.month
    if day.day == today.day and months % 12 == 0:
        return f"{counted(months // 12, 'year')} ago"
    if day.day == today.day:
        return f"{counted(months, 'month')} ago"
    if days % 7 == 0:
        return f"{counted(days // 7, 'week')} ago"
    return f"{counted(days, 'day')} ago"


def moment(when: datetime) -> str:
    """`20 Nov 2026 18:05`, of the same length in every row but for the day."""
    return f"{short_date(when.date())} {when:%Y %H:%M}"


def moments_ago(when: datetime, now: datetime) -> str:
    """How long before `now` something was done, in minutes or hours where it was just today."""
    minutes = int((now - when).total_seconds() // 60)
    if minutes == 0:
        return "just now"
    if 0 < minutes < 60:
        return f"{counted(minutes, 'minute')} ago"
    if 0 < minutes < _HOURS * 60:
        return f"{counted(minutes // 60, 'hour')} ago"
    return long_ago(when.date(), now.date())


def median(values: Sequence[float]) -> float | None:
    """The middle of the values, or None without any (`statistics` takes 15 ms to import)."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
