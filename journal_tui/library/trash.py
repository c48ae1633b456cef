"""Entries that were deleted, kept for thirty days where they can be brought back from."""

import json
import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from journal_tui.errors import UnreadableEntry
from journal_tui.library.privately import (
    new_private_folder,
    private_folder,
    sync_folder,
    write_private,
)
from journal_tui.library.reading import read_bytes, read_plain

TRASH_DAYS = 30
# Where an entry lay: a path, and little else.
LARGEST_NOTE = 1_000_000
_WHERE = "where.json"
_TIME = "%Y%m%dT%H%M%S"


class Trashed(NamedTuple):
    """A deleted entry: 1 is the one deleted last; `path` is where it lay below the journal."""

    number: int
    path: str
    when: datetime
    file: Path


class Trash:
    """The deleted entries of one journal, below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def listed(self) -> list[Trashed]:
        """What is there, the last deleted first."""
        found = []
        try:
            places = list(self._folder.iterdir())
        except OSError:
            places = []
        for place in places:
            try:
                said = json.loads(read_plain(place / _WHERE, LARGEST_NOTE, follow=False)[0])
                path, when = str(said["path"]), datetime.strptime(said["when"], _TIME)
                order = int(place.name.partition("-")[0])
            except (OSError, ValueError, KeyError, TypeError, RecursionError):
                continue
            file = place / "entry.md"
            # Not `is_file`, which raises where that cannot be told.
            if os.path.lexists(file):
                found.append((order, path, when, file))
        found.sort(reverse=True)
        return [
            Trashed(number, path, when, file)
            for number, (_, path, when, file) in enumerate(found, 1)
        ]

    def take(self, full: str, path: str, now: datetime) -> Path:
        """Move the file at `full`, the entry `path`, in here; gives its place.

        Raises OSError, and UnreadableEntry for what is no entry's file, with the file still there.

        The copy is on the disk before the file goes: at every moment there is at least one.
        """
        # Before anything is made: what cannot be read is never in the trash.
        data, _ = read_bytes(full)
        self._sweep(now)
        private_folder(self._folder)
        order = max((int(p.name.partition("-")[0]) for p in self._numbered()), default=0) + 1
        place = self._folder / f"{order:08d}-{os.urandom(4).hex()}"
        new_private_folder(place)
        try:
            said = json.dumps({"path": path, "when": now.strftime(_TIME)})
            write_private(place / "entry.md", data)
            write_private(place / _WHERE, said.encode())
            sync_folder(str(place))
            sync_folder(str(self._folder))
            # Other programs know of no lock.
            if read_bytes(full)[0] != data:
                raise OSError("it has just changed; try again")
            os.unlink(full)
        except (OSError, UnreadableEntry):
            # Where somebody else removed it meanwhile, this copy is all there is.
            if os.path.lexists(full):
                _remove(place)
            raise
        return place / "entry.md"

    def forget(self, trashed: Trashed) -> None:
        """Remove one for good, once it is back in its place."""
        _remove(trashed.file.parent)

    def _numbered(self) -> list[Path]:
        return [p for p in self._folder.iterdir() if p.name.partition("-")[0].isdecimal()]

    def _sweep(self, now: datetime) -> None:
        for trashed in self.listed():
            if (now - trashed.when).days >= TRASH_DAYS:
                self.forget(trashed)


def _remove(place: Path) -> None:
    """Remove one of the folders as far as that is possible."""
    # Not every call is covered by `ignore_errors`.
    with suppress(OSError):
        shutil.rmtree(place, ignore_errors=True)
