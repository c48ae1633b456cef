"""The list of what was found, drawn line by line so that ten thousand rows cost what ten do."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.app.widgets.bars import across, level
from journal_tui.app.widgets.cells import flat, strip, style_of, wrapped
from journal_tui.app.widgets.results_row import Row, excerpt
from journal_tui.entry.rating import shown

__all__ = ["Results", "Row"]

_DATE = 13  # marker, ISO date, two blanks
_NUMBER = 5  # a blank and up to four characters of rating
_KINDS = {"feedback": "» ", "follow-up": "☐ ", "entry": "¶ "}


class Results(ScrollView, can_focus=True):
    """Rows of points, one line each, with a cursor row and the matches emphasised.

    Keys may be forwarded by calling the actions `cursor`, `page`, `first`, `last`, `choose`.
    `empty` is the text shown instead of rows.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "results--marker",
        "results--cursor",
        "results--date",
        "results--kind",
        "results--match",
        "results--low",
        "results--middle",
        "results--high",
        "results--empty",
    }
    DEFAULT_CSS = """
    Results {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 25%;
        scrollbar-color-hover: $foreground 40%;
        scrollbar-color-active: $foreground 50%;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        & .results--marker { color: $text-muted; }
        & .results--cursor { background: $foreground 8%; }
        & .results--date { color: $text-muted; }
        & .results--kind { color: $text-muted; }
        & .results--match { color: $text-accent; text-style: bold underline; }
        & .results--low { color: $text-error; }
        & .results--middle { color: $text-warning; }
        & .results--high { color: $text-success; }
        & .results--empty { color: $text-muted; }
        &:focus .results--marker, &.-active .results--marker {
            color: $text-accent; text-style: bold;
        }
        &:focus .results--cursor, &.-active .results--cursor { background: $foreground 12%; }
        &:ansi { scrollbar-color: $scrollbar; }
        &:ansi .results--date, &:ansi .results--empty { text-style: dim; }
        &:ansi .results--cursor { text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", "Up", show=False, id="results.up"),
        Binding("down", "cursor(1)", "Down", show=False, id="results.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="results.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="results.page-down"),
        Binding("home", "first", "First", show=False, id="results.first"),
        Binding("end", "last", "Last", show=False, id="results.last"),
        Binding("enter", "choose", "Open", id="results.choose"),
    ]

    class Chosen(Message):
        """The person wants to open `row`."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self,
        rows: Iterable[Row] = (),
        *,
        empty: str = "Nothing found.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: list[Row] = list(rows)
        self._cursor = 0
        self._empty = empty
        self._drawn: LRUCache[tuple[int, int, bool], Strip] = LRUCache(512)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown, first to last."""
        return self._rows

    @property
    def cursor(self) -> int:
        """The number of the cursor row, from 0."""
        return self._cursor

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor, or None when there is none."""
        return self._rows[self._cursor] if self._rows else None

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows, from the first."""
        self._rows = list(rows)
        self._cursor = 0
        self._measure()
        self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Append a batch; cursor and scroll position stay."""
        self._rows += rows
        self._measure()

    def _measure(self) -> None:
        self._drawn.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self._measure()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Drawn lines carry the colours of theme and focus, so they go with them."""
        self._drawn.clear()
        super().notify_style_update()

    def move_cursor(self, row: int) -> None:
        """Put the cursor on a row (held within the list) and bring it into view."""
        row = max(0, min(len(self._rows) - 1, row))
        if row != self._cursor:
            self._cursor = row
            self._show_cursor()
            self.refresh()

    def _show_cursor(self) -> None:
        if self._rows:
            region = Region(0, self._cursor, 1, 1)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_cursor(self, by: int) -> None:
        """Move the cursor by rows."""
        self.move_cursor(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages, one row less than the height."""
        self.move_cursor(self._cursor + by * max(1, self.scrollable_content_region.height - 1))

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self.move_cursor(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self.move_cursor(len(self._rows) - 1)

    def action_choose(self) -> None:
        """Open the cursor row."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a click on the cursor row opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        row = offset.y + round(self.scroll_y)
        if row >= len(self._rows):
            return
        if row == self._cursor:
            self.action_choose()
        else:
            self.move_cursor(row)

    def render_line(self, y: int) -> Strip:
        """One row, or a line of the text that stands here when there are none."""
        width = self.scrollable_content_region.width
        if not self._rows:
            return self._empty_line(y, width)
        number = y + round(self.scroll_y)
        if number >= len(self._rows):
            return strip([], width, self.rich_style)
        key = (number, width, number == self._cursor)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = self._draw(number, width)
        return drawn

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = wrapped(self._empty, max(1, width - 2), 12)
        text = f" {lines[y]}" if y < len(lines) else ""
        return strip([(text, style_of(self, "results--empty"))], width, self.rich_style)

    def _draw(self, number: int, width: int) -> Strip:
        """Marker, date, the text around its first match, and the rating flush right."""
        row = self._rows[number]
        here = number == self._cursor
        over = ["results--cursor"] if here else []
        plain = style_of(self, *over)
        parts = [
            ("▌" if here else " ", style_of(self, *over, "results--marker")),
            (f"{row.day.isoformat()}  ", style_of(self, *over, "results--date")),
        ]
        bar = 11 if width >= 100 else 6 if width >= 74 else 0
        kind = _KINDS.get(row.kind, "")
        parts.append((kind, style_of(self, *over, "results--kind")))
        room = max(0, width - _DATE - len(kind) - _NUMBER - bar)
        match = style_of(self, *over, "results--match")
        used = 0
        for text, matched in excerpt(flat(row.text), row.spans, room):
            parts.append((text, match if matched else plain))
            used += cell_len(text)
        parts.append((" " * max(0, room - used), plain))
        if row.rating is not None:
            tint = style_of(self, *over, f"results--{level(row.rating)}")
            if bar:
                parts.append((f" {across(row.rating, bar - 1):<{bar - 1}}", tint))
            parts.append((f"{shown(row.rating):>{_NUMBER - 1}} ", tint))
        return strip(parts, width, plain)
