"""Searches that were made before: gone back to, saved by name, found in the palette."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.oneline import OneLine
from journal_tui.entry.visible import one_line
from journal_tui.library import queries

if TYPE_CHECKING:
    from journal_tui.journal import Journal
    from journal_tui.library.library import Library

LONGEST = 60


class Past:
    """The latest searches of a journal, to be stepped through from what is being typed."""

    def __init__(self, journal: "Journal") -> None:
        self._state = journal.state
        self._kept = queries.history(self._state)
        self._at = len(self._kept)
        self._draft = self._shown = ""

    @property
    def latest(self) -> list[str]:
        """The searches, the newest first."""
        return self._kept[::-1]

    def keep(self, words: str) -> None:
        """Have a search as the newest one."""
        line = " ".join(words.split())
        if line and self._kept[-1:] != [line]:
            queries.remember(self._state, line)
            self._kept = [*(other for other in self._kept if other != line), line]
        self._at = len(self._kept)

    def step(self, words: str, by: int) -> str | None:
        """The search before (-1) or after (1) the one that is shown; None when there is none."""
        if self._at == len(self._kept) or words != self._shown:
            self._at, self._draft = len(self._kept), words
        at = self._at + by
        while 0 <= at < len(self._kept) and self._kept[at] == words:
            at += by
        if not 0 <= at <= len(self._kept) or at == self._at:
            return None
        self._at = at
        self._shown = self._kept[at] if at < len(self._kept) else self._draft
        return self._shown


def saved_searches(library: "Library", ask: Callable[[str], object]) -> Iterator[SystemCommand]:
    """The palette's entries for the searches saved by name; `ask` makes one again."""

    def asking(query: str) -> Callable[[], object]:
        return lambda: ask(query)

    for name, query in queries.saved(library).items():
        yield SystemCommand(f"Find: {one_line(name)}", one_line(query), asking(query))


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
