"""Look up, in the background, points similar to the learning point that the cursor is in."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.write.similar_list import SimilarResult
    from journal_tui.entry.entry import Entry
    from journal_tui.journal import Journal

PAUSE_SECONDS = 0.25
"""Seconds that the cursor has to stay in a point before similar ones are looked up."""
MAX_SHOWN = 5


class SimilarPoints:
    """Track which learning point the cursor is in, and find earlier points similar to it.

    `later(seconds, callback)` starts a timer, `run(work)` runs a coroutine and cancels the previous
    one, and `show()` is called when `result` may have changed.
    """

    def __init__(
        self,
        journal: "Journal",
        later: Callable[[float, Callable[[], object]], Timer],
        run: Callable[[Coroutine[Any, Any, None]], object],
        show: Callable[[], object],
    ) -> None:
        self._journal = journal
        self._set_timer, self._run, self._show = later, run, show
        # The learning points of the latest text, each as (first row, last row, text).
        self._points: list[tuple[int, int, str]] = []
        self._pause: Timer | None = None
        self._day = journal.today()
        self.text = ""
        self.result: SimilarResult | None = None

    def find(self, text: str, day: date) -> "SimilarResult | None":
        """Return points from before `day` that are similar to the text.

        Return None if there are none, or if the index can't be used.
        """
        from journal_tui.app.write.similar_list import SimilarResult

        try:
            earlier = self._journal.similar_points
            points = earlier.find(text, day, MAX_SHOWN)
            return SimilarResult(points, earlier.repeated(text, day)) if points else None
        except (JournalError, OSError):
            return None

    def follow(self, entry: "Entry", row: int) -> None:
        """Update the points from the entry's text, then look up those similar to the one at `row`."""
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
            # The current result belongs to the previous entry.
            self._set_result(None)
        self.look(row)

    def look(self, row: int) -> None:
        """Look up points similar to the one at this row, once the cursor has stayed in it."""
        text = next((t for first, last, t in self._points if first <= row <= last), "")
        if text == self.text:
            return
        self.text = text
        if self._pause:
            self._pause.stop()
        if text:
            self._pause = self._set_timer(PAUSE_SECONDS, self._ask)
        else:
            self._set_result(None)

    def _ask(self) -> None:
        self._run(self._look_up(self.text, self._day))

    async def _look_up(self, text: str, day: date) -> None:
        result = await asyncio.to_thread(self.find, text, day)
        if (text, day) == (self.text, self._day):
            self._set_result(result)

    def _set_result(self, result: "SimilarResult | None") -> None:
        self.result = result
        self._show()

    def hint(self, key: str) -> str:
        """Return the status bar's hint, with the key that lists the points; "" if there are none."""
        if self.result is None:
            return ""
        from journal_tui.app.widgets.humanize import date_with_year
        from journal_tui.entry.relative_time import times_in_words

        points, days = self.result
        said = f"learned before? {date_with_year(points[0].day)}"
        if days:
            said = f"learned {times_in_words(len(days))} before?"
        return f"{said} ({key})" if key else said
