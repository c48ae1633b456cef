"""A long text to read: wrapped once for its width, drawn line by line, scrolled by keys."""

from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.app.widgets.cells import strip, style_of, take
from journal_tui.entry.visible import visible

_HEAD = 2
_DIFF = {"+": "added", "-": "removed", "@": "place"}


def broken(line: str, cells: int) -> list[str]:
    """A line in pieces of at most `cells`, broken at blanks if there are any; nothing is lost."""
    pieces: list[str] = []
    while line:
        piece = take(line, cells) or line[:1]
        if len(piece) < len(line) and " " in piece.strip():
            piece = piece[: piece.rstrip().rfind(" ") + 1] or piece
        pieces.append(piece)
        line = line[len(piece) :]
    return pieces or [""]


class TextView(ScrollView, can_focus=True):
    """Shows `text` as it is; `diff` colours a unified diff, whose signs say the same."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "textview--plain",
        "textview--head",
        "textview--added",
        "textview--removed",
        "textview--place",
    }
    DEFAULT_CSS = """
    TextView {
        height: 1fr;
        overflow-x: hidden;
        & .textview--head { text-style: bold; }
        & .textview--added { color: $text-success; }
        & .textview--removed { color: $text-error; }
        & .textview--place { color: $text-muted; }
    }
    """

    def __init__(
        self, text: str, *, diff: bool = False, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._text = visible(text).expandtabs(4).split("\n")
        self._diff = diff
        self._lines: list[tuple[str, str]] = []

    def on_resize(self, event: events.Resize) -> None:
        """Break the lines anew."""
        self._break()

    def show_text(self, text: str) -> None:
        """Show another text, from its beginning."""
        self._text = visible(text).expandtabs(4).split("\n")
        self._break()
        self.scroll_home(animate=False)

    def _break(self) -> None:
        """Break the lines; a column stays free for the scrollbar, so that it moves nothing."""
        width = max(1, self.size.width - 1)
        self._lines = [
            (piece, self._component(number, line))
            for number, line in enumerate(self._text)
            for piece in broken(line, width)
        ]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _component(self, number: int, line: str) -> str:
        """The component that draws a line."""
        if not self._diff:
            return "plain"
        return "head" if number < _HEAD else _DIFF.get(line[:1], "plain")

    def render_line(self, y: int) -> Strip:
        """One line of the broken text."""
        y += round(self.scroll_y)
        width = self.scrollable_content_region.width
        text, name = self._lines[y] if y < len(self._lines) else ("", "plain")
        return strip([(text, style_of(self, f"textview--{name}"))], width, self.rich_style)
