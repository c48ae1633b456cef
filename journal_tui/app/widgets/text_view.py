"""A scrollable view of a long text, wrapped only when its width changes and drawn line by line."""

from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.app.widgets.cells import component_style, strip, take
from journal_tui.entry.sanitize import visible

_HEADER_LINES = 2
"""The lines at the top of a `comparison` of `entry/diff`, with the names of its texts."""
_DIFF = {"+": "added", "−": "removed", "L": "place"}


def break_line(line: str, cells: int) -> list[str]:
    """Break a line into pieces of at most `cells`, at blanks where possible, without leaving any out."""
    pieces: list[str] = []
    while line:
        piece = take(line, cells) or line[:1]
        if len(piece) < len(line) and " " in piece.strip():
            piece = piece[: piece.rstrip().rfind(" ") + 1] or piece
        pieces.append(piece)
        line = line[len(piece) :]
    return pieces or [""]


class TextView(ScrollView, can_focus=True):
    """A view of a text; with `diff`, the text is a `comparison`, whose lines are coloured by their signs."""

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
        self._lines: list[tuple[str, str]] = []
        self._set_text(text, diff)

    def _set_text(self, text: str, diff: bool) -> None:
        self._text = visible(text).expandtabs(4).split("\n")
        self._diff = diff

    def show_text(self, text: str, *, diff: bool = False) -> None:
        """Show another text from its beginning."""
        self._set_text(text, diff)
        self._wrap_lines()
        self.scroll_home(animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the lines again."""
        self._wrap_lines()

    def _wrap_lines(self) -> None:
        """Wrap the lines; a column is kept free, so that nothing moves when the scrollbar appears."""
        width = max(1, self.size.width - 1)
        self._lines = [
            (piece, self._component(number, line))
            for number, line in enumerate(self._text)
            for piece in self._pieces(line, width)
        ]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _pieces(self, line: str, width: int) -> list[str]:
        """Wrap a line; in a comparison, repeat the line's sign on each row."""
        if not self._diff or width < 4:
            return break_line(line, width)
        if line.startswith("Line "):
            return [line]
        return [f"{line[:2]}{piece}" for piece in break_line(line[2:], width - 2)]

    def _component(self, number: int, line: str) -> str:
        """Return the component class of a line."""
        if not self._diff:
            return "plain"
        return "head" if number < _HEADER_LINES else _DIFF.get(line[:1], "plain")

    def render_line(self, y: int) -> Strip:
        """Draw a row of the wrapped text."""
        y += round(self.scroll_y)
        width = self.scrollable_content_region.width
        text, name = self._lines[y] if y < len(self._lines) else ("", "plain")
        return strip([(text, component_style(self, f"textview--{name}"))], width, self.rich_style)
