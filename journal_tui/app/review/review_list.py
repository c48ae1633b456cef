"""The list of a review: rows in groups, some with bars; and the dialog that lists the days of a row."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.review.rows import DISTRIBUTION, USUAL_MARK, ReviewRow, RowGroup, Target
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.cells import cut, fit, flat, strip
from journal_tui.app.widgets.humanize import counted
from journal_tui.app.widgets.row_list import Line, RowList

STEP_KEYS = Binding.Group("Step", compact=True)
"""The footer's common title for the keys of the previous and next period."""
_MAX_LINES = 8
_MIN_BAR, _MAX_BAR = 6, 30
_WIDE, _USUALLY = 48, 17
"""The width from which a bar is followed by the usual number, and the columns that it takes."""


class ReviewList(RowList[ReviewRow]):
    """Rows in groups with a cursor; the selected row is shown whole."""

    DEFAULT_CSS = """
    ReviewList {
        border: round $foreground 30%;
        border-title-color: $text-muted;
        &:focus {
            border: round $border;
            border-title-color: $text;
            border-title-style: bold;
        }
        & .rows--bar { color: $text-primary; }
        & .rows--usual { color: $text-accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--bar", "rows--usual"}
    BINDINGS: ClassVar[list[BindingType]] = [
        # Without these, the list would scroll sideways at these keys.
        Binding("left", "screen.previous", "Earlier", key_display="←", group=STEP_KEYS),
        Binding("right", "screen.next", "Later", key_display="→", group=STEP_KEYS),
        Binding("s", "group(1)", "Next section", show=False),
        Binding("S", "group(-1)", "Previous section", show=False),
    ]

    class Opened(RowList.Opened):
        """Posted when a row is clicked."""

    def __init__(self, title: str, name: str = "") -> None:
        super().__init__()
        if name:
            self.id = name
        self._has_usual = False
        self.border_title = Content(title)

    def show(self, groups: Sequence[RowGroup]) -> None:
        """Show groups; the cursor stays in the group of its title, on the row of the same number."""
        rows = (row for group in groups for row in group.rows)
        self._has_usual = any(row.bar and row.bar.usual is not None for row in rows)
        was = self._lines[self._cursor].title if self._cursor >= 0 else ""
        lines: list[Line[ReviewRow]] = []
        for number, group in enumerate(groups):
            if number:
                lines.append(Line(""))
            lines.append(Line(group.title))
            lines += [Line(group.title, row) for row in group.rows]
        top = self._cursor - next(
            (at for at, line in enumerate(self._lines) if line.title == was), self._cursor
        )
        self._cursor = -1
        self.scroll_to(y=0, animate=False, immediate=True)
        self.show_lines(lines)
        heads = [at for at, line in enumerate(lines) if line.title == was]
        if heads and 0 < top < len(heads):
            self._go(heads[top])

    def title(self, line: Line[ReviewRow], width: int) -> Strip:
        """Return the title of a group; that of the distribution explains its mark."""
        parts = [(f" {line.title}", self.style("title"))]
        if line.title == DISTRIBUTION and self._has_usual:
            parts += [("  ", self.style()), (USUAL_MARK, self.style("usual"))]
            parts.append((" your usual", self.style("quiet")))
        return strip(parts, width, self.style())

    def row(self, line: Line[ReviewRow], value: ReviewRow, width: int) -> Strip:
        """Return a row as one line."""
        return strip(self._parts(value, (), width), width, self.style())

    def _head(self, row: ReviewRow, base: tuple[str, ...]) -> list[tuple[str, Style]]:
        """Return the marker, the indent and the lead."""
        parts = [
            ("▌" if base else " ", self.style(*base, "marker")),
            ("  " * row.level, self.style(*base)),
        ]
        if row.lead and row.bar is None:
            parts.append((f"{flat(row.lead)} ", self.style(*base, "date")))
        return parts

    def _parts(self, row: ReviewRow, base: tuple[str, ...], width: int) -> list[tuple[str, Style]]:
        parts = self._head(row, base)
        used = sum(cell_len(text) for text, _ in parts)
        if row.bar is not None:
            return parts + self._bar(row, base, width - used - 1)
        return [*parts, (cut(flat(row.text), max(1, width - used - 1)), self.style(*base))]

    def _bar(self, row: ReviewRow, base: tuple[str, ...], width: int) -> list[tuple[str, Style]]:
        """Return the name of a bar, the bar with the mark of its usual length, and the numbers."""
        bar, plain = row.bar, self.style(*base)
        if bar is None:
            return []
        is_scale = bar.usual is not None or len(row.lead) <= 3
        name = 3 if is_scale else max(12, width // 3)
        numbers = _USUALLY if row.end and width >= _WIDE else 0
        room = min(_MAX_BAR, width - name - 7 - numbers)
        parts = [(f"{fit(flat(row.lead), name, right=is_scale)} ", self.style(*base, "date"))]
        if room >= _MIN_BAR:
            length = round(bar.part * room)
            filled = "▇" * (max(1, length) if bar.part > 0 else 0)
            cells = filled.ljust(room)
            paint = self.style(*base, "bar")
            if bar.usual is None:
                parts.append((cells, paint))
            else:
                at = min(room - 1, max(0, round(bar.usual * room) - 1))
                parts += [
                    (cells[:at], paint),
                    (USUAL_MARK, self.style(*base, "usual")),
                    (cells[at + 1 :], paint),
                ]
        parts.append((f"{row.text:>6}", plain))
        if numbers:
            parts.append((f"   usually {row.end}", self.style(*base, "quiet")))
        return parts

    def selected(self, line: Line[ReviewRow], value: ReviewRow, width: int) -> list[Strip]:
        """Return the whole text of a row, and below it the row's `more`."""
        if not self.has_focus:
            # Only the focused widget of the screen shows a cursor.
            return [self.row(line, value, width)]
        base = ("cursor",)
        if value.bar is not None:
            found = [strip(self._parts(value, base, width), width, self.style(*base))]
        else:
            found = self.whole(self._head(value, base), value.text, width, _MAX_LINES)
        return found + self.below(value.more, 3 + 2 * value.level, width, 3)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor, and the selected row whole, while the list has the focus."""
        super().watch_has_focus(has_focus)
        self._measure()

    def clicked(self, column: int, was_selected: bool) -> None:
        """Open the row that is clicked."""
        self.post_message(self.Opened())


class DaysDialog(Dialog[Target | None]):
    """A dialog that lists days and returns the target of the chosen day, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "review.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "Open", show=False)]

    def __init__(self, title: str, rows: Sequence[ReviewRow]) -> None:
        super().__init__(title, [("↑↓", "Move"), ("enter", "Open"), ("esc", "Back")])
        self._rows = rows

    def body(self) -> Sequence[Widget]:
        """Return the list of days."""
        return [ReviewList("")]

    def on_mount(self) -> None:
        """Show the days, with the cursor on the first."""
        listed = self.query_one(ReviewList)
        listed.show([RowGroup(counted(len(self._rows), "day"), tuple(self._rows))])
        listed.focus()

    def action_open(self) -> None:
        """Answer with the selected day."""
        if row := self.query_one(ReviewList).chosen:
            self.dismiss(row.target)

    def on_review_list_opened(self) -> None:
        """Answer with the day that is clicked."""
        self.action_open()
