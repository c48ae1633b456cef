"""Learned before? What is like the learning point that the cursor is in, looked for in the background."""

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from textual.timer import Timer

from journal_tui.app.widgets.statusline import StatusLine
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write
    from journal_tui.app.widgets.learnedbefore import Recalled
    from journal_tui.entry.entry import Entry
    from journal_tui.index.similar import Alike, Earlier

PAUSE_SECONDS = 0.25
"""How long the cursor rests in a point before earlier ones are looked for."""
SHOWN = 5


class Recall:
    """Follows the cursor of a `Write` screen: which learning point it is in, and what is like it."""

    def __init__(self, screen: "Write") -> None:
        self._screen = screen
        self._earlier: Earlier | None = None
        # First and last row, and text, of each learning point when the text was last read.
        self._points: list[tuple[int, int, str]] = []
        self._pause: Timer | None = None
        self._day = screen.journal.today()
        self.text = ""
        self.recalled: Recalled | None = None

    # -- asking ---------------------------------------------------------------------------

    def ask(self, text: str, day: date) -> "Recalled | None":
        """What was learned before `day` like this text; None for nothing, and while the index
        cannot say.
        """
        from journal_tui.app.widgets.learnedbefore import Recalled
        from journal_tui.index.similar import Earlier

        try:
            if self._earlier is None:
                self._earlier = Earlier(self._screen.journal.index)
            points = self._earlier.alike(text, day, SHOWN)
            return Recalled(points, self._earlier.repeated(text, day)) if points else None
        except (JournalError, OSError):
            return None

    # -- following ------------------------------------------------------------------------

    def follow(self, entry: "Entry") -> None:
        """Take note of what the text says now, and look where the cursor is."""
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
            self._show(None)
        self.look(self._screen.editor.cursor_location[0])

    def look(self, row: int) -> None:
        """Look for what is like the point at this row, once the cursor rests there."""
        text = next((t for first, last, t in self._points if first <= row <= last), "")
        if text == self.text:
            return
        self.text = text
        if self._pause:
            self._pause.stop()
        if text:
            self._pause = self._screen.set_timer(PAUSE_SECONDS, self._ask)
        else:
            self._show(None)

    def _ask(self) -> None:
        self._screen.run_worker(
            self._answer(self.text, self._day), group="recall", exclusive=True, exit_on_error=False
        )

    async def _answer(self, text: str, day: date) -> None:
        recalled = await asyncio.to_thread(self.ask, text, day)
        if (text, day) == (self.text, self._day):
            self._show(recalled)

    # -- showing --------------------------------------------------------------------------

    def _show(self, recalled: "Recalled | None") -> None:
        self.recalled = recalled
        self.show()

    def show(self) -> None:
        """Show it at the side where there is room, else as a hint below the text."""
        if self._screen.query("SidePanel"):
            from journal_tui.app.widgets.sidepanel import SidePanel

            self._screen.query_one(SidePanel).show_recalled(self.recalled)
        self._screen.query_one(StatusLine).hint(self.hint)

    @property
    def hint(self) -> str:
        """What the line below the text says of it; "" beside the panel."""
        if self.recalled is None or self._screen.query("SidePanel"):
            return ""
        from journal_tui.app.widgets.learnedbefore import short
        from journal_tui.entry.ago import often

        points, days = self.recalled
        screen = self._screen
        keys = [
            f" ({screen.app.get_key_display(active.binding)})"
            for active in screen.active_bindings.values()
            if active.binding.action == "learned"
        ]
        said = f"learned before? {short(points[0].day)}"
        if days:
            said = f"learned {often(len(days))} before?"
        return said + "".join(keys[:1])

    # -- choosing -------------------------------------------------------------------------

    async def choose(self) -> None:
        """Offer the earlier points like the one that the cursor is in, and open the one chosen."""
        from journal_tui.app.screens.learneddialog import LearnedDialog

        screen = self._screen
        entry = screen.entry
        # In a large text this takes seconds, and one may go on writing meanwhile.
        await asyncio.to_thread(lambda: entry.points)
        self.follow(entry)
        text, day = self.text, self._day
        if not text:
            screen.tell("Put the cursor in a learning point to see earlier ones like it.")
            return
        recalled = await asyncio.to_thread(self.ask, text, day)
        if recalled is None:
            screen.tell("There are no earlier learning points like this one.")
            return
        screen.app.push_screen(LearnedDialog(text, recalled, day), self.open)

    def open(self, point: "Alike | None") -> None:
        """Open the day of an earlier point at its line."""
        if point:
            self._screen.go(point.day, point.path, point.line)


def choose(screen: "Write") -> None:
    """Offer the earlier learning points like the one that the cursor is in."""
    screen.run_worker(screen.recall.choose(), group="recalled", exclusive=True)
