"""The least that Textual can do for a key typed in a line: `python tests/bench/bareline.py [rows]`.

With `rows`, below the line a screenful of one-coloured rows that are all other ones with each key.
"""

import sys

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input


class Rows(ScrollView):
    """Rows that say a text."""

    DEFAULT_CSS = "Rows { height: 1fr; }"
    said = ""

    def render_line(self, y: int) -> Strip:
        """The text, in each row another part of it."""
        width, text = self.size.width, f"{y} {self.said} "
        return Strip([Segment((text * width)[:width], self.rich_style)], width)


class Line(Input):
    """A line that has its rows drawn with the key itself."""

    def watch_value(self, value: str) -> None:
        """Say it in the rows."""
        for rows in self.screen.query(Rows):
            rows.said = value
            rows.refresh()


class Bare(App[None]):
    """One line to type in, nothing else or a screenful of rows."""

    def compose(self) -> ComposeResult:
        """The line, and the rows."""
        if "rows" in sys.argv:
            yield Line()
            yield Rows()
        else:
            yield Input()


if __name__ == "__main__":
    Bare().run()
