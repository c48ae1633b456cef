"""The name by which a search is saved."""

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.oneline import OneLine
from journal_tui.entry.visible import one_line

LONGEST = 60


class NameDialog(Dialog[str | None]):
    """Asks for the name of `query`, which may replace one of the `saved` ones, and gives it."""

    def __init__(self, query: str, saved: Mapping[str, str]) -> None:
        super().__init__("Save search", [("enter", "Save"), ("esc", "Cancel")])
        self._query = query
        self._saved = saved
        self._known = next((name for name, known in saved.items() if known == query), "")

    def body(self) -> Sequence[Widget]:
        """What is saved, the line for its name, and what that will do."""
        line = OneLine(self._known, placeholder="A name, such as talks with suppliers")
        line.max_length = LONGEST
        return [
            Static(Content(one_line(self._query)), classes="quiet"),
            line,
            Static(classes="meaning"),
        ]

    def on_mount(self) -> None:
        """Say what the name given will do."""
        self._say(self._known)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show at once what the name will do."""
        self._say(event.value)

    def _say(self, text: str) -> str:
        """Show what saving by this name does, and return the name."""
        name = " ".join(text.split())
        said = f"→ “Find: {one_line(name)}” in the palette and in journal.toml"
        if not name:
            said = "The search is kept in journal.toml and appears in the palette."
        elif self._saved.get(name, self._query) != self._query:
            said = f"→ replaces {one_line(self._saved[name])}"
        meaning = self.query_one(".meaning", Static)
        meaning.set_class(not name, "-quiet")
        meaning.update(Content(said))
        return name

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the name; none is no name."""
        name = self._say(event.value)
        if name:
            self.dismiss(name)
