"""The days of a month laid out in weeks, and which place on the screen is which day."""

import calendar
from datetime import date
from typing import NamedTuple

DAYS = 7
WEEKS = 6
_NUMBERS = 3


def shift_days(day: date, days: int) -> date:
    """The day so many days on, held within the calendar (year 1 to 9999)."""
    return date.fromordinal(min(date.max.toordinal(), max(1, day.toordinal() + days)))


def shift_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    count = min(9999 * 12 + 11, max(12, day.year * 12 + day.month - 1 + months))
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def least_width(large: bool) -> int:
    """The columns that a month with week numbers takes at least."""
    return _NUMBERS + DAYS * (7 if large else 3)


class Grid(NamedTuple):
    """Six weeks from the one that holds `first` (a month's first day), in so many cells of screen.

    A large grid has a row for the month's name, and two rows a week where the height allows.
    """

    first: date
    width: int
    height: int
    large: bool

    @property
    def top(self) -> int:
        """How many rows stand above the weeks."""
        return 2 if self.large else 1

    @property
    def rows(self) -> int:
        """How many rows a week takes."""
        return 2 if self.large and self.height >= 2 + WEEKS * 2 else 1

    @property
    def left(self) -> int:
        """How many columns the week numbers take: none where there is no room for them."""
        return _NUMBERS if self.width >= _NUMBERS + DAYS * 3 else 0

    @property
    def cell(self) -> int:
        """How many columns a day takes."""
        return max(3, min(9, (self.width - self.left) // DAYS))

    def week(self, number: int) -> list[date | None]:
        """Seven places from Monday on; None where the month has no day."""
        monday = number * DAYS - self.first.weekday() + 1
        last = calendar.monthrange(self.first.year, self.first.month)[1]
        return [
            self.first.replace(day=day) if 1 <= day <= last else None
            for day in range(monday, monday + DAYS)
        ]

    def day_at(self, x: int, y: int) -> date | None:
        """The day drawn at a place, or None beside the days."""
        number = (y - self.top) // self.rows
        place = (x - self.left) // self.cell
        if y < self.top or x < self.left or number >= WEEKS or place >= DAYS:
            return None
        return self.week(number)[place]
