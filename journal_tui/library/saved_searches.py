"""Saved searches, which travel with the journal in journal.toml, and recent ones, which don't."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.errors import SettingsError, UneditableSettings
from journal_tui.library import config
from journal_tui.library.private_files import replace_private
from journal_tui.library.toml_file import content, quoted

if TYPE_CHECKING:
    from journal_tui.library.library import Library

TABLE = "queries"
RECENT, MOST, LONGEST = "searches", 200, 2_000
"""The file of recent searches, how many are kept, and how many characters one may have."""


class SavedSearches:
    """The searches of one journal that were saved by name, under [queries] in its journal.toml."""

    def __init__(self, library: "Library") -> None:
        self._library = library

    def all(self) -> Mapping[str, str]:
        """Return the searches by their names; none if journal.toml is broken."""
        try:
            return config.read(self._library.root).queries
        except SettingsError:
            return {}

    def save(self, name: str, query: str) -> str:
        """Save a search by name, with every other byte of the file kept; return a warning or "".

        Raise SettingsError or SaveError, with the file as it was.
        """
        file = self._library.config_file
        if config.read(self._library.root).queries.get(name) == query:
            return ""
        try:
            change = file.change(TABLE, name, query)
        except UneditableSettings:
            raise SettingsError(
                f"The search could not be saved. Add it to {file.path} yourself, under [{TABLE}]: "
                f"{quoted(name)} = …"
            ) from None
        self._library.reread_config()
        return change.warning if change else ""


class RecentSearches:
    """The latest searches of one journal, in a file of its state folder."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def all(self) -> list[str]:
        """Return the searches, newest last; a file that cannot be read counts as empty."""
        try:
            data = content(self._state / RECENT) or b""
        except SettingsError:
            return []
        lines = (" ".join(line.split()) for line in data.decode("utf-8", "replace").splitlines())
        kept = [line for line in lines if line and line.isprintable() and len(line) <= LONGEST]
        return kept[-MOST:]

    def remember(self, query: str) -> None:
        """Add a search as the newest one; do nothing if the file can't be written."""
        line = " ".join(query.split())
        if not line or not line.isprintable() or len(line) > LONGEST:
            return
        known = self.all()
        if known[-1:] == [line]:
            return
        lines = [*(other for other in known if other != line), line][-MOST:]
        data = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
        with suppress(OSError):
            replace_private(self._state / RECENT, data, sync=False)
