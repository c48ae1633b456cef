"""The dialog that lists the days of a number, to open one of them."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from journal_tui.app.review.review_list import ReviewList
from journal_tui.app.review.rows import Group, Row, Target
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.humanize import counted


class DaysDialog(Dialog[Target | None]):
    """A list of days that returns the target of the chosen one, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "review.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "Open", show=False)]

    def __init__(self, title: str, rows: Sequence[Row]) -> None:
        super().__init__(title, [("↑↓", "Move"), ("enter", "Open"), ("esc", "Back")])
        self._rows = rows

    def body(self) -> Sequence[Widget]:
        """Return the list of days."""
        return [ReviewList("")]

    def on_mount(self) -> None:
        """Show the days, with the cursor on the first."""
        listed = self.query_one(ReviewList)
        listed.show([Group(counted(len(self._rows), "day"), tuple(self._rows))])
        listed.focus()

    def action_open(self) -> None:
        """Answer with the selected day."""
        if row := self.query_one(ReviewList).chosen:
            self.dismiss(row.target)

    def on_review_list_opened(self) -> None:
        """Answer with the day that is clicked."""
        self.action_open()
