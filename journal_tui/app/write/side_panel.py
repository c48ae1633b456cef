"""The side panel of a wide screen: the notes and the brief of the day, the month, the last ratings.

While the cursor is in a learning point with similar earlier ones, these replace the brief and the
ratings. On a low screen, the brief takes the place of the month and the ratings. Beside the note of
a period there is only the month, with the days of the period marked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from journal_tui.app.write.brief_list import BriefList
from journal_tui.app.write.day_files import NotesList
from journal_tui.app.write.month import Month
from journal_tui.app.write.rating_chart import RatingChart
from journal_tui.app.write.similar_list import SimilarList, SimilarResult
from journal_tui.errors import JournalError
from journal_tui.period import shift_day

if TYPE_CHECKING:
    from journal_tui.journal import BriefLine, SimilarPoint
    from journal_tui.period import CalendarPeriod

Marks = Callable[[date, date], Mapping[date, float | None]]
Notes = Callable[[date, date], "Iterable[CalendarPeriod]"]

DAYS = 26
MONTH_ROWS, CHART_ROWS = 9, 7
"""Rows of the month with its six weeks, and of the ratings, both with their frames."""
_NO_BRIEF = (
    "What is due, your last day, and what you wrote a month and a year ago will appear here."
)


class SidePanel(Vertical):
    """Show the context of a day.

    `marks(first, last)` returns the written days of a range with their ratings, and
    `notes(first, last)` the periods with notes that begin in it. `open_point(point)` opens an earlier
    learning point. `period` is the period whose note is open, or None.
    """

    DEFAULT_CSS = """
    SidePanel { width: 32; }
    SidePanel Month, SidePanel RatingChart, SidePanel SimilarList { width: 1fr; }
    SidePanel SimilarList { display: none; }
    SidePanel.-similar SimilarList { display: block; }
    SidePanel.-similar .past { display: none; }
    SidePanel.-period .past { display: none; }
    SidePanel .-crowded { display: none; }
    """

    def __init__(
        self,
        day: date,
        today: date,
        marks: Marks,
        notes: Notes,
        open_point: Callable[["SimilarPoint"], object],
        period: "CalendarPeriod | None" = None,
    ) -> None:
        super().__init__()
        self._open_point = open_point
        self._day, self._today, self._period = day, today, period
        self._marks, self._notes = marks, notes
        self._brief: Sequence[BriefLine] = ()
        self._names: Mapping[str, str] = {}
        self._opened = ""
        self._result: SimilarResult | None = None
        self._is_filled = False

    def compose(self) -> ComposeResult:
        """Create the panels, one below the other."""
        yield NotesList()
        yield BriefList(empty=_NO_BRIEF, classes="past")
        yield SimilarList(self._day)
        yield Month(self._day, self._today)
        yield RatingChart(days=DAYS, classes="past")

    def on_mount(self) -> None:
        """Fill the panels."""
        self._is_filled = True
        self.show_day(self._day, self._today, self._period)
        self.show_similar(self._result)
        self.show_brief(self._brief)
        self.show_notes(self._names, self._opened)

    def on_resize(self, event: events.Resize) -> None:
        """Show the panels for which there is room."""
        self._fit()

    def show_day(self, day: date, today: date, period: "CalendarPeriod | None" = None) -> None:
        """Show another day or period, or the same one after the index has changed."""
        self._day, self._today, self._period = day, today, period
        if not self._has_parts:
            return
        self.set_class(period is not None, "-period")
        month = self.query_one(Month)
        month.today, month.period = today, period
        if month.day != day:
            month.day = day
        self._mark(month)
        until = min(day, today)
        rated = self._ratings(shift_day(until, 1 - DAYS) or date.min, until)
        self.query_one(RatingChart).set_ratings(sorted(rated.items()), until)

    def show_brief(self, lines: "Sequence[BriefLine]") -> None:
        """Show the lines of another brief."""
        self._brief = lines
        if self._has_parts:
            self.query_one(BriefList).show_brief(lines)
            self._fit()

    def show_notes(self, names: Mapping[str, str], opened: str) -> None:
        """Show the day's files: their names by path, and the path of the open one."""
        self._names, self._opened = names, opened
        if self._has_parts:
            self.query_one(NotesList).show_notes(names, opened)
            self._fit()

    @property
    def brief(self) -> BriefList | None:
        """The list of the brief's lines while it is in use; None beside a period's note or similar points."""
        return (
            self.query_one(BriefList)
            if self._has_parts and not (self.has_class("-similar") or self._period)
            else None
        )

    def _fit(self) -> None:
        """Show the month and the ratings if they leave enough room for the brief."""
        if not self._has_parts:
            return
        left = self.size.height - self.query_one(NotesList).outer_rows
        left -= 0 if self._period else self.query_one(BriefList).min_height
        for part, height in (
            (self.query_one(Month), MONTH_ROWS),
            (self.query_one(RatingChart), CHART_ROWS),
        ):
            part.set_class(left < height, "-crowded")
            left -= height

    def show_similar(self, result: SimilarResult | None) -> None:
        """Show points similar to the one being written; None brings the usual panels back."""
        self._result = result
        if not self._has_parts:
            return
        self.set_class(result is not None, "-similar")
        self.query_one(SimilarList).show_similar(result, self._day)

    @property
    def _has_parts(self) -> bool:
        """Whether all panels are mounted; they come after this widget and are removed before it."""
        parts = "Month, RatingChart, BriefList, SimilarList, NotesList"
        return self._is_filled and len(self.query(parts)) == 5

    def on_similar_list_chosen(self, event: SimilarList.Chosen) -> None:
        """Open the entry in which the point was learned."""
        self._open_point(event.point)

    def on_month_moved(self, event: Month.Moved) -> None:
        """Mark the written days of the month that is shown."""
        self._mark(event.month)

    def _mark(self, month: Month) -> None:
        first = month.first
        begin, end = shift_day(first, -7) or date.min, shift_day(first, 42) or date.max
        month.marks = self._ratings(begin, end)
        try:
            month.notes = frozenset(self._notes(begin, end))
        except JournalError:
            month.notes = frozenset()

    def _ratings(self, first: date, last: date) -> Mapping[date, float | None]:
        """Return the ratings of the written days of a range; none while the index can't be read."""
        try:
            return self._marks(first, last)
        except JournalError:
            return {}
