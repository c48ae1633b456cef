"""The preview of the entry that the selected result is in, scrolled to the match."""

from itertools import pairwise
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.app.editor.painting import COMPONENTS, CSS, mark_style
from journal_tui.app.widgets.cells import strip
from journal_tui.app.widgets.page_layout import MATCH, PageLine, page_lines
from journal_tui.app.widgets.search_results import ResultRow
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.vocabulary import Vocabulary

MAX_WIDTH = 84


class Preview(ScrollView, can_focus=True):
    """A read-only view of one entry, with the search's matches highlighted."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    DEFAULT_CSS = (
        CSS.replace("Editor {", "Preview {")
        + """
    Preview {
        height: 1fr;
        border: round $foreground 30%;
        padding: 0 1;
        overflow-x: hidden;
        overflow-y: auto;
        background: transparent;
        border-title-color: $text-muted;
        border-subtitle-color: $text-muted;
        &:focus { border: round $border; }
        & .editor--match { color: $text-accent; text-style: bold underline; }
    }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
        Binding("space", "page_down", show=False),
    ]

    def __init__(self, vocabulary: Vocabulary | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self._vocabulary = vocabulary
        self._row: ResultRow | None = None
        self._text = ""
        self._lines: list[PageLine] = []
        self._width = self._height = 0
        self._styles: dict[str, Style] = {}

    @property
    def row(self) -> ResultRow | None:
        """The row whose entry is shown, or None."""
        return self._row

    @property
    def lines(self) -> list[PageLine]:
        """The laid-out lines of the entry."""
        return self._lines

    def show(self, row: ResultRow, text: str, title: str) -> None:
        """Show the text of a row's entry, scrolled to the row's line."""
        self._row, self._text = row, text
        self.remove_class("-blank")
        self.border_title = Content(one_line(title))
        self._lay_out()

    def clear(self, sentence: str = "") -> None:
        """Show a sentence instead of an entry, or nothing."""
        self._row, self._text = None, sentence
        self.add_class("-blank")
        self.border_title = ""
        self._lay_out()

    def _lay_out(self) -> None:
        # A column stays free for the scrollbar, so that the text doesn't shift when it appears.
        free = 0 if self.show_vertical_scrollbar else 1
        width = min(MAX_WIDTH, self.scrollable_content_region.width - free)
        if width < 1:
            return
        row = self._row
        line = row.line if row else 1
        matches = row.matches if row else lambda text: ()
        self._width, self._height = width, self.scrollable_content_region.height
        self._lines = page_lines(self._text, width, line, matches, self._vocabulary)
        self.virtual_size = Size(width, len(self._lines))
        self.scroll_to(y=self._place(line), animate=False, force=True, immediate=True)
        self.refresh()

    def _place(self, line: int) -> int:
        """Return the line to scroll to, so that the match is a third of the height below the top."""
        lines = self._lines
        at = next((at for at, shown in enumerate(lines) if shown.source >= line), 0)
        if self._row and self._row.spans:
            # A paragraph may be long, or begin some lines above, so scroll to the match itself.
            matched = [
                index
                for index in range(max(0, at - 1), len(lines))
                if any(kind == MATCH for _, _, kind in lines[index].spans)
            ]
            at = next((index for index in matched if lines[index].source >= line - 1), at)
        height = max(1, self.scrollable_content_region.height)
        return max(0, min(at - height // 3, len(self._lines) - height))

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the lines again for another width; keep the match in view at another height."""
        width = min(MAX_WIDTH, event.size.width - self.styles.gutter.width - 1)
        if (width, self.scrollable_content_region.height) != (self._width, self._height):
            self._lay_out()

    def notify_style_update(self) -> None:
        """Forget the styles: they depend on the theme."""
        self._styles.clear()
        super().notify_style_update()

    def _style(self, kind: str) -> Style:
        found = self._styles.get(kind)
        if found is None:
            found = self._styles[kind] = mark_style(self, kind)
        return found

    def render_line(self, y: int) -> Strip:
        """Draw a line of the entry; where spans overlap, combine their styles."""
        width = self.scrollable_content_region.width
        at = y + round(self.scroll_y)
        if at >= len(self._lines):
            return strip([], width, self.rich_style)
        line = self._lines[at]
        edges = sorted({0, len(line.text), *(edge for span in line.spans for edge in span[:2])})
        parts = []
        for start, end in pairwise(edges):
            style = self.rich_style
            for first, last, kind in line.spans:
                if first <= start and end <= last:
                    style += self._style(kind)
            parts.append((line.text[start:end], style))
        return strip(parts, width, self.rich_style)
