"""The entry and the notes of the day in the side panel, by their titles."""

from collections.abc import Mapping

from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from journal_tui.app.widgets.cells import cut
from journal_tui.app.write.passage_list import PassageList, PassageRow
from journal_tui.entry.sanitize import one_line

MOST_ROWS = 6
_FRAME = 2


class NotesList(PassageList):
    """The files of a day that has notes; choosing one posts `Picked`. The open one is marked."""

    DEFAULT_CSS = """
    NotesList {
        width: 1fr;
        height: auto;
        min-height: 3;
        max-height: 8;
        display: none;
        &.-shown { display: block; }
    }
    """

    class Picked(Message):
        """Posted when the person chooses a file."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def __init__(self) -> None:
        super().__init__()
        self.border_title = Content("Notes")
        self._paths: list[str] = []
        self._opened = ""

    def show_notes(self, names: Mapping[str, str], opened: str) -> None:
        """Show other files, with the cursor on the open one; fewer than two aren't shown."""
        if (list(names), list(names.values()), opened) == (self._paths, self._texts, self._opened):
            return
        self._paths, self._opened = list(names), opened
        self.set_class(len(names) > 1, "-shown")
        self.set_texts(list(names.values()))
        if opened in self._paths:
            self.action_move(self._paths.index(opened))

    @property
    def outer_rows(self) -> int:
        """The rows that the list takes with its frame; 0 if it isn't shown."""
        return min(len(self._paths), MOST_ROWS) + _FRAME if self.has_class("-shown") else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return a row for each file."""
        return max(1, len(self._paths))

    def lay_out(self, width: int, height: int) -> list[PassageRow]:
        """Return a row for each file."""
        return [self._row(number, width) for number in range(len(self._paths))]

    def _row(self, number: int, width: int) -> PassageRow:
        is_open = self._paths[number] == self._opened
        title = cut(one_line(self._texts[number]), width - 2)
        mark = ("▸ ", "marker") if is_open else ("  ", "")
        return PassageRow(number, (mark, (title, "ago" if is_open else "")))

    def choose(self, number: int) -> None:
        """Post the path of a file."""
        self.post_message(self.Picked(self._paths[number]))
