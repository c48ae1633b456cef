"""Gather what is needed to close a week or a longer period: its days, points, promises and notes."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from journal_tui.entry.follow_ups import FollowUp
from journal_tui.errors import UnreadableEntry
from journal_tui.index.postings import code_of_day
from journal_tui.lookups.review_facts import review, written_between
from journal_tui.period import CalendarPeriod
from journal_tui.query.result_line import headline
from journal_tui.review.closing import (
    Closing,
    ClosingFacts,
    DayGlance,
    PeriodNote,
    closed_promises,
    points_to_keep,
    read_closing,
)
from journal_tui.review.span import span_around
from journal_tui.review.written_day import WrittenDay

if TYPE_CHECKING:
    from journal_tui.index.index import Index
    from journal_tui.library.library import Library


def facts(
    index: "Index",
    library: "Library",
    period: CalendarPeriod,
    today: date,
    listed: Iterable[FollowUp],
) -> ClosingFacts:
    """Return what is needed to close a period; `listed` are the follow-ups of all entries."""
    found = review(index, library.config, span_around(period.kind, period.first), today)
    first, last = period.days.start, period.days.last
    path = library.find_period(period)
    begin = first - timedelta(min(7, first.toordinal() - 1))
    notes = [note for note in written_between(index, begin, last) if note.period]
    promises, closed = list[FollowUp](), list[FollowUp]()
    for one in listed:
        is_due = one.due is not None and period.days.contains(one.due)
        if one.is_closed and is_due:
            closed.append(one)
        elif not one.is_closed and (is_due or period.days.contains(one.day)):
            promises.append(one)
    promises.sort(key=lambda one: (one.due or date.max, one.day, one.path, one.line))
    if period.kind == "week":
        closed += [*found.follow_ups.listed, *found.follow_ups.closed_earlier]
    else:
        # For a longer period, the list would be too long.
        closed = []
    return ClosingFacts(
        period,
        path or library.new_period_path(period),
        path is not None,
        closing_of(library, path),
        tuple(_glance(index, library, *item) for item in found.written.items()),
        points_to_keep(period, found.written, _notes(library, notes, period)),
        tuple(promises),
        tuple(dict.fromkeys(closed_promises(closed))),
    )


def closing_of(library: "Library", path: str | None) -> Closing:
    """Return what the note at a path keeps; an empty `Closing` if there is none or it can't be read."""
    with suppress(FileNotFoundError, UnreadableEntry):
        if path:
            return read_closing(library.text(path), path)
    return Closing()


def _notes(
    library: "Library", notes: Iterable[WrittenDay], closed: CalendarPeriod
) -> dict[str, PeriodNote]:
    """Return the notes by the names of their periods, without the note of the period `closed`."""
    return {
        note.period: PeriodNote(note.path, closing_of(library, note.path), note.points)
        for note in notes
        if note.period != closed.name
    }


def _glance(index: "Index", library: "Library", day: date, found: WrittenDay) -> DayGlance:
    """Return a day at a glance: its first sentence, from the first of its files that has one, and its rating."""
    year = f"{day.year:04d}"
    records = index.segment(year).days().get(code_of_day(day))
    for record in records.records if records else ():

        def read(path: str = record["path"]) -> str:
            with suppress(FileNotFoundError, UnreadableEntry):
                return library.text(path)
            return ""

        if said := headline(record, read):
            return DayGlance(day, record["path"], said.line, said.text, found.rating, found.remark)
    return DayGlance(day, found.path, found.line, found.title, found.rating, found.remark)
