"""The left side on a wide screen: the month, the enjoyment of the last weeks, on this day.

While a learning point is written that is like earlier ones, these stand in the place of the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from journal_tui.app.widgets.enjoyment import Enjoyment
from journal_tui.app.widgets.learnedbefore import LearnedBefore, Recalled
from journal_tui.app.widgets.month import Month
from journal_tui.app.widgets.month_grid import shift_days
from journal_tui.app.widgets.onthisday import OnThisDay

if TYPE_CHECKING:
    from journal_tui.index.similar import Alike

Marks = Callable[[date, date], Mapping[date, float | None]]
Earlier = Callable[[date], Sequence[tuple[date, str]]]

DAYS = 21


class SidePanel(Vertical):
    """Shows what lies around a day; `marks` tells the written days of a range, `earlier` its past.

    `open` opens an earlier learning point.
    """

    DEFAULT_CSS = """
    SidePanel { width: 26; }
    SidePanel LearnedBefore { display: none; }
    SidePanel.-recalls LearnedBefore { display: block; }
    SidePanel.-recalls .past { display: none; }
    """

    def __init__(
        self,
        day: date,
        today: date,
        marks: Marks,
        earlier: Earlier,
        open: Callable[["Alike"], object],
    ) -> None:
        super().__init__()
        self._open = open
        self._day, self._today = day, today
        self._marks, self._earlier = marks, earlier
        self._recalled: Recalled | None = None
        self._is_filled = False

    def compose(self) -> ComposeResult:
        """One below the other."""
        yield Month(self._day, self._today)
        yield Enjoyment(days=DAYS, classes="past")
        yield OnThisDay(self._today, classes="past")
        yield LearnedBefore(self._day)

    def on_mount(self) -> None:
        """Fill in what is known."""
        self._is_filled = True
        self.show_day(self._day, self._today)
        self.show_recalled(self._recalled)

    def show_day(self, day: date, today: date) -> None:
        """Show another day, or the same one after the index has learned something."""
        self._day, self._today = day, today
        if not self._has_parts:
            return
        month = self.query_one(Month)
        month.today = today
        if month.day != day:
            month.day = day
        self._mark(month)
        until = min(day, today)
        rated = self._marks(shift_days(until, 1 - DAYS), until)
        self.query_one(Enjoyment).set_ratings(sorted(rated.items()), until)
        self.query_one(OnThisDay).set_items(self._earlier(day), day)

    def show_recalled(self, recalled: Recalled | None) -> None:
        """Show what was learned before like the point one writes, in place of on this day; None
        brings that back.
        """
        self._recalled = recalled
        if not self._has_parts:
            return
        self.set_class(recalled is not None, "-recalls")
        self.query_one(LearnedBefore).show_recalled(recalled, self._day)

    @property
    def _has_parts(self) -> bool:
        """Whether all parts are there: they come after the panel, and go before it."""
        return (
            self._is_filled and len(self.query("Month, Enjoyment, OnThisDay, LearnedBefore")) == 4
        )

    def on_learned_before_picked(self, event: LearnedBefore.Picked) -> None:
        """Open the day where it was learned."""
        self._open(event.point)

    def on_month_moved(self, event: Month.Moved) -> None:
        """Mark the written days of the month that is looked at."""
        self._mark(event.month)

    def _mark(self, month: Month) -> None:
        first = month.first
        month.marks = self._marks(shift_days(first, -7), shift_days(first, 42))
