"""Helpers that the tests of saving share."""

from datetime import datetime
from pathlib import Path

from journal_tui.library.library import Library, SaveResult

NOW = datetime(2014, 10, 6, 14, 32, 5)
PATH = "2014/2014-10-06.md"
OLD = "# Day\n\nold prose\n\n## Learning points\n\n- one\n"


def save(library: Library, text: str, path: str = PATH) -> SaveResult:
    """Open the entry at a path, or a new one, and save it with this text."""
    try:
        opened = library.load(path)
    except FileNotFoundError:
        opened = None
    return library.save(path, text, opened, opened.text if opened else "", NOW)


def names(root: Path) -> list[str]:
    """List the paths of all files of the journal, including hidden ones."""
    return sorted(file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())
