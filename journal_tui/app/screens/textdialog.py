"""A text to read and scroll: a comparison, a list of problems."""

from collections.abc import Sequence

from textual.widget import Widget

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.textview import TextView


class TextDialog(Dialog[None]):
    """Shows a text; `diff` colours the lines of a `comparison`."""

    def __init__(self, title: str, text: str, *, diff: bool = False) -> None:
        super().__init__(title, [("↑↓ pgup pgdn", "Scroll"), ("esc", "Close")])
        self._text = text
        self._diff = diff

    def body(self) -> Sequence[Widget]:
        """The text in a scrolling pane, which has the focus."""
        return [TextView(self._text, diff=self._diff, classes="text")]
