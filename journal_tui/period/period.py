"""Ranges of days in words: 2014, "october 2014", 2014-Q3, "last week", 2014-09..2014-11.

A range of both ends (`a..b`) holds both whole; `a..` and `..b` have one end only.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from journal_tui.errors import WhenError
from journal_tui.period.day import (
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    NamesNoDay,
    ago,
    parse_day,
    place_in,
    quoted,
)

PERIODS = (
    "2014, october 2014, 2014-Q3, 2014-W41, last week, last 30 days, 3 weeks ago, 2014-10-06, "
    "2014-09..2014-11"
)
_LONGEST = 300
_MOVES = {"this": 0, "current": 0, "last": -1, "previous": -1, "next": 1}
# How many months a unit has; weeks are counted in days.
_UNITS = {"week": 0, "month": 1, "quarter": 3, "year": 12}
_HYPHEN = r"(?<=[^\W\d_])-(?=\w)|(?<=\w)-(?=[^\W\d_])"
_RANGE = r" ?(?:\.{2,3}|\u2026) ?"
_YEAR = r"([0-9]{4})"
_MONTH = r"([0-9]{4})[-/.]([0-9]{1,2})"
_MONTH_FIRST = r"([0-9]{1,2})[-/.]([0-9]{4})"
_MOVED = r"([a-z]{4,8}) (week|month|quarter|year)"
_UP_TO_NOW = (
    r"(?:(?:last|past|previous) ([0-9]{1,5}|[a-z]+)|past|last(?= fortnight)) "
    r"(day|week|fortnight|month|quarter|year)s?"
)
_NUMBERED = r"(w|week|q|quarter) ?([0-9]{1,2})"


class Period(NamedTuple):
    """The days from `start` until before `end`.

    No day comes behind date.max, so that as the end it means that there is none: `contains` says
    yes to date.max itself, too.
    """

    start: date
    end: date

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.end if self.is_open else self.end - timedelta(1)

    @property
    def is_open(self) -> bool:
        """Whether it goes on for as long as there are days."""
        return self.end == date.max

    def contains(self, day: date) -> bool:
        """Whether the day belongs to it."""
        return self.start <= day and (day < self.end or self.is_open)

    def __str__(self) -> str:
        """For a person: "2014-09-01 to 2014-11-30 (3 months)", "2014-10-06 (Monday)"."""
        if self.start == date.min and self.is_open:
            return "any day"
        if self.is_open and self.start < date.max:
            return f"{self.start.isoformat()} and later"
        if self.start == date.min and self.last > date.min:
            return f"{self.last.isoformat()} and earlier"
        if self.start == self.last:
            return f"{self.start.isoformat()} ({WEEKDAYS[self.start.weekday()]})"
        return f"{self.start.isoformat()} to {self.last.isoformat()} ({self._length()})"

    def _length(self) -> str:
        """The largest unit that it is a number of, and the number."""
        start, end = self.start, self.end
        days, months = (end - start).days, (end.year - start.year) * 12 + end.month - start.month
        if start.day == end.day == 1:
            count, unit = (
                (months, "month") if months % 12 or start.month > 1 else (months // 12, "year")
            )
        elif start.weekday() == 0 and days % 7 == 0:
            count, unit = days // 7, "week"
        else:
            count, unit = days, "day"
        return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def parse_period(words: str, today: date, day: Callable[[str], date] | None = None) -> Period:
    """The period that the words name, seen from `today`.

    `day` reads what names one day, in place of `parse_day`. Weeks are those of ISO, Monday to
    Sunday. What is said without its year is the latest that has begun. "last month" is the
    calendar's, "last 3 months" end today. Hyphens beside letters stand for blanks: last-week.
    Raises WhenError with a plain sentence.
    """
    read = day or (lambda text: parse_day(text, today))
    if len(words) > _LONGEST:
        raise _nothing(words)
    text = " ".join(words.casefold().replace("\u2212", "-").split())
    text = re.sub(_HYPHEN, " ", text)
    ends = re.split(_RANGE, text)
    if len(ends) == 1:
        ends = text.removeprefix("from ").split(" to ")
    try:
        if len(ends) == 1:
            return _one(text, today, read, words)
        if len(ends) > 2 or ends == ["", ""]:
            raise _nothing(words)
        first = _one(ends[0], today, read, ends[0]) if ends[0] else Period(date.min, date.min)
        last = _one(ends[1], today, read, ends[1]) if ends[1] else Period(date.max, date.max)
    except (ValueError, OverflowError):
        raise WhenError(
            f"{quoted(words)} is outside the calendar, which runs from year 1 to year 9999. "
            f"Try one of: {PERIODS}."
        ) from None
    if last.last < first.start:
        raise WhenError(
            f"{quoted(words)} runs backwards, from {first.start.isoformat()} to "
            f"{last.last.isoformat()}: put the earlier one first, and write its year."
        )
    return Period(first.start, last.end)


def _nothing(words: str) -> WhenError:
    return WhenError(f"{quoted(words)} isn't a date or a period. Try one of: {PERIODS}.")


def _one(text: str, today: date, read: Callable[[str], date], said: str) -> Period:
    """A period that is no range, complained of in the words of `said`.

    Raises ValueError or OverflowError beyond the calendar, and WhenError.
    """
    text = text.removeprefix("in ").removeprefix("the ")
    found = _year_or_month(text, today) or _numbered(text, today) or _relative(text, today)
    if found:
        return found
    try:
        return _days(read(text), 1)
    except NamesNoDay:
        raise _nothing(said) from None


# -- forms ----------------------------------------------------------------------------------


def _year_or_month(text: str, today: date) -> Period | None:
    """2014, 2014-10, 10/2014, october 2014, oct."""
    if found := re.fullmatch(_YEAR, text):
        return _months(int(found[1]) * 12, 12)
    if found := re.fullmatch(_MONTH, text):
        return _month(int(found[1]), int(found[2]))
    if found := re.fullmatch(_MONTH_FIRST, text):
        return _month(int(found[2]), int(found[1]))
    name, year = _without_year(text)
    month = place_in(name.removesuffix("."), MONTHS)
    if month is None:
        return None
    if year is None:
        year = today.year if month <= today.month else today.year - 1
    return _month(year, month)


def _without_year(text: str) -> tuple[str, int | None]:
    """The rest of a text that begins or ends with a year, and the year."""
    if found := re.fullmatch(r"([0-9]{4}) ?([^0-9].*)", text):
        return found[2], int(found[1])
    if found := re.fullmatch(r"(.*[^ ])[ -]([0-9]{4})", text):
        return found[1].removesuffix(","), int(found[2])
    return text, None


def _numbered(text: str, today: date) -> Period | None:
    """2014-Q3, q3 2014, q3, 2014-W41, week 41; the day 2014-W41-1."""
    text, year = _without_year(text)
    weekday = 0
    if found := re.fullmatch(r"(w[0-9]{2})-([1-7])", text):
        text, weekday = found[1], int(found[2])
    found = re.fullmatch(_NUMBERED, text)
    if not found:
        return None
    number = int(found[2])
    if found[1][0] == "q":
        if not 1 <= number <= 4:
            raise WhenError(f"There is no quarter {number}: they go from Q1 to Q4.")
        if year is None:
            year = today.year if number * 3 - 2 <= today.month else today.year - 1
        return _months(year * 12 + number * 3 - 3, 3)
    if not 1 <= number <= 53:
        raise WhenError(f"There is no week {number}: they go from W01 to W52, in some years W53.")
    week = _week(number, year, today)
    return _days(week + timedelta(weekday - 1), 1) if weekday else _days(week, 7)


def _week(number: int, year: int | None, today: date) -> date:
    """The Monday of a week of ISO's calendar; without a year, the latest that has begun."""
    if year is not None:
        if number == 53 and 1 <= year <= 9999 and _lacks_week_53(year):
            raise WhenError(f"{year:04d} has no week 53: its last one is {year:04d}-W52.")
        return date.fromisocalendar(year, number, 1)
    this = today.isocalendar().year
    # Between two years of 53 weeks lie six at most.
    for candidate in range(this, this - 8, -1):
        if number < 53 or not _lacks_week_53(candidate):
            monday = date.fromisocalendar(candidate, number, 1)
            if monday <= today:
                return monday
    raise ValueError("no such week in any year")


def _lacks_week_53(year: int) -> bool:
    # The 28th of December always lies in a year's last week.
    return date(year, 12, 28).isocalendar().week == 52


def _relative(text: str, today: date) -> Period | None:
    """this month, last week, next year; last 30 days, past 3 months."""
    if (found := re.fullmatch(_MOVED, text)) and found[1] in _MOVES:
        move, size = _MOVES[found[1]], _UNITS[found[2]]
        if not size:
            return _days(today - timedelta(today.weekday() - 7 * move), 7)
        number = today.year * 12 + today.month - 1
        return _months(number - number % size + move * size, size)
    if found := re.fullmatch(_UP_TO_NOW, text):
        said, unit = found[1] or "one", found[2]
        count = int(said) if said.isdigit() else NUMBERS.get(said)
        if count is None:
            return None
        if count == 0:
            raise WhenError(f"{quoted(text)} contains no day. Use 1 or more, or today.")
        if unit == "quarter":
            count, unit = count * 3, "month"
        if unit == "day":
            return _through(today - timedelta(count - 1), today)
        return _through(ago(today, count, unit) + timedelta(1), today)
    return None


# -- making them ----------------------------------------------------------------------------


def _through(first: date, last: date) -> Period:
    """Both days and all between them."""
    return Period(first, _days(last, 1).end)


def _days(first: date, count: int) -> Period:
    """So many days, or as many of them as there are."""
    return Period(first, first + timedelta(min(count, (date.max - first).days)))


def _month(year: int, month: int) -> Period:
    if not 1 <= month <= 12:
        raise WhenError(f"There is no month {month}: they go from 01 to 12, such as 2014-10.")
    return _months(year * 12 + month - 1, 1)


def _months(number: int, count: int) -> Period:
    """So many calendar months from one that is given as year * 12 + month - 1."""
    year, month = divmod(number, 12)
    start = date(year, month + 1, 1)
    year, month = divmod(number + count, 12)
    return Period(start, date(year, month + 1, 1) if year <= date.max.year else date.max)
