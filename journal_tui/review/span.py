"""The days that a review looks at: read from words, stepped earlier and later, made wider and narrower.

`Span` has the fields `kind`, `days` and `anchor`; `step` and `resized` return another span, and `within` the
days without an open end.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.relative_time import plain_date
from journal_tui.errors import WhenError
from journal_tui.period import (
    KINDS,
    MONTHS,
    CalendarPeriod,
    NotAPeriod,
    Period,
    long_date,
    parse_period,
)
from journal_tui.period.day import ago, length_of_month

DAY, LATEST, RANGE, ALL = "day", "latest", "range", "all"
SPAN_KINDS = (DAY, *KINDS, LATEST, RANGE, ALL)
"""The kinds of spans: `latest` is a number of days up to a given one, `all` has neither a first nor a last day."""
LATEST_DAYS = 90
EXAMPLES = "week, last month, 2014-Q3, 2014, last 90 days, 2014-09..2014-11, all"
_UNITS = (DAY, *KINDS)
_EVERYTHING = ("all", "everything", "all time", "ever")


class Span(NamedTuple):
    """The days of a review: a day, a week … or a range, and the day that it is anchored on.

    When the kind changes, the new span is the week, month, quarter or year that contains the anchor.
    """

    kind: str
    days: Period
    anchor: date

    @property
    def calendar(self) -> CalendarPeriod | None:
        """The week, month, quarter or year; None for other kinds."""
        return _calendar(self.kind, self.days.start) if self.kind in KINDS else None

    @property
    def title(self) -> str:
        """The name in words: `October 2014`, `Monday 6 October 2014`, `90 days to 6 October 2014`."""
        first, last = self.days.start, self.days.last
        if calendar := self.calendar:
            return calendar.title
        if first == last:
            return long_date(first)
        if first == date.min:
            return "All days" if self.days.is_open else f"All days to {plain_date(last)}"
        if self.days.is_open:
            return f"From {plain_date(first)} on"
        if self.kind == LATEST:
            return f"{counted((last - first).days + 1, 'day')} to {plain_date(last)}"
        if first.day == 1 and self._is_whole_months:
            from_year = f" {first.year}" if first.year != last.year else ""
            months = f"{MONTHS[first.month - 1]}{from_year} to {MONTHS[last.month - 1]} {last.year}"
            is_years = first.month == 1 and last.month == 12
            return f"{first.year} to {last.year}" if is_years else months
        return f"{plain_date(first)} to {plain_date(last)}"

    @property
    def name(self) -> str:
        """The shortest words that `parse_span` reads as these days: `2014-10`, `2014-09-01..2014-10-05`."""
        if calendar := self.calendar:
            return calendar.name
        first, last = self.days.start, self.days.last
        if first == last:
            return first.isoformat()
        if first == date.min and self.days.is_open:
            return "all"
        begin = "" if first == date.min else first.isoformat()
        return f"{begin}..{'' if self.days.is_open else last.isoformat()}"

    @property
    def query(self) -> str:
        """The search that finds the entries of these days; "" if it is all of them."""
        return f"date:{self.name}" if self.name != "all" else ""

    @property
    def _is_whole_months(self) -> bool:
        first, last = self.days.start, self.days.last
        return first.day == 1 and last.day == length_of_month(last.year, last.month)

    def step(self, count: int) -> "Span | None":
        """Return the span `count` spans later, or earlier if negative; None if it is open or outside the calendar.

        The anchor moves along: from 31 October to 30 November, and from a Monday to a Monday.
        """
        days = self.days
        if count == 0:
            return self
        if days.start == date.min or days.is_open:
            return None
        try:
            if self.kind in KINDS and self.kind != "week":
                return span_around(self.kind, ago(self.anchor, -count, self.kind))
            if self.kind == "week":
                return span_around("week", self.anchor + timedelta(7 * count))
            if self.kind == RANGE and self._is_whole_months:
                months = (days.end.year - days.start.year) * 12 + days.end.month - days.start.month
                first = ago(days.start, -months * count, "month")
                moved = Period(first, ago(first, -months, "month"))
                return Span(self.kind, moved, ago(self.anchor, -months * count, "month"))
            length = days.end - days.start
            moved = Period(days.start + length * count, days.end + length * count)
            return Span(self.kind, moved, self.anchor + length * count)
        except (ValueError, OverflowError):
            return None

    def resized(self, kind: str) -> "Span":
        """Return the day, week, month, quarter or year, or the latest days, around the anchor."""
        return span_around(kind, self.anchor)

    def within(self, first: date, last: date) -> Period:
        """Return the days, with an open beginning at `first` and an open end at `last`."""
        start, end = self.days
        start = first if start == date.min else start
        if self.days.is_open:
            end = _after(max(last, start))
        return Period(start, max(start, end))


def span_around(kind: str, anchor: date) -> Span:
    """Return the span of a kind that contains a day; of the kind `latest`, the one that ends on it."""
    if kind == ALL:
        return Span(ALL, Period(date.min, date.max), anchor)
    if kind == LATEST:
        first = date.fromordinal(max(1, anchor.toordinal() - LATEST_DAYS + 1))
        return Span(LATEST, Period(first, _after(anchor)), anchor)
    if kind == DAY:
        return Span(DAY, Period(anchor, _after(anchor)), anchor)
    calendar = _calendar(kind, anchor)
    first = calendar.first
    try:
        return Span(kind, calendar.days, anchor)
    except (ValueError, OverflowError):
        # The calendar ends with the year 9999.
        return Span(kind, Period(first, date.max), anchor)


def span_of_days(days: Period, today: date) -> Span:
    """Return the span of these days, anchored on `today` if it is among them, else on the last day."""
    anchor = today if days.contains(today) else days.start if days.is_open else days.last
    if days.start == days.last:
        return Span(DAY, days, days.start)
    if days.start == date.min and days.is_open:
        return Span(ALL, days, today)
    for kind in KINDS:
        if span_around(kind, days.start).days == days:
            return Span(kind, days, anchor)
    return Span(LATEST if days.last == today else RANGE, days, anchor)


def parse_span(
    words: str,
    today: date,
    read_day: Callable[[str], date] | None = None,
    anchor: date | None = None,
) -> Span:
    """Return the span that words name: what `parse_period` reads, a unit such as `week`, or `all`.

    A unit alone means the one that contains `anchor`, by default today. Raise WhenError.
    """
    said = " ".join(words.casefold().split())
    around = anchor or today
    if said in _EVERYTHING:
        return span_around(ALL, around)
    if said in _UNITS:
        return span_around(said, around)
    try:
        return span_of_days(parse_period(words, today, read_day), today)
    except NotAPeriod as error:
        sentence = str(error).partition(" Try one of: ")[0]
        raise WhenError(f"{sentence} Try one of: {EXAMPLES}.") from None


def _calendar(kind: str, day: date) -> CalendarPeriod:
    """Return the period of a kind that contains a day, in any year."""
    if kind == "week":
        year, week, _ = day.isocalendar()
        return CalendarPeriod(kind, year, week)
    number = {"month": day.month, "quarter": (day.month + 2) // 3, "year": 0}[kind]
    return CalendarPeriod(kind, day.year, number)


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(1)
