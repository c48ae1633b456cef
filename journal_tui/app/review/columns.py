"""The columns of the enjoyment chart: days, weeks, months, quarters or years, whichever fit.

This module is pure.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from journal_tui.app.widgets.humanize import MONTHS, WEEKDAYS
from journal_tui.period import Period
from journal_tui.review.ratings import Band
from journal_tui.review.review import Bin, Review
from journal_tui.review.span import ALL, DAY, span_around

WIDEST = 8
"""The most screen columns for one bar."""
_UNITS = (DAY, "week", "month", "quarter", "year")


class ChartColumns(NamedTuple):
    """The bins of a chart, their unit, and the number of screen columns for each."""

    unit: str
    bins: tuple[Bin, ...]
    width: int


def columns_of(review: Review, context: Mapping[date, float | None], width: int) -> ChartColumns:
    """Return the chart's columns for `width` screen columns, in the shortest unit that fits.

    A single day is shown in its week; `context` has the written days of that week with their ratings.
    """
    if review.span.kind == DAY:
        return ChartColumns(DAY, tuple(_week_of(review, context)), _width(7, width))
    days = shown_days(review)
    count = (days.last - days.start).days + 1
    years = days.last.year - days.start.year
    months = years * 12 + days.last.month - days.start.month + 1
    sizes = {
        DAY: count,
        "week": count // 7 + 2,
        "month": months,
        "quarter": months // 3 + 2,
        "year": years + 1,
    }
    unit = next((unit for unit in _UNITS if sizes[unit] <= max(1, width)), "year")
    bins = [found for found in review.bins(unit) if days.start < found.span.days.end]
    bins = bins[-max(1, width) :]
    return ChartColumns(unit, tuple(bins), _width(len(bins), width))


def shown_days(review: Review) -> Period:
    """Return the days that the chart shows; those of the whole journal begin with its first entry."""
    days, first = review.days, review.first_ever
    if review.span.kind == ALL and first and days.contains(first):
        return Period(first, days.end)
    return days


def _width(count: int, width: int) -> int:
    return max(1, min(WIDEST, width // max(1, count)))


def _week_of(review: Review, context: Mapping[date, float | None]) -> list[Bin]:
    found = []
    week = span_around("week", review.span.anchor)
    for number in range(week.days.start.toordinal(), week.days.last.toordinal() + 1):
        day = date.fromordinal(number)
        is_written = day in context or day in review.written
        rating = context.get(day)
        if day in review.written:
            rating = review.written[day].rating
        found.append(Bin(span_around(DAY, day), rating, int(rating is not None), int(is_written)))
    return found


def words_of(columns: ChartColumns, review: Review) -> list[int]:
    """Return how many words were written in each column."""
    starts = [found.span.days.start for found in columns.bins]
    words = [0] * len(starts)
    for day, written in review.written.items():
        at = bisect_right(starts, day) - 1
        if at >= 0 and columns.bins[at].span.days.contains(day):
            words[at] += written.words
    return words


def axis(columns: ChartColumns) -> str:
    """Return the line below the bars: the names of days, months or years that fit."""
    line = ""
    labels = [_label(columns, it.span.days.start, it.span.days.last) for it in columns.bins]
    if len(labels) > 1 and labels[0][1] != labels[1][1] and columns.width < len(labels[0][0]):
        # The name of a month with only a few days would leave no room for the next one.
        labels[0] = "", labels[0][1]
    before: object = None
    for number, (label, group) in enumerate(labels):
        at = number * columns.width
        if label and group != before and len(line) + (1 if line else 0) <= at:
            line = line.ljust(at) + label
        before = group
    return line[: len(columns.bins) * columns.width]


def _label(columns: ChartColumns, first: date, last: date) -> tuple[str, object]:
    """Return the name of a column, and a value that neighbours share if they have one name together."""
    unit, count = columns.unit, len(columns.bins)
    if unit == DAY and count <= 7:
        weekday = WEEKDAYS[first.weekday()][:3]
        return (f"{weekday} {first.day}"[: max(2, columns.width - 1)]), first
    if unit == DAY and count <= 45:
        is_named = first.day == 1 or first.weekday() == 0
        return (f"{first.day}" if is_named else ""), first
    if unit in (DAY, "week"):
        # A week belongs to the month, as to the year, of its Thursday.
        middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
        return MONTHS[middle.month - 1][:3], (middle.year, middle.month)
    if unit == "month" and count <= 24:
        return MONTHS[first.month - 1][:3], first
    return f"{first.year}", first.year


def rows_in_band(band: Band, low: float, high: float, rows: int) -> list[int]:
    """Return the rows of a chart, numbered from the top, that are at least half within a band."""
    size = (high - low) / rows
    found = []
    for row in range(rows):
        bottom = low + (rows - 1 - row) * size
        part = min(band.high, bottom + size) - max(band.low, bottom)
        if part >= size / 2 - 1e-9:
            found.append(row)
    return found


def row_of(rating: float, low: float, high: float, rows: int) -> int:
    """Return the row of a chart, numbered from the top, that a rating is in."""
    return max(0, min(rows - 1, rows - 1 - int((rating - low) / (high - low) * rows)))


def unit_words(columns: ChartColumns) -> str:
    """Return what a bar represents: `by day`, `by week (median)`."""
    return "by day" if columns.unit == DAY else f"by {columns.unit} (median)"
