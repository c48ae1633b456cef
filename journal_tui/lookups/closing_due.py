"""Look up which week is to be closed now, reading only the days and the note of that week."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from journal_tui.period import CalendarPeriod, containing
from journal_tui.review.closing_time import ClosingDue, week_due, which_week
from journal_tui.review.coverage import Counting

if TYPE_CHECKING:
    from journal_tui.index.index import Index
    from journal_tui.library.library import Library

_NOON = time(12)


def due(index: "Index", library: "Library", today: date, now: datetime) -> ClosingDue | None:
    """Return the week to suggest for closing at this time; None if it is closed or has no entry."""
    which = week_due(today, *_how_late(library, today, now))
    week = _week(which, today) if which else None
    if week is None or _is_closed(index, library, week):
        return None
    first, last = week.first.toordinal(), week.days.last.toordinal()
    records = [index.records_of_day(date.fromordinal(day)) for day in range(first, last + 1)]
    written = [listed for listed in records if listed]
    if not written:
        return None
    points = sum(len(record["learning"]) for listed in written for record in listed)
    return ClosingDue(week, len(written), points)


def _is_closed(index: "Index", library: "Library", week: CalendarPeriod) -> bool:
    """Return whether the week's note has something that closing the week writes."""
    notes = index.records_of_period(week)
    if not notes:
        return False
    # Imported here, because most weeks have no note yet.
    from journal_tui.lookups.closing_facts import closing_of

    return not closing_of(library, notes[0]["path"]).is_empty


def week_to_close(library: "Library", today: date, now: datetime) -> CalendarPeriod | None:
    """Return the week that "close the week" means at this time: this one, or the last."""
    return _week(which_week(today, *_how_late(library, today, now)), today)


def _how_late(library: "Library", today: date, now: datetime) -> tuple[bool, date]:
    """Return whether it is afternoon, and the last day of this week that counts by journal.toml."""
    counting = Counting(library.config.counting, library.config.start)
    monday = today - timedelta(today.weekday())
    counted = counting.days(monday, monday + timedelta(6))
    # `today` may last until some hours after midnight.
    is_afternoon = now.date() > today or now.time() >= _NOON
    return is_afternoon, counted[-1] if counted else monday + timedelta(4)


def _week(which: str, today: date) -> CalendarPeriod | None:
    return containing("week", today - timedelta(0 if which == "this" else 7))
