"""Decide which week to close, and when. Each start of the app uses this module, so it imports little."""

from datetime import date
from typing import NamedTuple

from journal_tui.period import CalendarPeriod

_FRIDAY = 4


class ClosingDue(NamedTuple):
    """A week to close now: how many of its days are written, with how many points."""

    period: CalendarPeriod
    days: int
    points: int


def week_due(day: date, is_afternoon: bool, last_counted: date) -> str:
    """Return which week to suggest for closing on a day: "this", "last" or "" for none.

    Return "last" on Monday, and "this" on Friday afternoon. On other weekdays, return "this" if the day is
    `last_counted`, the last day of its week that counts.
    """
    weekday = day.weekday()
    if weekday == _FRIDAY:
        return "this" if is_afternoon else ""
    if weekday == 0:
        return "last"
    return "this" if day == last_counted else ""


def which_week(day: date, is_afternoon: bool, last_counted: date) -> str:
    """Return which week is closed by closing "the week" on a day: "this" or "last".

    Return "last" until this week is nearly over: until Friday afternoon or `last_counted`, the last day
    of this week that counts.
    """
    is_over = day.weekday() > _FRIDAY or day > last_counted
    return "this" if is_over else week_due(day, is_afternoon, last_counted) or "last"
