"""Weeks, months, quarters and years of the calendar, by their ISO names: 2014-W41, 2014-10, 2014-Q4, 2014."""

import re
from datetime import date
from typing import NamedTuple

from journal_tui.period.day import MONTHS, WEEKDAYS
from journal_tui.period.period import Period

KINDS = ("week", "month", "quarter", "year")
"""The kinds of periods, the shortest first."""
FIRST_YEAR, LAST_YEAR = 1500, 2099
"""The years whose periods are recognised; a name such as 1024 is probably a number."""
# The length of 2014-W41. Most names that are parsed are of days, which are longer: they need no pattern.
_LONGEST = 8
_NAME = r"([0-9]{4})(?:-(?:W([0-9]{2})|([0-9]{2})|Q([0-9])))?"


class CalendarPeriod(NamedTuple):
    """A week, month, quarter or year: its kind, its year, and its number in that year (0 for a year).

    The year of a week is that of its Thursday, as in ISO 8601.
    """

    kind: str
    year: int
    number: int = 0

    @property
    def name(self) -> str:
        """The ISO name: 2014-W41, 2014-10, 2014-Q4 or 2014."""
        year = f"{self.year:04d}"
        match self.kind:
            case "week":
                return f"{year}-W{self.number:02d}"
            case "month":
                return f"{year}-{self.number:02d}"
            case "quarter":
                return f"{year}-Q{self.number}"
        return year

    @property
    def first(self) -> date:
        """The first day."""
        match self.kind:
            case "week":
                return date.fromisocalendar(self.year, self.number, 1)
            case "month":
                return date(self.year, self.number, 1)
            case "quarter":
                return date(self.year, self.number * 3 - 2, 1)
        return date(self.year, 1, 1)

    @property
    def days(self) -> Period:
        """The days of the period."""
        if self.kind == "week":
            start = self.first.toordinal()
            return Period(self.first, date.fromordinal(start + 7))
        months = {"month": 1, "quarter": 3, "year": 12}[self.kind]
        year, month = divmod(self.year * 12 + self.first.month - 1 + months, 12)
        return Period(self.first, date(year, month + 1, 1))

    @property
    def title(self) -> str:
        """The name in words: Week 41 of 2014, October 2014, Q4 2014, 2014."""
        match self.kind:
            case "month":
                return f"{MONTHS[self.number - 1]} {self.year}"
            case "quarter":
                return f"Q{self.number} {self.year}"
            case "year":
                return str(self.year)
        return f"Week {self.number} of {self.year}"

    def step(self, count: int) -> "CalendarPeriod | None":
        """Return the period `count` periods later; None if it isn't from FIRST_YEAR to LAST_YEAR."""
        if self.kind == "week":
            day = self.first.toordinal() + 7 * count
            return containing("week", date.fromordinal(day)) if day > 0 else None
        per_year = {"month": 12, "quarter": 4, "year": 1}[self.kind]
        year, number = divmod(self.year * per_year + max(self.number - 1, 0) + count, per_year)
        return calendar_period(self.kind, year, 0 if self.kind == "year" else number + 1)


def calendar_period(kind: str, year: int, number: int = 0) -> CalendarPeriod | None:
    """Return a period; None if there is no such week, month, quarter or year, or if its year isn't recognised."""
    found = CalendarPeriod(kind, year, number)
    try:
        found.days  # noqa: B018 - raises ValueError outside the calendar
    except ValueError:
        return None
    return found if FIRST_YEAR <= year <= LAST_YEAR else None


def parse_name(name: str) -> CalendarPeriod | None:
    """Return the period with an ISO name; None for any other text."""
    found = re.fullmatch(_NAME, name) if len(name) <= _LONGEST else None
    if not found:
        return None
    year, week, month, quarter = (int(digits) if digits else None for digits in found.groups())
    assert year is not None
    for kind, number in (("week", week), ("month", month), ("quarter", quarter)):
        if number is not None:
            return calendar_period(kind, year, number)
    return calendar_period("year", year)


def containing(kind: str, day: date) -> CalendarPeriod | None:
    """Return the period of a kind that contains a day; None if its year isn't recognised."""
    if kind == "week":
        year, week, _ = day.isocalendar()
        return calendar_period(kind, year, week)
    number = {"month": day.month, "quarter": (day.month + 2) // 3, "year": 0}[kind]
    return calendar_period(kind, day.year, number)


def calendar_period_of(days: Period) -> CalendarPeriod | None:
    """Return the week, month, quarter or year that has exactly these days; None if none has."""
    for kind in KINDS:
        found = containing(kind, days.start)
        if found and found.days == days:
            return found
    return None


def long_date(day: date) -> str:
    """Return a day as `Monday 6 October 2014`, the same in every locale."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def first_day(iso: str) -> date:
    """Return the first day of an ISO date: of `2014-10-06`, or of a period such as `2014-W41`."""
    period = parse_name(iso)
    return period.first if period else date.fromisoformat(iso)
