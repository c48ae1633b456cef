"""The files of a day, its entry first: their names, and the list of them in the side panel."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from journal_tui.app.widgets.cells import cut
from journal_tui.app.write.day_header import title_of
from journal_tui.app.write.passage_list import PassageList, PassageRow
from journal_tui.entry.sanitize import one_line
from journal_tui.journal import DayFile
from journal_tui.period import long_date
from journal_tui.session import SaveState

if TYPE_CHECKING:
    from journal_tui.journal import Journal
    from journal_tui.session import EditSession

MAX_ROWS = 6
_FRAME = 2


def files_of_day(journal: "Journal", day: date) -> list[DayFile]:
    """Return the entry of a day, even if it isn't written yet, and its notes.

    Raise JournalError if the index or the folder can't be read.
    """
    files = journal.day_files(day)
    own = journal.path_of(day)
    if own is None:
        title = f"{long_date(day)} – nothing written yet"
        return [DayFile(journal.entries.new_path(day), title, False), *files]
    # The day's own file exists even if the index doesn't have it yet.
    known = {file.path: file for file in files}
    first = known.pop(own, DayFile(own, "", False))
    return [first, *known.values()]


def with_open_file(files: Sequence[DayFile], session: "EditSession") -> list[DayFile]:
    """Return the files with the open one as it is on the page, even if it isn't saved yet."""
    path = session.path
    if session.state is SaveState.NEW and any(file.path == path for file in files):
        return list(files)
    is_note = session.journal.entries.is_note(path)
    file = path.rpartition("/")[2].removesuffix(".md")
    title = title_of(session.shown, "")
    opened = DayFile(path, title or file, is_note)
    found = [opened if it.path == path else it for it in files]
    return found if opened in found else [*found, opened]


def names_of_files(files: Sequence[DayFile]) -> dict[str, str]:
    """Return a name for each path: its title, or the file's name if it has none.

    Titles that several files share are followed by the file's name in brackets.
    """
    listed = [file.title.strip() for file in files]
    names = {}
    for (path, *_), title in zip(files, listed, strict=True):
        file = path.rpartition("/")[2].removesuffix(".md")
        is_unique = listed.count(title) == 1
        names[path] = (title if is_unique else f"{title} ({file})") if title else file
    return names


class NotesList(PassageList):
    """The files of a day that has notes, the open one marked; choosing one posts `Chosen`."""

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

    class Chosen(Message):
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
        """Show these files, with the cursor on the open one; hide the list for fewer than two."""
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
        return min(len(self._paths), MAX_ROWS) + _FRAME if self.has_class("-shown") else 0

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
        """Post `Chosen` with the path of a file."""
        self.post_message(self.Chosen(self._paths[number]))
