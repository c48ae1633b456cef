"""Learned before? What is like the learning point that the cursor is in, looked for in the background."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.widgets.learnedbefore import Recalled
    from journal_tui.entry.entry import Entry
    from journal_tui.index.similar import Earlier
    from journal_tui.journal import Journal

PAUSE_SECONDS = 0.25
"""How long the cursor rests in a point before earlier ones are looked for."""
SHOWN = 5


class SimilarPoints:
    """Follows the cursor in an entry: which learning point it is in, and what is like it.

    `later(seconds, callback)` starts a timer, `run(work)` runs a coroutine in the place of the one
    before, and `show()` is called when `recalled` may have changed.
    """

    def __init__(
        self,
        journal: "Journal",
        later: Callable[[float, Callable[[], object]], Timer],
        run: Callable[[Coroutine[Any, Any, None]], object],
        show: Callable[[], object],
    ) -> None:
        self._journal = journal
        self._later, self._run, self._show = later, run, show
        self._earlier: Earlier | None = None
        # First and last row, and text, of each learning point when the text was last read.
        self._points: list[tuple[int, int, str]] = []
        self._pause: Timer | None = None
        self._day = journal.today()
        self.text = ""
        self.recalled: Recalled | None = None

    def ask(self, text: str, day: date) -> "Recalled | None":
        """What was learned before `day` like this text; None for nothing, and while the index
        cannot say.
        """
        from journal_tui.app.widgets.learnedbefore import Recalled
        from journal_tui.index.similar import Earlier

        try:
            if self._earlier is None:
                self._earlier = Earlier(self._journal.index)
            points = self._earlier.alike(text, day, SHOWN)
            return Recalled(points, self._earlier.repeated(text, day)) if points else None
        except (JournalError, OSError):
            return None

    def follow(self, entry: "Entry", row: int) -> None:
        """Take note of what the text says now, and look at the cursor's row."""
        text = entry.text
        self._points = [
            (
                point.line - 1,
                point.line - 1 + text[point.start : point.end].rstrip().count("\n"),
                point.text,
            )
            for point in entry.points
        ]
        if entry.day != self._day:
            self._day, self.text = entry.day, ""
            # What was shown belongs to the day before.
            self._recall(None)
        self.look(row)

    def look(self, row: int) -> None:
        """Look for what is like the point at this row, once the cursor rests there."""
        text = next((t for first, last, t in self._points if first <= row <= last), "")
        if text == self.text:
            return
        self.text = text
        if self._pause:
            self._pause.stop()
        if text:
            self._pause = self._later(PAUSE_SECONDS, self._ask)
        else:
            self._recall(None)

    def _ask(self) -> None:
        self._run(self._answer(self.text, self._day))

    async def _answer(self, text: str, day: date) -> None:
        recalled = await asyncio.to_thread(self.ask, text, day)
        if (text, day) == (self.text, self._day):
            self._recall(recalled)

    def _recall(self, recalled: "Recalled | None") -> None:
        self.recalled = recalled
        self._show()

    def hint(self, key: str) -> str:
        """What the line below the text says of it; `key` shows more ("" for none)."""
        if self.recalled is None:
            return ""
        from journal_tui.app.widgets.learnedbefore import short
        from journal_tui.entry.ago import often

        points, days = self.recalled
        said = f"learned before? {short(points[0].day)}"
        if days:
            said = f"learned {often(len(days))} before?"
        return f"{said} ({key})" if key else said
