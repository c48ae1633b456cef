"""Inputs for one paragraph of an entry: what is pasted becomes one line, controls are visible."""

import re

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea

from journal_tui.app.widgets.cells import flat


def joined(text: str) -> str:
    """A pasted text as one line: every run of white space becomes one blank."""
    return re.sub(r"\s+", " ", text)


class OneLine(Input):
    """An `Input` that takes pasted lines as one and shows control characters as pictures."""

    DEFAULT_CSS = """
    OneLine:nocolor {
        & > .input--cursor { text-style: reverse; }
        & > .input--selection { text-style: underline; }
    }
    """

    @property
    def _value(self) -> Text:
        return Text(flat(self.value), no_wrap=True, overflow="ignore", end="")

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        self.replace(joined(event.text).strip(), start, end)

    def action_paste(self) -> None:
        """Insert the clipboard like a paste of the terminal."""
        self.post_message(events.Paste(self.app.clipboard))


class Paragraph(TextArea):
    """A wrapping input for one paragraph; Enter submits it."""

    DEFAULT_CSS = """
    Paragraph {
        height: auto;
        min-height: 3;
        max-height: 7;
        padding: 0 1;
        border: round $foreground 30%;
        background: transparent;
        &:focus { border: round $border; }
        &:nocolor .text-area--cursor { text-style: reverse; }
        &:nocolor .text-area--selection { text-style: underline; }
    }
    """

    class Submitted(Message):
        """Enter was pressed; `text` is the paragraph as one line, trimmed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Down was pressed on the last line."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            joined(text),
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )
        self.move_cursor(self.document.end)

    @property
    def line(self) -> str:
        """The paragraph as one line, trimmed."""
        return " ".join(self.text.split())

    def get_line(self, line_index: int) -> Text:
        """The line with control characters made visible, as long as the line itself."""
        return Text(flat(self.document.get_line(line_index)), end="", no_wrap=True)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down, and out of it from the last line."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.post_message(self.Left())
        else:
            super().action_cursor_down(select)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self.line))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put(event.text)

    def action_paste(self) -> None:
        """Insert the clipboard like a paste of the terminal."""
        self._put(self.app.clipboard)

    def _put(self, text: str) -> None:
        if result := self._replace_via_keyboard(joined(text), *self.selection):
            self.move_cursor(result.end_location)
