"""Format dates and counts in plain words, the same on every screen and in every locale."""

from collections.abc import Sequence
from datetime import date, datetime

from journal_tui.counts import counted
from journal_tui.entry.markdown_lines import TASK_SIGNS
from journal_tui.entry.model import DONE, DROPPED, shown
from journal_tui.entry.relative_time import long_ago
from journal_tui.period import MONTHS, WEEKDAYS, long_date

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "average",
    "box_of",
    "counted",
    "long_date",
    "moment",
    "moments_ago",
    "short_date",
    "short_day",
    "weekday_date",
]

_MAX_HOURS = 12


def short_date(day: date) -> str:
    """Return `13 Nov`, for axes and narrow columns."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def date_with_year(day: date) -> str:
    """Return `13 Nov 2026`."""
    return f"{short_date(day)} {day.year}"


def short_day(day: date, today: date) -> str:
    """Return a day in at most eleven characters: today, Fri 27 Nov, 27 Nov 2027."""
    names = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return names.get((day - today).days) or weekday_date(day, today)


def weekday_date(day: date, today: date) -> str:
    """Return a day as a date in at most eleven characters: Fri 27 Nov, 27 Nov 2027."""
    if day.year == today.year:
        return f"{WEEKDAYS[day.weekday()][:3]} {short_date(day)}"
    return date_with_year(day)


def box_of(state: str) -> str:
    """Return the box that shows the state of a follow-up."""
    return TASK_SIGNS[{DONE: "x", DROPPED: "-"}.get(state, " ")]


def average(ratings: Sequence[float]) -> str:
    """Return the average of at least one rating, to one decimal place."""
    return shown(round(sum(ratings) / len(ratings), 1))


def moment(when: datetime) -> str:
    """Return a time as `20 Nov 2026 18:05`."""
    return f"{short_date(when.date())} {when:%Y %H:%M}"


def moments_ago(when: datetime, now: datetime) -> str:
    """Return how long before `now` a time was: "5 minutes ago", after twelve hours as `long_ago` does."""
    minutes = int((now - when).total_seconds() // 60)
    if minutes == 0:
        return "just now"
    if 0 < minutes < 60:
        return f"{counted(minutes, 'minute')} ago"
    if 0 < minutes < _MAX_HOURS * 60:
        return f"{counted(minutes // 60, 'hour')} ago"
    return long_ago(when.date(), now.date())
