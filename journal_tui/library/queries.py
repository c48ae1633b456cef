"""Searches to come back to: those saved by name travel in journal.toml, the latest ones do not."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.errors import SaveError, SettingsError
from journal_tui.library import config
from journal_tui.library.privately import private_folder, write_private

if TYPE_CHECKING:
    from journal_tui.library.library import Library

TABLE = "queries"
HISTORY = "searches"
MOST = 200
LONGEST = 2_000
"""Characters of a search that is kept."""


def saved(library: "Library") -> Mapping[str, str]:
    """The saved searches by their names, as journal.toml has them now; none for a broken one."""
    try:
        return config.read(library.root).queries
    except SettingsError:
        return {}


def save(library: "Library", name: str, query: str) -> str:
    """Set a saved search in journal.toml, every other byte as it was; gives a warning or "".

    Raises SettingsError or SaveError, with the file as it was.
    """
    from journal_tui.library import reading, writing

    path, real = library.root / config.FILE, library.real(config.FILE)
    by_hand = f"Add it to {path} yourself, under [{TABLE}]: {config.quoted(name)} = …"
    with writing.lock(library.state / "locks", config.FILE):
        if config.read(library.root).queries.get(name) == query:
            return ""
        data = config.content(path)
        try:
            edited = config.set_text((data or b"").decode(), TABLE, name, query).encode()
        except ValueError:
            raise SettingsError(f"The search could not be saved. {by_hand}") from None
        opened = None if data is None else reading.digest(data)
        try:
            warning = writing.write(real, edited, opened).warning
        except writing.Changed:
            raise SaveError(f"{config.FILE} has just changed. Save the search again.") from None
    # What was read from the file before is no longer what it says.
    library.__dict__.pop("config", None)
    return warning


def history(state: Path) -> list[str]:
    """The latest searches, newest last; a file that cannot be read counts as empty."""
    try:
        data = config.content(state / HISTORY) or b""
    except SettingsError:
        return []
    lines = (" ".join(line.split()) for line in data.decode("utf-8", "replace").splitlines())
    return [line for line in lines if line and line.isprintable() and len(line) <= LONGEST][-MOST:]


def remember(state: Path, query: str) -> None:
    """Put a search at the end of the history; a file that cannot be written is left alone."""
    line = " ".join(query.split())
    if not line or not line.isprintable() or len(line) > LONGEST:
        return
    known = history(state)
    if known[-1:] == [line]:
        return
    lines = [*(other for other in known if other != line), line][-MOST:]
    temporary = state / f".{HISTORY}.{os.getpid()}"
    try:
        private_folder(state)
        temporary.unlink(missing_ok=True)
        data = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
        write_private(temporary, data, sync=False)
        os.replace(temporary, state / HISTORY)
    except OSError:
        pass
