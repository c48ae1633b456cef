"""The line at the bottom in which one types what to find in the text."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from journal_tui.app.widgets.editor_area import EntryArea
from journal_tui.entry.visible import visible


class Needle(Input):
    """The field; nothing that is typed or pasted here may steer the terminal."""

    def validate_value(self, value: str) -> str:
        """The value as it may be shown."""
        return visible(value.replace("\n", " "))


class FindBar(Horizontal):
    """Finds in an editor as one types: Enter, down, ctrl+f go on, up goes back, Escape closes."""

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

    def __init__(self, editor: EntryArea) -> None:
        super().__init__()
        self.editor = editor

    def compose(self) -> ComposeResult:
        """A label, the field, and how many there are."""
        yield Static("Find", markup=False)
        yield Needle(compact=True, select_on_focus=True)
        yield Static("", id="found", markup=False)

    @property
    def needle(self) -> str:
        """What is looked for."""
        return self.query_one(Needle).value

    def open(self, needle: str = "") -> None:
        """Show the bar and type in it; a needle replaces the last one."""
        self.display = True
        field = self.query_one(Needle)
        if needle:
            field.value = needle
        field.focus()
        if field.value:
            self._tell(self.editor.find_next(field.value))

    def action_find(self, backwards: bool = False) -> None:
        """Go to the next or the previous occurrence."""
        self._tell(self.editor.find_next(self.needle, backwards))

    def action_close(self) -> None:
        """Back to the text, at what was found."""
        self.display = False
        self.editor.find_next("")
        self.editor.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            self._tell(self.editor.find_next(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_find()

    def _tell(self, found: bool) -> None:
        number = self.editor.count_matches()
        text = "" if not self.needle else f"{number} found" if found else "not found"
        self.query_one("#found", Static).update(text)
