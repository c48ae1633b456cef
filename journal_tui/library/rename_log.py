"""The log of renamings of tags and people, from which a renaming can be undone or, if interrupted, finished.

Each renaming is a private file in the state folder, written completely before the first entry
changes. It has the edits that undo the renaming, not the texts, and digests that show which entries
were changed.
"""

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from journal_tui.errors import SaveError
from journal_tui.library.file_reader import read_plain
from journal_tui.library.private_files import replace_private, sync_folder

KEPT = 20
"""How many renamings can be undone."""
MAX_BYTES = 1 << 28
"""The most bytes that a file of the log may have."""
DONE, UNDONE = "done", "undone"
"""What can be noted of a renaming."""

Edits = Sequence[tuple[int, int, str]]
Step = tuple[str, str, str, Edits]
"""The fields of a `RenamedEntry`."""


class RenamedEntry(NamedTuple):
    """An entry of a renaming: its path, and the digests of its bytes before and after.

    `back` has the edits of the text after the renaming, as `(start, end, text)`, that undo it.
    """

    path: str
    before: str
    after: str
    back: Edits


class LoggedRename(NamedTuple):
    """A renaming: its number, both names with their signs, when it began, and its entries.

    `is_finished` is false if the renaming was interrupted before the last entry.
    """

    number: int
    old: str
    new: str
    when: str
    entries: Sequence[RenamedEntry]
    is_finished: bool


class RenameLog:
    """The renamings of one journal; `state` is its private folder."""

    def __init__(self, state: Path) -> None:
        self._folder = state / "renames"

    def latest(self) -> LoggedRename | None:
        """Return the latest renaming that wasn't undone; skip damaged files."""
        for number in reversed(self._numbers()):
            found = self._read(number)
            if found:
                return found
        return None

    def begin(self, old: str, new: str, when: str, steps: Iterable[Step]) -> int:
        """Record a renaming before it changes anything; return its number. Raise SaveError."""
        numbers = self._numbers()
        number = numbers[-1] + 1 if numbers else 1
        lines = [
            {"old": old, "new": new, "when": when},
            *(dict(zip(RenamedEntry._fields, step, strict=True)) for step in steps),
        ]
        data = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
        try:
            replace_private(self._file(number), data)
            sync_folder(str(self._folder))
        except OSError as error:
            why = error.strerror or error
            raise SaveError(
                f"Nothing was changed, because the way to undo it can't be saved in {self._folder}: {why}."
            ) from None
        for old_number in numbers[: max(0, len(numbers) - KEPT + 1)]:
            self.drop(old_number)
        return number

    def note(self, number: int, what: str) -> None:
        """Note DONE or UNDONE of a renaming; do nothing if the file can't be written."""
        with suppress(OSError):
            data, _ = read_plain(self._file(number), MAX_BYTES, follow=False)
            replace_private(self._file(number), data + f"{json.dumps(what)}\n".encode())

    def drop(self, number: int) -> None:
        """Delete a renaming from the log, if it can be deleted."""
        with suppress(OSError):
            self._file(number).unlink(missing_ok=True)

    def _file(self, number: int) -> Path:
        return self._folder / f"{number:06d}.jsonl"

    def _numbers(self) -> list[int]:
        try:
            names = os.listdir(self._folder)
        except OSError:
            return []
        stems = (name.removesuffix(".jsonl") for name in names if name.endswith(".jsonl"))
        return sorted(int(stem) for stem in stems if stem.isascii() and stem.isdigit())

    def _read(self, number: int) -> LoggedRename | None:
        """Return a renaming, or None if it was undone or its file is damaged."""
        try:
            data, _ = read_plain(self._file(number), MAX_BYTES, follow=False)
            first, *rest = data.decode().splitlines()
            notes = [note for note in (DONE, UNDONE) if json.dumps(note) in rest]
            entries = [_entry(json.loads(line)) for line in rest if line.startswith("{")]
            names = _names(json.loads(first))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if UNDONE in notes:
            return None
        return LoggedRename(number, *names, entries, DONE in notes)


def _names(stored: dict[str, Any]) -> tuple[str, str, str]:
    return str(stored["old"]), str(stored["new"]), str(stored["when"])


def _entry(stored: dict[str, Any]) -> RenamedEntry:
    back = tuple((int(start), int(end), str(text)) for start, end, text in stored["back"])
    return RenamedEntry(str(stored["path"]), str(stored["before"]), str(stored["after"]), back)
