"""The least that Textual does for a key typed in a line: `python -m tests.bench.bareline [rows]`.

With `rows`, a screenful of rows of one colour below the line changes with each key.
"""

import sys

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input


class Rows(ScrollView):
    """Rows that show a text."""

    DEFAULT_CSS = "Rows { height: 1fr; }"
    said = ""

    def render_line(self, y: int) -> Strip:
        """Render a row; each shows another part of the text."""
        width, text = self.size.width, f"{y} {self.said} "
        return Strip([Segment((text * width)[:width], self.rich_style)], width)


class Line(Input):
    """A line whose key press also redraws the rows."""

    def watch_value(self, value: str) -> None:
        """Show the new value in the rows."""
        for rows in self.screen.query(Rows):
            rows.said = value
            rows.refresh()


class Bare(App[None]):
    """An app with one line to type in, and perhaps a screenful of rows."""

    def compose(self) -> ComposeResult:
        """Yield the line, and the rows if the option is given."""
        if "rows" in sys.argv:
            yield Line()
            yield Rows()
        else:
            yield Input()


if __name__ == "__main__":
    Bare().run()
