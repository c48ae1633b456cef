"""The calendar as a screen: pick a day, and see what was written on it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.month import Month
from journal_tui.app.widgets.wording import long_date
from journal_tui.entry.visible import one_line

Marks = Mapping[date, float | None]


class CalendarScreen(Dialog[date | None]):
    """Gives the day chosen in a large month, or None.

    `marks_for(year, month)` tells the written days with their ratings, `describe(day)` the
    title and rating of a day in words (empty for a day that is not written).
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["dialog.tcss", "calendar.tcss"]

    def __init__(
        self,
        day: date,
        today: date,
        marks_for: Callable[[int, int], Marks],
        describe: Callable[[date], str],
    ) -> None:
        hints = [
            ("←↑↓→", "Day"),
            ("pgup/dn", "Month"),
            ("<>", "Year"),
            ("enter", "Open"),
            ("esc", "Back"),
        ]
        super().__init__("Calendar", hints)
        self._day = day
        self._today = today
        self._marks_for = marks_for
        self._describe = describe

    def body(self) -> Sequence[Widget]:
        """Show the month, the chosen day, and what was written on it."""
        marks = self._marks_for(self._day.year, self._day.month)
        month = Month(self._day, self._today, marks, large=True)
        return [month, Static(classes="day"), Static(classes="about")]

    def on_mount(self) -> None:
        """Describe the day that it opens on."""
        self._tell(self._day)

    def on_month_moved(self, event: Month.Moved) -> None:
        """Give another month its marks."""
        event.month.marks = self._marks_for(event.first.year, event.first.month)

    def on_month_highlighted(self, event: Month.Highlighted) -> None:
        """Describe the day under the cursor."""
        self._tell(event.day)

    def on_month_chosen(self, event: Month.Chosen) -> None:
        """Give the day."""
        self.dismiss(event.day)

    def _tell(self, day: date) -> None:
        about = one_line(self._describe(day))
        suffix = " · today" if day == self._today else ""
        self.query_one(".day", Static).update(Content(long_date(day) + suffix))
        self.query_one(".about", Static).update(Content(about or "Nothing written yet."))
