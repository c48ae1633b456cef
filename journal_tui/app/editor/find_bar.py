"""The bar that finds words in the text of one entry; it is imported when it is first opened."""

from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.entry.sanitize import visible


class Searchable(Protocol):
    """A text that the find bar searches."""

    def find_next(self, needle: str, backwards: bool = False) -> bool:
        """Select the next or previous occurrence; return whether there is one."""

    def count_matches(self) -> int:
        """Return the number of occurrences of the needle that `find_next` was given last."""

    def focus(self, scroll_visible: bool = True) -> Widget:
        """Focus the text."""


class NeedleInput(Input):
    """The input of the find bar; control characters that are pasted into it become symbols such as ␉."""

    def validate_value(self, value: str) -> str:
        """Return the value with control characters made visible."""
        return visible(value.replace("\n", " "))


class FindBar(Horizontal):
    """A bar that finds text in an editor as the person types.

    Enter, down and ctrl+f go to the next match, up to the previous one; Escape closes the bar.
    """

    DEFAULT_CSS = """
    FindBar {
        dock: bottom;
        height: 1;
        background: $panel;
        & > Static { width: auto; padding: 0 1; }
        & > Input { width: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+f", "find", "Next", show=False),
        Binding("up", "find(True)", "Previous", show=False),
        Binding("escape", "close", "Close", show=False),
    ]

    def __init__(self, editor: Searchable) -> None:
        super().__init__()
        self.editor = editor

    def compose(self) -> ComposeResult:
        """Create the label, the input and the number of matches."""
        yield Static("Find", markup=False)
        yield NeedleInput(compact=True, select_on_focus=True)
        yield Static("", id="found", markup=False)

    @property
    def needle(self) -> str:
        """The text to find."""
        return self.query_one(NeedleInput).value

    def open(self, needle: str = "") -> None:
        """Show the bar and focus its input, with `needle` in it or, if it is "", the last needle."""
        self.display = True
        field = self.query_one(NeedleInput)
        if needle:
            field.value = needle
        field.focus()
        if field.value:
            self._show_count(self.editor.find_next(field.value))

    def action_find(self, backwards: bool = False) -> None:
        """Go to the next or previous occurrence."""
        self._show_count(self.editor.find_next(self.needle, backwards))

    def action_close(self) -> None:
        """Hide the bar and focus the text, with the last match selected."""
        self.display = False
        self.editor.find_next("")
        self.editor.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            self._show_count(self.editor.find_next(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_find()

    def _show_count(self, found: bool) -> None:
        number = self.editor.count_matches()
        text = "" if not self.needle else f"{number} found" if found else "not found"
        self.query_one("#found", Static).update(text)
