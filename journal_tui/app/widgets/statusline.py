"""The line under the text: is it saved, how much is there, and what is off."""

from datetime import time
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.app import RenderResult
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.cells import cut, flat, strip, style_of
from journal_tui.app.widgets.wording import counted
from journal_tui.entry.rating import shown
from journal_tui.session import SaveState

_GAP = "   "


_STATES = {
    SaveState.NEW: ("○ nothing written yet", "changed"),
    SaveState.CHANGED: ("◌ unsaved changes", "changed"),
    SaveState.SAVED: ("● saved", "saved"),
    SaveState.UNCONFIRMED: ("◐ saved, not confirmed by the disk", "failed"),
    SaveState.FAILED: ("✗ not saved", "failed"),
    SaveState.GONE: ("✗ its file is gone", "failed"),
    SaveState.READ_ONLY: ("◇ read-only", "quiet"),
}
"""A sign and words, never colour alone; and the name of the style."""


class Status(NamedTuple):
    """All that the line says, as plain values; `at` belongs to the states that saved, `learned`
    says that the point one writes was learned before, `note` stands in the place of the counts.
    """

    saved: SaveState = SaveState.NEW
    at: time | None = None
    words: int = 0
    points: int = 0
    rating: float | None = None
    problems: tuple[str, ...] = ()
    line: int = 1
    column: int = 1
    learned: str = ""
    note: str = ""


class StatusLine(Widget):
    """One row; what has no room goes from the right, the state of the file and problems last."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "statusline--saved",
        "statusline--changed",
        "statusline--failed",
        "statusline--problem",
        "statusline--learned",
        "statusline--quiet",
    }
    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        width: 1fr;
        padding: 0 1;
        & .statusline--saved { color: $text-success; }
        & .statusline--changed { color: $text-warning; }
        & .statusline--failed { color: $text-error; text-style: bold; }
        & .statusline--problem { color: $text-error; }
        & .statusline--learned { color: $text-accent; }
        & .statusline--quiet { color: $text-muted; }
        &:ansi .statusline--quiet { text-style: dim; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.status = Status()

    def show_status(self, status: Status) -> None:
        """Show these values; nothing is drawn again when they are the old ones."""
        if status != self.status:
            self.status = status
            self.refresh()

    def move_cursor(self, line: int, column: int) -> None:
        """Show another place of the cursor, the rest staying as it is."""
        if (line, column) != (self.status.line, self.status.column):
            self.status = self.status._replace(line=line, column=column)
            self.refresh()

    def hint(self, learned: str) -> None:
        """Say that the point one writes was learned before; "" for one that was not."""
        self.show_status(self.status._replace(learned=learned))

    def render(self) -> RenderResult:
        """Nothing: the line is drawn by `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """The parts that fit, in their order."""
        width = self.size.width
        if y:
            return strip([], width, self.rich_style)
        parts: list[tuple[str, Style]] = []
        for text, name in self._fitting(width):
            style = style_of(self, f"statusline--{name}")
            parts += [(_GAP, self.rich_style), (text, style)] if parts else [(text, style)]
        return strip(parts, width, self.rich_style)

    def _state(self) -> tuple[str, str]:
        saved, at = self.status.saved, self.status.at
        text, style = _STATES[saved]
        is_timed = at is not None and saved is SaveState.SAVED
        return (f"{text} {at:%H:%M}" if is_timed else text), style

    def _fitting(self, width: int) -> list[tuple[str, str]]:
        """The parts with the name of their style, after dropping what has no room."""
        status = self.status
        state = self._state()
        counts = [(status.note or counted(status.words, "word"), "quiet")]
        if status.points:
            counts.append((counted(status.points, "learning point"), "quiet"))
        if status.rating is not None:
            counts.append((f"{shown(status.rating)}/10", "quiet"))
        learned = [(status.learned, "learned")] if status.learned else []
        place = [(f"Ln {status.line}, Col {status.column}", "quiet")]
        count = counted(len(status.problems), "problem")
        problem = [(f"! {count}", "problem")] if status.problems else []

        def size(parts: list[tuple[str, str]]) -> int:
            return sum(cell_len(text) for text, _ in parts) + len(_GAP) * (len(parts) - 1)

        if size([state, *learned, *problem]) > width:
            learned = []
        if size([state, *learned, *counts, *problem, *place]) > width:
            place = []
        while counts and size([state, *learned, *counts, *problem]) > width:
            counts.pop()
        if problem and (spare := width - size([state, *learned, *counts, *problem, *place])) > 12:
            first = flat(status.problems[0])
            problem = [(f"! {count}: {cut(first, spare - 2)}", "problem")]
        kept = [state, *learned, *counts, *problem, *place]
        return kept if size(kept) <= width else [(cut(state[0], width), state[1])]
