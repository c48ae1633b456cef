"""The keys of a dialog and what they do, below its content."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Hint = tuple[str, str]
"""A key and what it does."""
_GAP = "  "


class KeyLine(Widget):
    """Keys and what they do, in at most two lines that break only between keys.

    The most needed keys come first, and the last one closes the dialog. Without room for all, keys
    are left out from the last but one backwards.
    """

    DEFAULT_CSS = """
    KeyLine {
        height: auto;
        max-height: 2;
        color: $text-muted;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, hints: Sequence[Hint] = ()) -> None:
        super().__init__(classes="keys")
        self._hints = list(hints)

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these keys."""
        self._hints = list(hints)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines that all keys take."""
        return max(len(_lines(self._hints, width)), 1)

    def render(self) -> RenderResult:
        """Draw the keys for which there is room."""
        width, height = self.content_size
        hints = self._hints
        while len(lines := _lines(hints, width)) > height and len(hints) > 1:
            hints = [*hints[:-2], hints[-1]]
        return Content("\n").join(_assemble(line) for line in lines)


def _lines(hints: Sequence[Hint], width: int) -> list[list[Hint]]:
    """Return the hints by line, as many on each as there is room for."""
    lines: list[list[Hint]] = []
    for hint in hints:
        if lines and cell_len(_assemble([*lines[-1], hint]).plain) <= width:
            lines[-1].append(hint)
        else:
            lines.append([hint])
    return lines


def _assemble(hints: Sequence[Hint]) -> Content:
    parts: list[str | tuple[str, str]] = []
    for key, what in hints:
        parts += [_GAP if parts else "", (key, "bold $text-accent"), f" {what}"]
    return Content.assemble(*parts)
