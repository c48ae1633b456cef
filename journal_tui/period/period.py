"""Ranges of days in words: 2014, "october 2014", 2014-Q3, "last week", 2014-09..2014-11.

A range `a..b` includes both periods completely; `a..` and `..b` are open at one end.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from journal_tui.counts import counted
from journal_tui.errors import WhenError
from journal_tui.period.day import (
    HYPHEN,
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    NotADay,
    ago,
    parse_day,
    position_in,
    quoted,
)

ReadDay: TypeAlias = Callable[[str], date]

PERIODS = (
    "2014, october 2014, 2014-Q3, 2014-W41, last week, last 30 days, 3 weeks ago, 2014-10-06, "
    "2014-09..2014-11"
)
_LONGEST = 300
_STEPS = {"this": 0, "current": 0, "last": -1, "previous": -1, "next": 1}
# How many months a unit has; weeks are counted in days.
_UNITS = {"week": 0, "month": 1, "quarter": 3, "year": 12}
DUE_EXAMPLES = "friday, +7, in 2 weeks, 3 mar, end of the month, 2014-W41, 2014-10-13"
TIME = (
    r"(?:(?<=[0-9])[tT]|,? ?(?:\b[aA][tT] |@)?(?<![^\W_]))"
    r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?: ?[apAP][mM])?(?:[zZ]|[+-][0-9]{2}:?[0-9]{2})?"
    r"|[0-9]{1,2} ?[apAP][mM])$"
)
"""The pattern of a time at the end of a due date's words; group 1 is the time itself."""
_RANGE = r" ?(?:\.{2,3}|\u2026) ?"
_YEAR = r"([0-9]{4})"
_MONTH = r"([0-9]{4})[-/.]([0-9]{1,2})"
_MONTH_FIRST = r"([0-9]{1,2})[-/.]([0-9]{4})"
_MOVED = r"([a-z]{4,8}) (week|month|quarter|year)"
_AFTER_NEXT = r"(week|month|quarter|year) after next"
_UP_TO_NOW = (
    r"(?:(?:last|past|previous) ([0-9]{1,5}|[a-z]+)|past|last(?= fortnight)) "
    r"(day|week|fortnight|month|quarter|year)s?"
)
_WEEKEND = r"(?:(this|last|previous|next) )?weekend"
WEEK_WORDS = (
    "kw|cw|week|wk|woche|semaine|semana|settimana|vecka|uge|uke|viikko|tydzień|týden|неделя|w"
)
QUARTER_WORDS = "quarter|quartal|trimestre|trimester|kvartal|q"
"""The words before the number of a week or a quarter, as alternatives of a pattern."""
_NUMBERED = rf"(?:({WEEK_WORDS})|{QUARTER_WORDS})[. ]{{0,2}}([0-9]{{1,2}})"


class NotAPeriod(NotADay):
    """Words that have neither the form of a day nor of a period."""


class Period(NamedTuple):
    """The days from `start` (included) to `end` (excluded).

    If `end` is date.max, the period has no end, and contains date.max too.
    """

    start: date
    end: date

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.end if self.is_open else self.end - timedelta(1)

    @property
    def is_open(self) -> bool:
        """Whether the period has no end."""
        return self.end == date.max

    def contains(self, day: date) -> bool:
        """Return whether the day belongs to the period."""
        return self.start <= day and (day < self.end or self.is_open)

    def __str__(self) -> str:
        """Return the period in words: "2014-09-01 to 2014-11-30 (3 months)", "2014-10-06 (Monday)"."""
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
        """Return the length in the largest unit that fits a whole number of times: "3 months"."""
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
        return counted(count, unit)


def parse_period(words: str, today: date, day: ReadDay | None = None) -> Period:
    """Return the period that the words name, as seen from `today`.

    `day` parses the words for a single day, in place of `parse_day`. Weeks are ISO weeks, Monday to
    Sunday. A period without a year is the latest that has begun. "last month" is a calendar month,
    "last 3 months" end today. Hyphens beside letters are read as spaces: last-week. Raise WhenError.
    """
    if len(words) > _LONGEST:
        raise _error(words)
    text = _normalized(words)
    ends = re.split(_RANGE, text)
    if len(ends) == 1:
        ends = text.removeprefix("from ").split(" to ")
    try:
        if len(ends) == 1:
            return _parse_single(text, today, day, words)
        if len(ends) > 2 or ends == ["", ""]:
            raise _error(words)
        first = (
            _parse_single(ends[0], today, day, ends[0]) if ends[0] else Period(date.min, date.min)
        )
        last = (
            _parse_single(ends[1], today, day, ends[1]) if ends[1] else Period(date.max, date.max)
        )
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


def parse_due(words: str, today: date) -> date:
    """Return the day by which something is due, as seen from `today`; raise WhenError.

    The words name a day, or a period, of which it is the last day. Without a year or a month, they mean
    the next such day, today included: "friday", "3 mar", "the 3rd". A time after the date is ignored.
    """
    if len(words) <= _LONGEST:
        text = _normalized(re.sub(TIME, "", " ".join(words.split())))
        try:
            return _parse_single(text, today, None, words, ahead=True).last
        except NotADay:
            pass
        except (ValueError, OverflowError):
            raise WhenError(
                f"{quoted(words)} is outside the calendar, which runs from year 1 to year 9999."
            ) from None
    raise NotADay(f"{quoted(words)} isn't a date. Try one of: {DUE_EXAMPLES}.")


def _normalized(words: str) -> str:
    """Return the words in lower case, with single blanks, also for hyphens beside letters."""
    return re.sub(HYPHEN, " ", " ".join(words.casefold().replace("\u2212", "-").split()))


def _error(words: str) -> NotAPeriod:
    return NotAPeriod(f"{quoted(words)} isn't a date or a period. Try one of: {PERIODS}.")


def _parse_single(
    text: str, today: date, read: ReadDay | None, said: str, ahead: bool = False
) -> Period:
    """Parse a period that isn't a range; errors quote `said`.

    A period without a year is the latest that has begun or, with `ahead`, the next that hasn't ended.
    Raise ValueError or OverflowError outside the calendar, WhenError for other mistakes.
    """
    bare = text.removeprefix("in ").removeprefix("by ").removeprefix("the ")
    found = (
        _year_or_month(bare, today, ahead)
        or _numbered(bare, today, ahead)
        or _relative(bare, today, ahead)
    )
    if found:
        return found
    # "in october" is a period, but "in 3 days" a day.
    for form in dict.fromkeys((bare, text)):
        try:
            return _days(read(form) if read else parse_day(form, today, ahead=ahead), 1)
        except NotADay:
            continue
    raise _error(said)


def _year_or_month(text: str, today: date, ahead: bool) -> Period | None:
    """Parse a year or a month: 2014, 2014-10, 10/2014, october 2014, oct."""
    if found := re.fullmatch(_YEAR, text):
        return _months(int(found[1]) * 12, 12)
    if found := re.fullmatch(_MONTH, text):
        return _month(int(found[1]), int(found[2]))
    if found := re.fullmatch(_MONTH_FIRST, text):
        return _month(int(found[2]), int(found[1]))
    name, year = _without_year(text)
    month = position_in(name.removesuffix("."), MONTHS)
    if month is None:
        return None
    if year is None:
        year = _nearest_year(today, month, month, ahead)
    return _month(year, month)


def _nearest_year(today: date, first_month: int, last_month: int, ahead: bool) -> int:
    """Return the latest year in which these months have begun or, with `ahead`, the next in which they haven't ended."""
    if ahead:
        return today.year if last_month >= today.month else today.year + 1
    return today.year if first_month <= today.month else today.year - 1


def _without_year(text: str) -> tuple[str, int | None]:
    """Split off the year that a text begins or ends with; return the rest, and the year or None."""
    if found := re.fullmatch(r"([0-9]{4}) ?([^0-9].*)", text):
        return found[2], int(found[1])
    if found := re.fullmatch(r"(.*[^ ])[ -]([0-9]{4})", text):
        return found[1].removesuffix(","), int(found[2])
    return text, None


def _numbered(text: str, today: date, ahead: bool) -> Period | None:
    """Parse a quarter, a week or its day: 2014-Q3, q3 2014, q3, 2014-W41, week 41, 2014-W41-1."""
    text, year = _without_year(re.sub(r"(?<=[0-9])/(?=[0-9]{4}\Z)", " ", text))
    weekday = 0
    if found := re.fullmatch(r"(w[0-9]{2})-([1-7])", text):
        text, weekday = found[1], int(found[2])
    found = re.fullmatch(_NUMBERED, text)
    if not found:
        return None
    number = int(found[2])
    if not found[1]:
        if not 1 <= number <= 4:
            raise WhenError(f"There is no quarter {number}: quarters go from Q1 to Q4.")
        if year is None:
            year = _nearest_year(today, number * 3 - 2, number * 3, ahead)
        return _months(year * 12 + number * 3 - 3, 3)
    if not 1 <= number <= 53:
        raise WhenError(f"There is no week {number}: weeks go from W01 to W52, or to W53.")
    week = _week(number, year, today, ahead)
    return _days(week + timedelta(weekday - 1), 1) if weekday else _days(week, 7)


def _week(number: int, year: int | None, today: date, ahead: bool) -> date:
    """Return the Monday of an ISO week; without a year, of the latest or the next one."""
    if year is not None:
        if number == 53 and 1 <= year <= 9999 and _lacks_week_53(year):
            raise WhenError(f"{year:04d} has no week 53: its last one is {year:04d}-W52.")
        return date.fromisocalendar(year, number, 1)
    this = today.isocalendar().year
    # Years with 53 weeks are at most seven years apart.
    for years in range(8):
        candidate = this + (years if ahead else -years)
        if number < 53 or not _lacks_week_53(candidate):
            monday = date.fromisocalendar(candidate, number, 1)
            if _days(monday, 7).last >= today if ahead else monday <= today:
                return monday
    raise ValueError("no such week in any year")


def _lacks_week_53(year: int) -> bool:
    # 28 December is always in the last week of its year.
    return date(year, 12, 28).isocalendar().week == 52


def _relative(text: str, today: date, ahead: bool) -> Period | None:
    """Parse a period by its distance from today: this month, last week, next year, last 30 days."""
    if found := re.fullmatch(_WEEKEND, text):
        which = found[1] or ("this" if ahead or today.weekday() >= 5 else "last")
        return _days(today - timedelta(today.weekday() - 7 * _STEPS[which] - 5), 2)
    move, unit = 0, ""
    if (found := re.fullmatch(_MOVED, text)) and found[1] in _STEPS:
        move, unit = _STEPS[found[1]], found[2]
    elif found := re.fullmatch(_AFTER_NEXT, text):
        move, unit = 2, found[1]
    if unit:
        size = _UNITS[unit]
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
            raise WhenError(f"{quoted(text)} covers no days. Use 1 or more, or today.")
        if unit == "quarter":
            count, unit = count * 3, "month"
        if unit == "day":
            return _inclusive(today - timedelta(count - 1), today)
        return _inclusive(ago(today, count, unit) + timedelta(1), today)
    return None


def _inclusive(first: date, last: date) -> Period:
    """Return the period from one day to another, both included."""
    return Period(first, _days(last, 1).end)


def _days(first: date, count: int) -> Period:
    """Return a period of `count` days, or fewer at the end of the calendar."""
    return Period(first, first + timedelta(min(count, (date.max - first).days)))


def _month(year: int, month: int) -> Period:
    if not 1 <= month <= 12:
        raise WhenError(f"There is no month {month}: months go from 01 to 12, as in 2014-10.")
    return _months(year * 12 + month - 1, 1)


def _months(number: int, count: int) -> Period:
    """Return `count` calendar months; the first is given as year * 12 + month - 1."""
    year, month = divmod(number, 12)
    start = date(year, month + 1, 1)
    year, month = divmod(number + count, 12)
    return Period(start, date(year, month + 1, 1) if year <= date.max.year else date.max)
