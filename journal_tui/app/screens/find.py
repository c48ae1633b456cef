"""Find: learning points, or whole entries, from all the years."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from journal_tui.app.widgets.finder import Finder
from journal_tui.app.widgets.results import Row

if TYPE_CHECKING:
    from journal_tui.journal import Journal


def rows(journal: "Journal", words: str, where: str = "learning") -> Iterator[Row]:
    """The hits as rows with their matches; without words all learning points. Raises QueryError."""
    from journal_tui.query.grammar import parse
    from journal_tui.query.highlight import spans

    if not words.strip():
        return _all(journal)
    query = parse(words)
    return (
        Row(
            hit.day,
            hit.text,
            hit.rating,
            hit.path,
            hit.line,
            hit.kind,
            tuple(spans(query, hit.text)),
        )
        for hit in journal.find(words, where)
    )


def _all(journal: "Journal") -> Iterator[Row]:
    from journal_tui.index.search import all_points

    return (
        Row(hit.day, hit.text, hit.rating, hit.path, hit.line) for hit in all_points(journal.index)
    )


class Find(Screen[Row | None]):
    """Gives the row to open, or None."""

    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="find.back"),
        Binding("enter", "open", "Open", id="find.open"),
        Binding("ctrl+l,f3,tab", "switch", "Points / days", id="find.switch"),
    ]

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal
        self._where = "learning"

    def compose(self) -> ComposeResult:
        """The finder and the keys."""
        yield Finder(self._search)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin where one types."""
        self.query_one(Finder).focus_line()

    def _search(self, words: str) -> Iterator[Row]:
        return rows(self._journal, words, self._where)

    def action_switch(self) -> None:
        """Look in whole entries, or in learning points again."""
        finder = self.query_one(Finder)
        self._where = "entries" if self._where == "learning" else "learning"
        finder.look_for("day" if self._where == "entries" else "learning point")

    def action_open(self) -> None:
        """Open the row under the cursor."""
        self.query_one(Finder).choose()

    def on_finder_chosen(self, event: Finder.Chosen) -> None:
        """Give the row."""
        self.dismiss(event.row)

    def action_back(self) -> None:
        """Back to the text."""
        self.dismiss(None)
