"""Days and ranges of days, and the words that name them. Pure: no files, no clock."""

from journal_tui.period.day import EXAMPLES, MONTHS, WEEKDAYS, iso_day, parse_day
from journal_tui.period.period import PERIODS, Period, parse_period

__all__ = [
    "EXAMPLES",
    "MONTHS",
    "PERIODS",
    "WEEKDAYS",
    "Period",
    "iso_day",
    "parse_day",
    "parse_period",
]
