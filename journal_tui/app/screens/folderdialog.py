"""The folder that a text is written into when it cannot be saved where it belongs."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.oneline import OneLine
from journal_tui.entry.visible import one_line

_ABOUT = "The text is saved as a new file; no existing file is replaced."


class FolderDialog(Dialog[str | None]):
    """Asks for a folder and gives what `write` says of it; a refusal stays, to try another.

    `write` gives where the text is now and "", or "" and the sentence why it is not.
    """

    def __init__(self, folder: str, write: Callable[[str], tuple[str, str]]) -> None:
        super().__init__("Save this text elsewhere", [("enter", "Save there"), ("esc", "Cancel")])
        self._folder = folder
        self._write = write

    def body(self) -> Sequence[Widget]:
        """What will be done, the line for the folder, and why it was not."""
        return [
            Static(Content(_ABOUT), classes="quiet"),
            OneLine(self._folder, placeholder="A folder, such as ~/Documents"),
            Static(classes="meaning"),
        ]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write to the folder; do nothing if the line is empty."""
        if not event.value.strip():
            return
        place, fault = self._write(event.value.strip())
        if place:
            self.dismiss(place)
            return
        meaning = self.query_one(".meaning", Static)
        meaning.add_class("-wrong")
        meaning.update(Content(one_line(fault)))
