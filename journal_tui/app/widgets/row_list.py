"""A list of rows in groups with a cursor, which draws only the visible lines, however many there are."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.app.widgets.cells import component_style, cut, flat, strip, wrapped

Value = TypeVar("Value")
MARKER = "▌"
"""The character at the beginning of each line of the selected row."""
_MIN_ROOM = 8
GROUP_KEYS: Sequence[BindingType] = (
    Binding("tab", "group(1)", "Next group", show=False),
    Binding("shift+tab", "group(-1)", "Previous group", show=False),
)
"""The bindings of a list whose rows are in groups."""


class Line(NamedTuple, Generic[Value]):
    """A line of a list: a row with its `value`, a group's title, or a blank line.

    `title` is that of the row's group, or "" for a blank line; `number` is a group's number of rows.
    """

    title: str
    value: Value | None = None
    number: int = 0


class RowList(ScrollView, Generic[Value], can_focus=True):
    """Rows in groups with a cursor; the selected row may take several lines.

    A subclass draws a row with `row`, the selected one with `selected`, and a title with `title`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"rows--{part}"
        for part in ("title", "cursor", "marker", "quiet", "date", "person", "late", "closed")
    }
    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        background: transparent;
        & .rows--title { color: $text-muted; text-style: bold; }
        & .rows--date { color: $text-accent; }
        & .rows--person { color: $text-warning; }
        & .rows--late { color: $text-error; text-style: bold; }
        & .rows--closed { color: $text-muted; }
        & .rows--cursor { background: $foreground 8%; }
        & .rows--marker { color: $text-muted; }
        & .rows--quiet { color: $text-muted; }
        &:focus .rows--cursor { background: $foreground 12%; }
        &:focus .rows--marker { color: $text-accent; text-style: bold; }
        &:ansi .rows--quiet, &:ansi .rows--closed { text-style: dim; }
        &:ansi .rows--cursor { text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor(-1)", "Up", show=False),
        Binding("down,j", "cursor(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "end(0)", "First", show=False),
        Binding("end", "end(1)", "Last", show=False),
    ]

    class Opened(Message):
        """Posted when the selected row is clicked again."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line[Value]] = []
        self._cursor = -1
        self._shown: LRUCache[tuple[int, int, bool], Strip] = LRUCache(512)
        # The lines of the selected row, drawn for the width below.
        self._selected: list[Strip] | None = None
        self._drawn_for = 0
        self._styles: dict[tuple[str, ...], Style] = {}

    @abstractmethod
    def row(self, line: Line[Value], value: Value, width: int) -> Strip:
        """Return a row as one line."""

    @abstractmethod
    def selected(self, line: Line[Value], value: Value, width: int) -> list[Strip]:
        """Return the lines of the row at the cursor."""

    def whole(
        self,
        parts: Sequence[tuple[str, Style]],
        text: str,
        width: int,
        most: int,
        style: Style | None = None,
    ) -> list[Strip]:
        """Return the lines of the selected row: its parts, and its text wrapped to at most `most` lines.

        The first part is the marker of the cursor, which all lines have.
        """
        plain = self.style("cursor")
        style = style or plain
        margin, room = self._margin(sum(cell_len(part) for part, _ in parts), width)
        texts = wrapped(flat(text), room, most) or [""]
        return [
            strip([*parts, (texts[0], style)], width, plain),
            *(strip([*margin, (line, style)], width, plain) for line in texts[1:]),
        ]

    def below(
        self, text: str, indent: int, width: int, most: int, part: str = "quiet"
    ) -> list[Strip]:
        """Return the lines of a text below the selected row, indented by `indent` columns."""
        plain, style = self.style("cursor"), self.style("cursor", part)
        margin, room = self._margin(indent, width)
        return [
            strip([*margin, (line, style)], width, plain)
            for line in wrapped(flat(text), room, most)
        ]

    def _margin(self, indent: int, width: int) -> tuple[list[tuple[str, Style]], int]:
        """Return the marker and the blanks before a line, and the columns that are left for it."""
        room = max(_MIN_ROOM, width - indent - 1)
        blanks = " " * (min(indent, width - room) - 1)
        return [(MARKER, self.style("cursor", "marker")), (blanks, self.style("cursor"))], room

    def title(self, line: Line[Value], width: int) -> Strip:
        """Return the title of a group, with the number of its rows."""
        number = f"  {line.number:,}" if line.number else ""
        room = max(1, width - len(number) - 1)
        parts = [(f" {cut(flat(line.title), room)}", self.style("title"))]
        if number:
            parts.append((number, self.style("quiet")))
        return strip(parts, width, self.style())

    @property
    def chosen(self) -> Value | None:
        """The value of the selected row, or None in an empty list."""
        return self._lines[self._cursor].value if self._cursor >= 0 else None

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the selected row begins on the screen."""
        x, y, _, _ = self.content_region
        return Offset(x, y + max(self._cursor, 0) - round(self.scroll_y))

    @property
    def values(self) -> list[Value]:
        """The values of all rows, in order."""
        return [line.value for line in self._lines if line.value is not None]

    def show_lines(
        self, lines: list[Line[Value]], keep: Callable[[Value], bool] | None = None
    ) -> None:
        """Show lines; select the row for which `keep` is true, or else the one with the same number as before."""
        was = sum(line.value is not None for line in self._lines[: max(self._cursor, 0)])
        self._lines = lines
        found = [at for at, line in enumerate(lines) if line.value is not None]
        self._cursor = found[min(was, len(found) - 1)] if found else -1
        if keep:
            for at in found:
                value = lines[at].value
                if value is not None and keep(value):
                    self._cursor = at
                    break
        self._redraw()
        self._show_cursor()

    def add_lines(self, lines: Sequence[Line[Value]]) -> None:
        """Add lines at the end; the cursor stays where it is."""
        self._lines = [*self._lines, *lines]
        if self._cursor < 0:
            self._cursor = next(
                (at for at, line in enumerate(self._lines) if line.value is not None), -1
            )
        self._measure()

    @property
    def lines_left(self) -> int:
        """How many lines follow the cursor or the last visible line, whichever is lower."""
        last = max(self._cursor, round(self.scroll_y) + self.scrollable_content_region.height)
        return len(self._lines) - last

    def _redraw(self) -> None:
        self._forget()
        self._measure()

    def _forget(self) -> None:
        self._shown.clear()
        self._selected = None

    def _measure(self) -> None:
        width = self.scrollable_content_region.width
        height = len(self._lines) + max(0, len(self._cursor_lines()) - 1)
        self.virtual_size = Size(width, height)
        self.refresh()

    def _cursor_lines(self) -> list[Strip]:
        width = self.scrollable_content_region.width
        # A scrollbar that appears or disappears changes the width without an event.
        if self._selected is None or self._drawn_for != width:
            line = self._lines[self._cursor] if self._cursor >= 0 else None
            self._drawn_for = width
            value = line.value if line else None
            self._selected = []
            if line is not None and value is not None and width:
                self._selected = self.selected(line, value, width)
        return self._selected

    def _show_cursor(self) -> None:
        if self._cursor < 0:
            return
        top, height = self._cursor, max(1, len(self._cursor_lines()))
        if top <= 1:
            # With the first row, show the title of its group, too.
            top, height = 0, height + top
        self.scroll_to_region(
            Region(0, top, 1, height), animate=False, force=True, immediate=True, x_axis=False
        )

    def _go(self, to: int) -> None:
        if to != self._cursor and 0 <= to < len(self._lines):
            self._cursor = to
            self._redraw()
            self._show_cursor()
            self.moved()

    def select(self, is_wanted: Callable[[Value], bool]) -> None:
        """Select the first row for whose value `is_wanted` is true, if there is one."""
        for at, line in enumerate(self._lines):
            if line.value is not None and is_wanted(line.value):
                self._go(at)
                return

    def moved(self) -> None:
        """Act on a move of the cursor; a subclass may override this."""

    def action_cursor(self, by: int) -> None:
        """Select the next (1) or previous (-1) row."""
        at = self._cursor + by
        while 0 <= at < len(self._lines):
            if self._lines[at].value is not None:
                self._go(at)
                return
            at += by
        self._show_cursor()

    def action_page(self, by: int) -> None:
        """Select a row one page further down (1) or up (-1)."""
        at = self._cursor + by * max(1, self.scrollable_content_region.height - 2)
        self._go_near(min(max(at, 0), len(self._lines) - 1), by)

    def action_end(self, last: int) -> None:
        """Select the first (0) or the last (1) row."""
        self._go_near(len(self._lines) - 1 if last else 0, -1 if last else 1)

    def action_group(self, by: int) -> None:
        """Select the first row of the next (1) or previous (-1) group."""
        title = self._lines[self._cursor].title if self._cursor >= 0 else ""
        heads = [
            at
            for at, line in enumerate(self._lines)
            if line.title and line.value is None and at + 1 < len(self._lines)
        ]
        titles = [self._lines[at].title for at in heads]
        if title in titles:
            self._go(heads[(titles.index(title) + by) % len(heads)] + 1)

    def _go_near(self, at: int, by: int) -> None:
        for way in (by, -by):
            near = at
            while 0 <= near < len(self._lines):
                if self._lines[near].value is not None:
                    self._go(near)
                    return
                near += way

    def on_resize(self) -> None:
        """Draw the rows for another width."""
        self._redraw()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Forget the styles: they depend on the theme."""
        self._styles.clear()
        self._forget()
        super().notify_style_update()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Draw the rows again: the cursor looks different without the focus."""
        self._styles.clear()
        self._forget()
        super().watch_has_focus(has_focus)

    def style(self, *parts: str) -> Style:
        """Return the combined style of parts of a row; those after the first are laid on top.

        Methods of subclasses have a parameter `base`, which comes first in `parts`: it is ("cursor",)
        for the selected row, and () for other rows.
        """
        found = self._styles.get(parts)
        if found is None:
            names = (f"rows--{part}" for part in parts)
            found = self._styles[parts] = component_style(self, *names)
        return found

    def render_line(self, y: int) -> Strip:
        """Draw a line of the list."""
        width = self.scrollable_content_region.width
        at = y + round(self.scroll_y)
        selected = self._cursor_lines()
        if self._cursor >= 0 and at >= self._cursor:
            if at < self._cursor + len(selected):
                return selected[at - self._cursor]
            at -= len(selected) - 1
        if at >= len(self._lines):
            return strip([], width, self.style())
        key = (at, width, self.has_focus)
        found = self._shown.get(key)
        if found is None:
            line = self._lines[at]
            if line.value is not None:
                found = self.row(line, line.value, width)
            elif line.title:
                found = self.title(line, width)
            else:
                found = strip([], width, self.style())
            self._shown[key] = found
        return found

    def on_click(self, event: events.Click) -> None:
        """Select the row that is clicked, then call `clicked`."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at, more = offset.y + round(self.scroll_y), max(0, len(self._cursor_lines()) - 1)
        if self._cursor >= 0 and at > self._cursor:
            at = max(self._cursor, at - more)
        if at >= len(self._lines) or self._lines[at].value is None:
            return
        was_selected = at == self._cursor
        self._go(at)
        self.clicked(offset.x, was_selected)

    def clicked(self, column: int, was_selected: bool) -> None:
        """Act on a click on a row; by default, post `Opened` if it was selected already."""
        if was_selected:
            self.post_message(self.Opened())
