"""What was written on this day in earlier years, months and weeks."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.app.widgets.cells import cut, strip, style_of, wrapped
from journal_tui.app.widgets.wording import ago
from journal_tui.entry.visible import one_line


class OnThisDay(ScrollView, can_focus=True):
    """Earlier days with a title or first learning point each; choosing one posts its day."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "onthisday--ago",
        "onthisday--date",
        "onthisday--cursor",
        "onthisday--marker",
        "onthisday--empty",
    }
    DEFAULT_CSS = """
    OnThisDay {
        width: 26;
        height: 1fr;
        min-height: 4;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 25%;
        scrollbar-color-hover: $foreground 40%;
        scrollbar-color-active: $foreground 50%;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        border: round $foreground 30%;
        border-title-color: $text-muted;
        & .onthisday--ago { text-style: bold; }
        & .onthisday--date { color: $text-muted; }
        & .onthisday--empty { color: $text-muted; }
        & .onthisday--marker { color: $text-muted; }
        & .onthisday--cursor { text-style: none; }
        &:focus {
            border: round $border;
            border-title-color: $text;
            border-title-style: bold;
            & .onthisday--marker { color: $text-accent; text-style: bold; }
            & .onthisday--cursor { background: $foreground 8%; }
        }
        &:ansi { scrollbar-color: $scrollbar; }
        &:ansi .onthisday--date, &:ansi .onthisday--empty { text-style: dim; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("home", "move(-1000)", "First", show=False),
        Binding("end", "move(1000)", "Last", show=False),
        Binding("enter", "choose", "Open day", id="onthisday.choose"),
    ]

    class Chosen(Message):
        """The person wants to open `day`."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(
        self,
        today: date,
        items: Sequence[tuple[date, str]] = (),
        *,
        empty: str = "Nothing yet. What you write today appears here in a week, a month and a year.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._items = list(items)
        self._today = today
        self._empty = empty
        self._cursor = 0
        self._lines: list[tuple[int, str, str]] = []
        self.border_title = Content("On this day")

    def set_items(self, items: Sequence[tuple[date, str]], today: date) -> None:
        """Show other days, seen from `today`; the cursor goes to the first."""
        self._items = list(items)
        self._today = today
        self._cursor = 0
        self.scroll_to(y=0, animate=False)
        self._lay_out()

    @property
    def chosen(self) -> date | None:
        """The day under the cursor, or None when there is none."""
        return self._items[self._cursor][0] if self._items else None

    def on_resize(self, event: events.Resize) -> None:
        """Break the texts anew."""
        self._lay_out()

    def watch_show_vertical_scrollbar(self) -> None:
        """A scrollbar takes a column from the texts."""
        self.call_after_refresh(self._lay_out)

    def heading(self, number: int) -> tuple[str, str]:
        """What stands above the text of an item, flush left and flush right."""
        day = self._items[number][0]
        return ago(day, self._today), day.isoformat()

    def text_lines(self, width: int) -> int:
        """How many lines of an item's text are shown at most."""
        return 2

    def has_gaps(self, width: int) -> bool:
        """Whether a line is left empty between two items."""
        return True

    def _lay_out(self) -> None:
        """Break the items into lines of (item, when it was, text)."""
        width = self.scrollable_content_region.width - 1
        self._lines = []
        if width > 0:
            for number, (_, text) in enumerate(self._items):
                if number and self.has_gaps(width):
                    self._lines.append((-1, "", ""))
                self._lines.append((number, *self.heading(number)))
                for piece in wrapped(one_line(text), width, self.text_lines(width)):
                    self._lines.append((number, "", piece))
            if not self._items:
                for piece in wrapped(self._empty, width, 12):
                    self._lines.append((-1, "", piece))
        self.virtual_size = Size(width + 1, len(self._lines))
        self.refresh()

    def action_move(self, by: int) -> None:
        """Move the cursor and bring all of its item into view."""
        if not self._items:
            return
        self._cursor = min(len(self._items) - 1, max(0, self._cursor + by))
        rows = [y for y, line in enumerate(self._lines) if line[0] == self._cursor]
        if rows:
            region = Region(0, rows[0], 1, len(rows))
            self.scroll_to_region(region, animate=False, force=True)
        self.refresh()

    def action_choose(self) -> None:
        """Open the day under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        y = offset.y + round(self.scroll_y)
        if y < len(self._lines) and (number := self._lines[y][0]) >= 0:
            self._cursor = number
            self.refresh()
            self.action_choose()
        event.stop()

    def render_line(self, y: int) -> Strip:
        """One line: how long ago and the date, a piece of text, or a blank between two items."""
        fill = self.rich_style
        width = self.scrollable_content_region.width
        y += round(self.scroll_y)
        if y >= len(self._lines):
            return strip([], width, fill)
        number, when, text = self._lines[y]
        if number < 0:
            return strip([(f" {text}", style_of(self, "onthisday--empty"))], width, fill)
        extra = ["onthisday--cursor"] if number == self._cursor and self.has_focus else []
        ground = style_of(self, *extra)
        marker = style_of(self, *extra, "onthisday--marker")
        parts: list[tuple[str, Style]] = [("▌" if extra else " ", marker)]
        if when:
            room = width - 1 - len(text) - 1
            parts.append((cut(when, room), style_of(self, *extra, "onthisday--ago")))
            gap = max(1, width - 1 - len(cut(when, room)) - len(text))
            parts.append((" " * gap + text, style_of(self, *extra, "onthisday--date")))
        else:
            parts.append((text, ground))
        return strip(parts, width, ground)
