"""An editor that shows what to write on the empty lines of a template."""

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.message import Message

from journal_tui.app.editor.editor import Editor
from journal_tui.entry.prompts import MOST_LINES, item_below, prompts
from journal_tui.entry.vocabulary import english


class PromptingEditor(Editor):
    """An editor whose text is a template at first: a dim prompt follows each line to fill in."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"editor--prompt"}
    DEFAULT_CSS = """
    PromptingEditor {
        & .editor--prompt { color: $text-muted; text-style: italic; }
        &:ansi .editor--prompt { text-style: dim italic; }
    }
    """
    _prompted: tuple[str, Mapping[int, str]] = "", {}

    class Refused(Message):
        """Posted when a letter is typed on a read-only page that `refuses_letters`."""

    refuses_letters = False
    """Whether a letter, which otherwise is a command on a read-only page, does nothing."""

    async def on_key(self, event: events.Key) -> None:
        """Refuse a letter, or write it into the empty item below the line of the cursor."""
        if not event.is_printable or event.key == "space":
            return
        if self.refuses_letters and self.read_only:
            event.stop()
            event.prevent_default()
            self.post_message(self.Refused())
        elif not self.read_only and not self.is_large and self.selection.is_empty:
            lines = self.document.text.split("\n")
            if len(lines) <= MOST_LINES and (row := item_below(lines, self.cursor_location[0])):
                self.move_cursor((row, len(lines[row])))

    def get_line(self, line_index: int) -> Text:
        """Return the highlighted line, with the prompt after it."""
        line = super().get_line(line_index)
        if not self.read_only and not self.is_large and (prompt := self.prompt(line_index)):
            gap = " " if line.plain and not line.plain.endswith(" ") else ""
            line.append(gap + prompt, self._mark_style("prompt"))
        return line

    def prompt(self, row: int) -> str:
        """Return the prompt of a line; "" for most."""
        text = self.document.text
        # The document joins its text once after an edit.
        if self._prompted[0] is not text:
            lines = text.split("\n")
            self._prompted = text, prompts(lines, self._vocabulary or english())
        return self._prompted[1].get(row, "")
