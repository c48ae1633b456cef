"""The base class of a review's chart and heat map: a cursor on the days of a period."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from journal_tui.app.widgets.cells import component_style
from journal_tui.review.review import Review


class Picture(Widget, can_focus=True):
    """The days of a review, drawn line by line, with a cursor and a line about the day at the cursor."""

    DEFAULT_CSS = """
    Picture {
        border: round $foreground 30%;
        border-title-color: $text-muted;
        border-subtitle-color: $text-muted;
        &:focus {
            border: round $border;
            border-title-color: $text;
            border-title-style: bold;
            border-subtitle-color: $text;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "end(0)", "First", show=False),
        Binding("end", "end(1)", "Last", show=False),
        Binding("pageup", "screen.previous", "Previous period", show=False),
        Binding("pagedown", "screen.next", "Next period", show=False),
    ]
    component_prefix: ClassVar[str]
    """The beginning of the names of its component classes."""

    class Moved(Message):
        """Posted when the cursor moves to a day of the period."""

        def __init__(self, picture: "Picture", day: date) -> None:
            super().__init__()
            self.picture, self.day = picture, day

    class Opened(Message):
        """Posted when a bar or a cell is clicked; the cursor has been moved to it."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._styles: dict[str, Style] = {}
        self._review: Review | None = None
        self._nearby: Mapping[date, float | None] = {}

    @abstractmethod
    def select(self, day: date) -> None:
        """Move the cursor to a day, without a message."""

    @abstractmethod
    def about(self) -> str:
        """Return a line about the bar or the cell at the cursor."""

    @abstractmethod
    def _lay_out(self) -> None:
        """Lay out the days for the current size."""

    @abstractmethod
    def _say(self) -> None:
        """Show the titles in the frame."""

    def on_resize(self) -> None:
        """Lay out the days for another size."""
        self._lay_out()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Describe the bar or the cell at the cursor while this widget has the focus."""
        self._styles.clear()
        super().watch_has_focus(has_focus)
        self._say()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the styles: they depend on the theme."""
        self._styles.clear()
        super().notify_style_update()

    def render(self) -> RenderResult:
        """Return an empty text, because `render_line` draws each line."""
        return ""

    def _style(self, part: str) -> Style:
        """Return the style of a part, from a cache."""
        found = self._styles.get(part)
        if found is None:
            found = self._styles[part] = component_style(self, f"{self.component_prefix}--{part}")
        return found
