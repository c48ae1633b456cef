"""Searches that were made before: kept, saved by name, gone back to; and the palette's entries."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from journal_tui.app.screens.choicedialog import ChoiceDialog
from journal_tui.app.screens.namedialog import NameDialog
from journal_tui.entry.visible import one_line
from journal_tui.errors import JournalError
from journal_tui.library import queries

if TYPE_CHECKING:
    from journal_tui.app.screens.find import Find
    from journal_tui.app.screens.write import Write
    from journal_tui.journal import Journal

_EARLIER = 12


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


def save(screen: "Find", words: str) -> None:
    """Ask for a name and save the search by it."""
    library = screen.journal.library
    words = " ".join(words.split())
    if not words:
        screen.tell("Type a search first, then save it.", "warning")
        return

    def answered(name: str | None) -> None:
        if not name:
            return
        try:
            warning = queries.save(library, name, words)
        except JournalError as error:
            screen.tell(str(error), "error")
            return
        screen.past.keep(words)
        screen.tell(warning or f"Saved. The palette (ctrl+p) lists it as “Find: {one_line(name)}”.")

    screen.app.push_screen(NameDialog(words, queries.saved(library)), answered)


def recall(screen: "Find") -> None:
    """Let the person choose a saved or an earlier search."""
    saved = queries.saved(screen.journal.library)
    listed = [(f"{one_line(name)} · {one_line(query)}", query) for name, query in saved.items()]
    listed += [(one_line(query), query) for query in screen.past.latest[:_EARLIER]]
    if not listed:
        screen.tell("No searches yet. A search is listed here once you open one of its results.")
        return

    def answered(query: str | None) -> None:
        if query:
            screen.ask(query)

    choices = [
        (str(number) if number < 10 else " ", label, query)
        for number, (label, query) in enumerate(listed, 1)
    ]
    text = "Saved searches, then recent ones" if saved else "Recent searches"
    screen.app.push_screen(ChoiceDialog("Searches", text, choices), answered)


def commands(screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The palette's entries that search: each saved search, and on the Find screen its actions."""
    from journal_tui.app.screens import findkeys
    from journal_tui.app.screens.find import Find
    from journal_tui.app.screens.write import Write

    if isinstance(screen, Find):
        for action in findkeys.ACTIONS:
            yield SystemCommand(action.label, action.help, getattr(screen, f"action_{action.name}"))
    if isinstance(screen, Find | Write):
        for name, query in queries.saved(screen.journal.library).items():
            yield SystemCommand(f"Find: {one_line(name)}", one_line(query), _asking(screen, query))


def _asking(screen: "Find | Write", query: str) -> Callable[[], None]:
    from journal_tui.app.screens import asking
    from journal_tui.app.screens.find import Find

    return lambda: screen.ask(query) if isinstance(screen, Find) else asking.find(screen, query)
