"""The layout of the heat map: which cell is which day or month, for a period and a size.

This module is pure.
"""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from journal_tui.app.widgets.humanize import MONTHS, WEEKDAYS
from journal_tui.period import Period
from journal_tui.review.coverage import Counting
from journal_tui.review.review import NOT_WRITTEN, RATED, UNRATED, Review
from journal_tui.review.span import DAY

CALENDAR, WEEKS, MONTHS_OF_DAYS, YEARS = "calendar", "weeks", "months", "years"
"""The forms: a calendar page, weeks side by side, a line for each month, or a line for each year."""
_WEEK = 7
_MAX_CALENDAR_DAYS = 35
_MAX_MONTHS = 13
_LABEL, _YEAR_LABEL = 4, 5
_WIDEST = {CALENDAR: 9, WEEKS: 4, MONTHS_OF_DAYS: 2, YEARS: 5}
_MONTH_KINDS = (DAY, "week", "month")
"""The kinds of periods that are shown in their whole month."""


class HeatCell(NamedTuple):
    """A cell of the heat map: a day, or a month from its `first` to its `last` day.

    `rating` is that of the day, or the month's median. `counts` is whether the day is one that the
    journal counts, such as a workday; `has_come` is whether it isn't in the future, and `is_inside`
    whether it is in the period of the review.
    """

    first: date
    last: date
    state: str
    rating: float | None
    counts: bool
    has_come: bool
    is_inside: bool


class HeatGrid(NamedTuple):
    """Cells in rows and columns, with a label for each row and a head for each column, which may be "".

    `left` is the number of screen columns before the first cell, and `cell_width` that of each cell.
    """

    form: str
    labels: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[HeatCell | None, ...], ...]
    left: int
    cell_width: int

    def find(self, day: date) -> tuple[int, int] | None:
        """Return the row and the column of a day, or of the month that it is in."""
        for y, row in enumerate(self.rows):
            for x, cell in enumerate(row):
                if cell and cell.first <= day <= cell.last:
                    return y, x
        return None

    def cell(self, row: int, column: int) -> HeatCell | None:
        """Return the cell in a row and a column, or None."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def at(self, x: int, row: int) -> HeatCell | None:
        """Return the cell in a row at the screen column `x`, or None."""
        return self.cell(row, (x - self.left) // self.cell_width) if x >= self.left else None

    @property
    def cells(self) -> Iterator[HeatCell]:
        """The cells in order, row by row."""
        return (cell for row in self.rows for cell in row if cell)


def form_of(days: Period, kind: str, width: int, height: int) -> str:
    """Return the form in which a period is shown in `width` columns and `height` rows."""
    first, last = days.start, days.last
    count = (last - first).days + 1
    if kind in _MONTH_KINDS or count <= _MAX_CALENDAR_DAYS:
        return CALENDAR
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > _MAX_MONTHS:
        return YEARS
    weeks = (count + first.weekday() + _WEEK - 1) // _WEEK
    has_room = _LABEL + weeks <= width
    if has_room and (months <= 4 or height < 1 + months):
        return WEEKS
    return MONTHS_OF_DAYS


def grid_of(
    review: Review, context: Mapping[date, float | None], width: int, height: int
) -> HeatGrid:
    """Return the grid of a review for `width` columns and `height` rows.

    `context` has the written days around a short period, with their ratings.
    """
    form = form_of(review.days, review.span.kind, width, height)
    if form == CALENDAR:
        return _calendar(review, context, width)
    if form == WEEKS:
        return _weeks(review, width)
    return _months(review, width) if form == MONTHS_OF_DAYS else _years(review, width)


def around(review_days: Period, kind: str, anchor: date) -> tuple[date, date]:
    """Return the first and last day that the heat map shows: a short period with its whole month."""
    first, last = review_days.start, review_days.last
    if kind in _MONTH_KINDS:
        month = anchor if review_days.contains(anchor) else first
        first = min(first, month.replace(day=1))
        length = calendar.monthrange(month.year, month.month)[1]
        last = max(last, month.replace(day=length))
    return first, last


def _cell_of(
    day: date, review: Review, context: Mapping[date, float | None], counting: Counting
) -> HeatCell:
    is_inside = review.days.contains(day)
    if is_inside:
        cell = review.cell(day)
        state, rating = cell.state, cell.rating
    else:
        rating = context.get(day)
        state = NOT_WRITTEN if day not in context else UNRATED if rating is None else RATED
    counts = counting.counts(day) or not counting.is_known
    return HeatCell(day, day, state, rating, counts, day <= review.today, is_inside)


def _cell_width(form: str, columns: int, width: int, left: int) -> int:
    return max(1, min(_WIDEST[form], (width - left) // columns))


def _calendar(review: Review, context: Mapping[date, float | None], width: int) -> HeatGrid:
    first, last = around(review.days, review.span.kind, review.span.anchor)
    monday = first.toordinal() - first.weekday()
    rows, labels = [], []
    for start in range(monday, last.toordinal() + 1, _WEEK):
        row = []
        for number in range(start, start + _WEEK):
            is_shown = first.toordinal() <= number <= last.toordinal()
            day = date.fromordinal(number) if is_shown else None
            row.append(_cell_of(day, review, context, review.counting) if day else None)
        shown = next(cell for cell in row if cell)
        labels.append(f"{shown.first.isocalendar().week:>2}")
        rows.append(tuple(row))
    left = 3
    size = max(3, _cell_width(CALENDAR, _WEEK, width, left))
    return HeatGrid(
        CALENDAR,
        tuple(labels),
        tuple(name[: 3 if size > 4 else 2] for name in WEEKDAYS),
        tuple(rows),
        left,
        size,
    )


def _weeks(review: Review, width: int) -> HeatGrid:
    first, last = review.days.start, review.days.last
    monday = first.toordinal() - first.weekday()
    starts = range(monday, last.toordinal() + 1, _WEEK)
    rows: list[list[HeatCell | None]] = [[] for _ in range(_WEEK)]
    heads: list[str] = []
    named = 0
    for start in starts:
        days = [
            date.fromordinal(number) if first.toordinal() <= number <= last.toordinal() else None
            for number in range(start, start + _WEEK)
        ]
        for row, day in zip(rows, days, strict=True):
            row.append(_cell_of(day, review, {}, review.counting) if day else None)
        newest = next(day for day in reversed(days) if day)
        heads.append(MONTHS[newest.month - 1][:3] if newest.month != named else "")
        named = newest.month
    size = _cell_width(WEEKS, len(starts), width, _LABEL)
    labels = tuple(name[:3] for name in WEEKDAYS)
    return HeatGrid(WEEKS, labels, tuple(heads), tuple(map(tuple, rows)), _LABEL, size)


def _months(review: Review, width: int) -> HeatGrid:
    first, last = review.days.start, review.days.last
    rows, labels = [], []
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    for number in range(count):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        length = calendar.monthrange(year, month + 1)[1]
        days = [date(year, month + 1, day) for day in range(1, length + 1)]
        rows.append(
            tuple(
                _cell_of(day, review, {}, review.counting) if first <= day <= last else None
                for day in days
            )
        )
        labels.append(MONTHS[month][:3])
    size = _cell_width(MONTHS_OF_DAYS, 31, width, _LABEL)
    heads = tuple(str(day) if day == 1 or day % 5 == 0 else "" for day in range(1, 32))
    return HeatGrid(MONTHS_OF_DAYS, tuple(labels), heads, tuple(rows), _LABEL, size)


def _years(review: Review, width: int) -> HeatGrid:
    rows: dict[int, list[HeatCell | None]] = {}
    for found in review.bins("month"):
        start, last = found.span.days.start, found.span.days.last
        row = rows.setdefault(start.year, [None] * 12)
        state = NOT_WRITTEN if not found.written else RATED if found.rated else UNRATED
        has_come = start <= review.today
        row[start.month - 1] = HeatCell(start, last, state, found.median, True, has_come, True)
    size = _cell_width(YEARS, 12, width, _YEAR_LABEL)
    letters = 3 if size > 3 else 1
    return HeatGrid(
        YEARS,
        tuple(f"{year:04d}" for year in rows),
        tuple(name[:letters] for name in MONTHS),
        tuple(map(tuple, rows.values())),
        _YEAR_LABEL,
        size,
    )
