"""Say in words how long ago and how often something was learned."""

from collections.abc import Sequence
from datetime import date

from journal_tui.counts import counted
from journal_tui.period import MONTHS

_WEEKS_FROM, _MONTHS_FROM, _YEARS_FROM = 21, 63, 24


def plain_date(day: date) -> str:
    """Return a day without its weekday: 3 June 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_ago(day: date, today: date) -> str:
    """Return roughly how long before `today` a day was: "5 days ago", "8 months ago"."""
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
    return f"{counted(count, unit)} ago"


def how_long_before(day: date, than: date, today: date) -> str:
    """Return how long before another day a day was: "5 days ago" if that is today, else "5 days earlier"."""
    words = long_ago(day, than)
    if than == today:
        return words
    return "the same day" if words == "today" else f"{words.removesuffix(' ago')} earlier"


def times_in_words(count: int) -> str:
    """Return a number of times in words: "once", "twice", "5 times"."""
    return {1: "once", 2: "twice", 3: "three times", 4: "four times"}.get(count, f"{count} times")


def repeat_message(days: Sequence[date]) -> str:
    """Return the message that a point was learned on these days before; "" for fewer than two.

    It begins with "It seems" because similar points needn't be the same.
    """
    if len(days) < 2:
        return ""
    listed = ", ".join(map(plain_date, days))
    return f"It seems you have learned this {times_in_words(len(days))} before: {listed}."
