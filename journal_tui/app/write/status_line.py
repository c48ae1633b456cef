"""The status bar: whether the text is saved, its counts, its problems and the cursor."""

from datetime import time
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.app import RenderResult
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.cells import component_style, cut, flat, scale_of, strip
from journal_tui.app.widgets.humanize import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.session import EditSession, Location, SaveState

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry

_GAP = "   "
_TOO_LARGE = "Too large for colours and counts; it is saved as usual"


_STATES = {
    SaveState.NEW: ("○ nothing written yet", "changed"),
    SaveState.CHANGED: ("◌ unsaved changes", "changed"),
    SaveState.SAVED: ("● saved", "saved"),
    SaveState.UNCONFIRMED: ("◐ saved, not confirmed by the disk", "failed"),
    SaveState.FAILED: ("✗ not saved", "failed"),
    SaveState.GONE: ("✗ its file is gone", "failed"),
    SaveState.READ_ONLY: ("◇ read-only", "quiet"),
}
"""For each state, its sign and words (colour is never the only signal) and its style."""


class Status(NamedTuple):
    """The values that the status bar shows.

    `saved` is None until an entry is open, and `at` is the time of the last save. `learned` is the
    hint that the point at the cursor was learned before; `note` is shown instead of the counts;
    `problems_key` is the key that lists the problems. `line` is 0 while no cursor is shown.
    """

    saved: SaveState | None = None
    at: time | None = None
    words: int = 0
    points: int = 0
    rating: float | None = None
    problems: tuple[str, ...] = ()
    problems_key: str = ""
    line: int = 1
    column: int = 1
    learned: str = ""
    note: str = ""


def initial_status(session: EditSession) -> Status:
    """Return the status of an entry that has just been opened, before its text is read."""
    at = session.cursor
    return Status(saved=session.state, line=at[0] + 1, column=at[1] + 1, note="…")


def problems_of_files(session: EditSession) -> tuple[str, ...]:
    """Return the problems that aren't in the text: the draft's, and copies of the entry."""
    found = [session.draft_fault] if session.draft_fault else []
    found += [copy_sentence(copy) for copy in session.copies]
    return tuple(found)


def copy_sentence(copy: str) -> str:
    """Return the sentence about a conflict copy of the entry, by the path of the copy."""
    return f"Another copy of this entry is in {one_line(copy.rpartition('/')[2])}."


def status_of(
    session: EditSession, entry: "Entry | None", cursor: Location, learned: str
) -> Status:
    """Return the status of an open entry; None for `entry` if its text is too large to be read."""
    state = session.state
    faults = problems_of_files(session)
    status = Status(
        saved=state,
        at=session.saved_at.time() if session.saved_at else None,
        problems=faults,
        line=cursor[0] + 1,
        column=cursor[1] + 1,
    )
    if entry is None:
        return status._replace(note=_TOO_LARGE)
    problems = (f"line {p.line}: {p.text}" if p.line else p.text for p in entry.problems)
    return status._replace(
        # A new entry has only the words of its template.
        words=0 if state is SaveState.NEW else entry.words,
        points=len(entry.points),
        rating=entry.rating.value if entry.rating else None,
        problems=(*faults, *problems),
        learned=learned,
    )


class StatusLine(Widget):
    """A row of parts; without room for all, the state of the file and the problems are left out last."""

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
        """Show these values; don't redraw if nothing has changed."""
        if status != self.status:
            self.status = status
            self.refresh()

    def move_cursor(self, line: int, column: int) -> None:
        """Show another position of the cursor."""
        if (line, column) != (self.status.line, self.status.column):
            self.status = self.status._replace(line=line, column=column)
            self.refresh()

    def show_hint(self, learned: str) -> None:
        """Show the hint that the point being written was learned before; "" hides it."""
        self.show_status(self.status._replace(learned=learned))

    def render(self) -> RenderResult:
        """Return nothing: `render_line` draws the line."""
        return ""

    def render_line(self, y: int) -> Strip:
        """Draw the parts that fit."""
        width = self.size.width
        if y:
            return strip([], width, self.rich_style)
        parts: list[tuple[str, Style]] = []
        for text, name in self._parts_that_fit(width):
            style = component_style(self, f"statusline--{name}")
            parts += [(_GAP, self.rich_style), (text, style)] if parts else [(text, style)]
        return strip(parts, width, self.rich_style)

    def _state(self) -> tuple[str, str]:
        saved, at = self.status.saved, self.status.at
        if saved is None:
            return "", "quiet"
        text, style = _STATES[saved]
        is_timed = at is not None and saved is SaveState.SAVED
        return (f"{text} {at:%H:%M}" if is_timed else text), style

    def _parts_that_fit(self, width: int) -> list[tuple[str, str]]:
        """Return the parts that fit, each with the name of its style."""
        status = self.status
        if status.saved is None:
            return []
        state = self._state()
        counts = [(status.note or counted(status.words, "word"), "quiet")]
        if status.points:
            counts.append((counted(status.points, "learning point"), "quiet"))
        if status.rating is not None:
            counts.append((scale_of(self).shown(status.rating), "quiet"))
        learned = [(status.learned, "learned")] if status.learned else []
        place = [(f"Ln {status.line}, Col {status.column}", "quiet")] if status.line else []
        count = counted(len(status.problems), "problem")
        key = f" ({status.problems_key})" if status.problems_key else ""
        problem = [(f"! {count}{key}", "problem")] if status.problems else []

        def size(parts: list[tuple[str, str]]) -> int:
            return sum(cell_len(text) for text, _ in parts) + len(_GAP) * (len(parts) - 1)

        if size([state, *learned, *problem]) > width:
            learned = []
        first = flat(status.problems[0]) if problem else ""
        sentence = cell_len(first) + 2 if problem else 0
        # The sentence about a problem is more important than the cursor's position.
        if size([state, *learned, *counts, *problem, *place]) + sentence > width:
            place = []
        while counts and size([state, *learned, *counts, *problem]) > width:
            counts.pop()
        if problem and (spare := width - size([state, *learned, *counts, *problem, *place])) > 12:
            problem = [(f"! {count}{key}: {cut(first, spare - 2)}", "problem")]
        kept = [state, *learned, *counts, *problem, *place]
        return kept if size(kept) <= width else [(cut(state[0], width), state[1])]
