"""The line that says that the journal is a sample, and how to begin one's own."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

_WIDE = 76


class SampleNotice(Static):
    """A line above the page of a sample; a click on it posts `Chosen`."""

    DEFAULT_CSS = """
    SampleNotice {
        height: 1;
        padding: 0 1;
        background: $warning 30%;
        color: $text;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:ansi { background: ansi_default; color: ansi_yellow; }
    }
    """

    class Chosen(Message):
        """Posted when the person wants a journal of their own."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Say as much as there is room for."""
        first = (
            "This is a sample to look around in.  " if event.size.width >= _WIDE else "Sample.  "
        )
        key = (" enter ", "bold reverse")
        self.update(Content.assemble(first, key, " Begin your own journal"))

    def on_click(self, event: events.Click) -> None:
        """Begin one's own."""
        event.stop()
        self.post_message(self.Chosen())
