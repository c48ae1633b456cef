"""Count the days that have an entry, among the days that the journal counts. No streaks."""

from collections.abc import Container
from datetime import date
from typing import NamedTuple

from journal_tui.counts import counted

_FRIDAY = 4


class Counting(NamedTuple):
    """Which days count: `workdays` or `calendar` days from `start` on; none otherwise."""

    how: str = "none"
    start: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether it is known which days count."""
        return self.start is not None and self.how in ("workdays", "calendar")

    @property
    def noun(self) -> str:
        """The noun for a day that counts."""
        return "workday" if self.is_known and self.how == "workdays" else "day"

    def counts(self, day: date) -> bool:
        """Return whether a day counts."""
        if self.start is None or day < self.start:
            return False
        return self.how == "calendar" or (self.how == "workdays" and day.weekday() <= _FRIDAY)

    def days(self, first: date, last: date) -> list[date]:
        """Return the days in [first, last] that count."""
        if not self.is_known or self.start is None:
            return []
        begin = max(first, self.start).toordinal()
        numbers = range(begin, last.toordinal() + 1)
        if self.how == "workdays":
            # The ordinal of a Monday leaves 1 when divided by 7.
            return [date.fromordinal(n) for n in numbers if (n - 1) % 7 <= _FRIDAY]
        return list(map(date.fromordinal, numbers))


class Coverage(NamedTuple):
    """How many of the days that count, from `first` on, have an entry.

    `possible` is the number of these days, or None in a journal that doesn't number workdays or
    calendar days. `noun` is the noun for a day that counts.
    """

    first: date
    written: int
    possible: int | None
    noun: str = "day"

    @property
    def words(self) -> str:
        """The count in words: `41 of 47 workdays`, `41 days`."""
        if self.possible is None:
            return counted(self.written, self.noun)
        return f"{self.written:,} of {counted(self.possible, self.noun)}"


def possible_days(
    first: date, last: date, today: date, written: Container[date], counting: Counting
) -> list[date]:
    """Return the days in [first, last] that count and have passed; today only once it is written."""
    days = counting.days(first, min(last, today))
    if days and days[-1] == today and today not in written:
        days.pop()
    return days
