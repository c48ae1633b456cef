"""The earlier learning points like one that is written already."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.learnedbefore import LearnedBefore, Recalled
from journal_tui.entry.ago import learned_again
from journal_tui.entry.visible import one_line
from journal_tui.index.similar import Alike


class LearnedDialog(Dialog[Alike | None]):
    """Shows what was learned before like `text`, a point of `day`; gives the one to open, or None."""

    def __init__(self, text: str, recalled: Recalled, day: date) -> None:
        super().__init__("Learned before?", [("↑↓", "Move"), ("enter", "Open"), ("esc", "Back")])
        self._text, self._recalled, self._day = text, recalled, day

    def body(self) -> Sequence[Widget]:
        """The point, whether it is the third time, and the earlier ones."""
        parts = [Static(Content(one_line(self._text)), classes="point quiet")]
        if again := learned_again(self._recalled.days):
            parts.append(Static(Content(again), classes="again"))
        return [*parts, LearnedBefore(self._day, title="Closest first")]

    def on_mount(self) -> None:
        """The cursor on the closest."""
        earlier = self.query_one(LearnedBefore)
        earlier.show_recalled(self._recalled, self._day)
        earlier.focus()

    def on_learned_before_picked(self, event: LearnedBefore.Picked) -> None:
        """Give the point under the cursor."""
        self.dismiss(event.point)
