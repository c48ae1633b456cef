"""The files of a day, its entry first, and what they are called in lists."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.app.write.day_header import title_of
from journal_tui.journal import DayFile
from journal_tui.period import long_date
from journal_tui.session import SaveState

if TYPE_CHECKING:
    from journal_tui.journal import Journal
    from journal_tui.session import EditSession


def files_of_day(journal: "Journal", day: date) -> list[DayFile]:
    """Return the entry of a day, even if it isn't written yet, and its notes; raise JournalError."""
    files = journal.notes(day)
    own = journal.path_of(day)
    if own is None:
        title = f"{long_date(day)} – nothing written yet"
        return [DayFile(journal.entries.new_path(day), title, False), *files]
    # What the index doesn't have yet is there all the same.
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
    """Return a name for each path: its title, with the file's name if there is none or several share it."""
    listed = [file.title.strip() for file in files]
    names = {}
    for (path, *_), title in zip(files, listed, strict=True):
        file = path.rpartition("/")[2].removesuffix(".md")
        is_unique = listed.count(title) == 1
        names[path] = (title if is_unique else f"{title} ({file})") if title else file
    return names
