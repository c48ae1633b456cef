"""The dialogs that ask for a key, and for a template."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.widgets.cells import flat
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError

_MODIFIED = ("ctrl+", "alt+", "super+")


class KeyDialog(LineDialog):
    """A dialog that returns the names of keys; a function key, or one with ctrl, writes its own name."""

    def on_key(self, event: events.Key) -> None:
        """Write the name of a function key, or of a key with ctrl, alt or super."""
        name = event.key
        is_function = name[:1] == "f" and name[1:].isdigit()
        if is_function or name.startswith(_MODIFIED):
            event.stop()
            event.prevent_default()
            line = self.query_one(SingleLineInput)
            line.value = name
            line.cursor_position = len(name)


class PageArea(TextArea):
    """A text area for several lines, with control characters shown as pictures."""

    DEFAULT_CSS = """
    PageArea {
        height: 1fr;
        min-height: 3;
        border: round $foreground 30%;
        background: transparent;
        &:focus { border: round $border; }
        &:nocolor .text-area--cursor { text-style: reverse; }
        &:nocolor .text-area--selection { text-style: underline; }
    }
    """

    def get_line(self, line_index: int) -> Text:
        """Return the line with control characters made visible, of the same length."""
        return Text(flat(self.document.get_line(line_index)), end="", no_wrap=True)


class TemplateDialog(Dialog[str | None]):
    """A dialog in which a text of several lines is edited; returns the new text, or None.

    `explain` returns a sentence about the text, or raises JournalError if it can't be used. Escape
    has to be pressed twice if the text was changed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "submit", "Save", show=False),
    ]

    def __init__(self, title: str, text: str, explain: Callable[[str], str]) -> None:
        super().__init__(title, [("ctrl+s", "Save"), ("esc", "Cancel")])
        self._text, self._explain = text, explain
        self._is_warned = False

    def body(self) -> Sequence[Widget]:
        """Return the text area, and the line for the sentence below it."""
        area = PageArea(self._text, tab_behavior="focus", show_line_numbers=False)
        return [area, Static(classes="meaning")]

    def on_mount(self) -> None:
        """Show below the text the sentence about it."""
        self.query_one(PageArea).focus()
        self._say()

    def on_text_area_changed(self) -> None:
        """Show below the text the sentence about it, or what is wrong with it."""
        self._is_warned = False
        self._say()

    def _say(self) -> bool:
        meaning = self.query_one(".meaning", Static)
        try:
            said, is_wrong = self._explain(self.query_one(PageArea).text), False
        except JournalError as error:
            said, is_wrong = str(error), True
        meaning.set_class(is_wrong, "-wrong")
        meaning.set_class(not is_wrong, "-quiet")
        meaning.update(Content(one_line(said)))
        return not is_wrong

    def action_submit(self) -> None:
        """Answer with the text."""
        if self._say():
            self.dismiss(self.query_one(PageArea).text)

    def action_cancel(self) -> None:
        """Close, or first warn if the text was changed."""
        if self.query_one(PageArea).text == self._text or self._is_warned:
            self.dismiss(None)
            return
        self._is_warned = True
        meaning = self.query_one(".meaning", Static)
        meaning.set_class(False, "-quiet")
        meaning.set_class(True, "-wrong")
        meaning.update("Not saved. Press ctrl+s to save it, or esc again to discard your changes.")
