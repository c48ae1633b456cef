"""Add a learning point from anywhere, with what was learned before in sight."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.learnedbefore import LearnedBefore, Recalled
from journal_tui.app.widgets.oneline import Paragraph

if TYPE_CHECKING:
    from journal_tui.index.similar import Alike

PAUSE_SECONDS = 0.2
"""How long the typing pauses before earlier points are looked for."""
_NONE_YET = "Similar earlier points appear here."


class PointDialog(Dialog[str | None]):
    """Asks for one point of `day` and gives it as one line, or None.

    `recall` is called in another thread with the text so far and gives what was learned before;
    `read` shows where one of these points was learned.
    """

    def __init__(
        self,
        text: str = "",
        recall: Callable[[str], Recalled | None] | None = None,
        read: Callable[["Alike"], object] | None = None,
        *,
        day: date = date.max,
        title: str = "Learning point",
        placeholder: str = "What did today teach you?",
        typed: Callable[[str], object] = lambda text: None,
    ) -> None:
        hints = [("enter", "Add"), ("esc", "Cancel")]
        super().__init__(title, [*hints, ("↓ enter", "Read an earlier one")] if recall else hints)
        self._text = text
        self._placeholder = placeholder
        self._typed = typed
        self._recall, self._read, self._day = recall, read, day
        self._asked = ""
        self._pause: Timer | None = None

    def body(self) -> Sequence[Widget]:
        """The input, and the place for earlier points when there is someone to ask."""
        paragraph = Paragraph(self._text, placeholder=self._placeholder)
        if self._recall is None:
            return [paragraph]
        return [paragraph, LearnedBefore(self._day, empty=_NONE_YET)]

    def on_mount(self) -> None:
        """Look for earlier points like the text given."""
        self._look()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell what is typed, and look again when the typing pauses."""
        self._typed(self.query_one(Paragraph).line)
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._look)

    def _look(self) -> None:
        text = self.query_one(Paragraph).line
        if self._recall and text != self._asked:
            self._asked = text
            self._ask(self._recall, text)

    @work(exclusive=True, group="recall", exit_on_error=False)
    async def _ask(self, recall: Callable[[str], Recalled | None], text: str) -> None:
        recalled = await asyncio.to_thread(recall, text)
        # The thread of an earlier text goes on, but its answer ends with this worker.
        self.query_one(LearnedBefore).show_recalled(recalled, self._day)

    def on_paragraph_left(self, event: Paragraph.Left) -> None:
        """Go on to the earlier points."""
        for earlier in self.query(LearnedBefore):
            if earlier.chosen:
                earlier.focus()

    def on_learned_before_left(self, event: LearnedBefore.Left) -> None:
        """Back to the text."""
        self.query_one(Paragraph).focus()

    def on_learned_before_picked(self, event: LearnedBefore.Picked) -> None:
        """Show where it was learned; what is typed here stays."""
        if self._read:
            self._read(event.point)

    def on_paragraph_submitted(self, event: Paragraph.Submitted) -> None:
        """Give the point; an empty one is none."""
        if event.text:
            self.dismiss(event.text)
