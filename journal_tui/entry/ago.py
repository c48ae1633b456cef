"""How long ago something was learned, and how often before, in words that app and shell share."""

from collections.abc import Sequence
from datetime import date

from journal_tui.period import MONTHS

_WEEKS_FROM, _MONTHS_FROM, _YEARS_FROM = 21, 63, 24


def plain_date(day: date) -> str:
    """3 June 2025: without the weekday."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_ago(day: date, today: date) -> str:
    """Roughly how long before `today` an earlier day was: "5 days ago", "8 months ago"."""
    days = (today - day).days
    months = (today.year - day.year) * 12 + today.month - day.month - (day.day > today.day)
    if days <= 0:
        return "today"
    if days < _WEEKS_FROM:
        return _ago(days, "day")
    if days < _MONTHS_FROM:
        return _ago(days // 7, "week")
    if months < _YEARS_FROM and months != 12:
        return _ago(months, "month")
    return _ago(months // 12, "year")


def _ago(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"


def often(count: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice", 3: "three times", 4: "four times"}.get(count, f"{count} times")


def learned_again(days: Sequence[date]) -> str:
    """What is said of a lesson that was learned on these days before; "" of fewer than two.

    Alike is not the same, hence "it seems".
    """
    if len(days) < 2:
        return ""
    listed = ", ".join(map(plain_date, days))
    return f"It seems you have learned this {often(len(days))} before: {listed}."
