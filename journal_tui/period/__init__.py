"""Days and ranges of days, and the words that name them. Pure: no files, no clock."""

from journal_tui.period.calendar_period import (
    FIRST_YEAR,
    KINDS,
    LAST_YEAR,
    CalendarPeriod,
    calendar_period,
    calendar_period_of,
    containing,
    first_day,
    long_date,
    parse_name,
)
from journal_tui.period.day import EXAMPLES, MONTHS, WEEKDAYS, NotADay, iso_day, parse_day
from journal_tui.period.period import (
    DUE_EXAMPLES,
    PERIODS,
    QUARTER_WORDS,
    TIME,
    WEEK_WORDS,
    NotAPeriod,
    Period,
    parse_due,
    parse_period,
)

__all__ = [
    "DUE_EXAMPLES",
    "EXAMPLES",
    "FIRST_YEAR",
    "KINDS",
    "LAST_YEAR",
    "MONTHS",
    "PERIODS",
    "QUARTER_WORDS",
    "TIME",
    "WEEKDAYS",
    "WEEK_WORDS",
    "CalendarPeriod",
    "NotADay",
    "NotAPeriod",
    "Period",
    "calendar_period",
    "calendar_period_of",
    "containing",
    "first_day",
    "iso_day",
    "long_date",
    "parse_day",
    "parse_due",
    "parse_name",
    "parse_period",
]
