"""The base class of the page's narrow lists of passages, such as earlier learning points."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.app.widgets.cells import component_style, cut, strip, wrapped

_MAX_EMPTY_LINES = 12


class PassageRow(NamedTuple):
    """A row of the list: the passage's number, or -1 for a gap, and the parts of the row.

    A part is a text and the name of its component class without `passage--`, or "" for plain text.
    """

    number: int
    parts: tuple[tuple[str, str], ...] = ()


class PassageList(ScrollView, can_focus=True):
    """Passages to choose from; a subclass defines their layout, and what choosing one does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "passage--ago",
        "passage--date",
        "passage--cursor",
        "passage--marker",
        "passage--empty",
    }
    DEFAULT_CSS = """
    PassageList {
        width: 26;
        height: 1fr;
        min-height: 4;
        overflow-x: hidden;
        border: round $foreground 30%;
        border-title-color: $text-muted;
        &.-empty { height: auto; }
        & .passage--ago { text-style: bold; }
        & .passage--date { color: $text-muted; }
        & .passage--empty { color: $text-muted; }
        & .passage--marker { color: $text-muted; }
        & .passage--cursor { text-style: none; }
        &:focus {
            border: round $border;
            border-title-color: $text;
            border-title-style: bold;
            & .passage--marker { color: $text-accent; text-style: bold; }
            & .passage--cursor { background: $foreground 8%; }
        }
        &:ansi .passage--date, &:ansi .passage--empty { text-style: dim; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("home", "move(-1000)", "First", show=False),
        Binding("end", "move(1000)", "Last", show=False),
        Binding("enter", "choose", "Open", id="passage.choose"),
    ]

    def __init__(
        self, *, empty: str = "", id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._texts: list[str] = []
        self._empty = empty
        self._cursor = 0
        self._lines: list[PassageRow] = []

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show these passages, with the cursor on the first."""
        self._texts = list(texts)
        self._cursor = 0
        self.scroll_to(y=0, animate=False)
        self._lay_out()

    @property
    def chosen(self) -> str | None:
        """The passage under the cursor, or None in an empty list."""
        return self._texts[self._cursor] if self._texts else None

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the texts again."""
        self._lay_out()

    def watch_show_vertical_scrollbar(self) -> None:
        """Wrap the texts again, because the scrollbar takes a column."""
        self.call_after_refresh(self._lay_out)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of the text for an empty list; CSS sets the height of any other."""
        return len(wrapped(self._empty, width - 1, _MAX_EMPTY_LINES))

    @abstractmethod
    def lay_out(self, width: int, height: int) -> list[PassageRow]:
        """Return the rows for this size; `width` is without the column of the cursor's marker."""

    @abstractmethod
    def choose(self, number: int) -> None:
        """Act on the passage that was chosen."""

    def _lay_out(self) -> None:
        """Wrap the passages into lines."""
        width = self.scrollable_content_region.width - 1
        self.set_class(not self._texts, "-empty")
        self._lines = (
            self.lay_out(width, self.scrollable_content_region.height) if width > 0 else []
        )
        if width > 0 and not self._texts:
            self._lines = [
                PassageRow(-1, ((piece, "empty"),))
                for piece in wrapped(self._empty, width, _MAX_EMPTY_LINES)
            ]
        self.virtual_size = Size(width + 1, len(self._lines))
        self.refresh()

    def heading_row(self, number: int, heading: tuple[str, str], width: int) -> PassageRow:
        """Return the row above a passage, with one text flush left and one flush right."""
        left, right = heading
        left = cut(left, width - len(right) - 1)
        gap = " " * max(1, width - cell_len(left) - len(right))
        return PassageRow(number, ((left, "ago"), (gap + right, "date")))

    def select(self, number: int) -> None:
        """Put the cursor on a passage by its number, from 0."""
        self.action_move(number - self._cursor)

    def action_move(self, by: int) -> None:
        """Move the cursor and scroll its whole passage into view."""
        if not self._texts:
            return
        self._cursor = min(len(self._texts) - 1, max(0, self._cursor + by))
        rows = [y for y, line in enumerate(self._lines) if line.number == self._cursor]
        if rows:
            region = Region(0, rows[0], 1, len(rows))
            self.scroll_to_region(region, animate=False, force=True)
        self.refresh()

    def action_choose(self) -> None:
        """Choose the passage under the cursor."""
        if self.chosen is not None:
            self.choose(self._cursor)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        y = offset.y + round(self.scroll_y)
        if y < len(self._lines) and (number := self._lines[y].number) >= 0:
            self._cursor = number
            self.refresh()
            self.action_choose()
        event.stop()

    def render_line(self, y: int) -> Strip:
        """Draw a line: a heading, a piece of text, or the blank between two passages."""
        fill = self.rich_style
        width = self.scrollable_content_region.width
        y += round(self.scroll_y)
        if y >= len(self._lines):
            return strip([], width, fill)
        number, shown = self._lines[y]
        extra = ["passage--cursor"] if number == self._cursor and self.has_focus else []
        marker = component_style(self, *extra, "passage--marker")
        parts: list[tuple[str, Style]] = [("▌" if extra else " ", marker)]
        for text, name in shown:
            names = [*extra, f"passage--{name}"] if name else extra
            parts.append((text, component_style(self, *names)))
        return strip(parts, width, component_style(self, *extra))
