"""The trash: deleted entries and discarded drafts, which can be restored for thirty days."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import SaveError, UnreadableEntry
from journal_tui.library.drafts import TRASH_DAYS, Draft, Drafts
from journal_tui.library.file_reader import decode, digest, read_bytes, read_plain
from journal_tui.library.locks import lock
from journal_tui.library.private_files import (
    new_private_folder,
    private_folder,
    sync_folder,
    write_private,
)

if TYPE_CHECKING:
    from journal_tui.library.library import Library, SaveResult

# The file beside a deleted entry has its path, the time, and little else.
LARGEST_NOTE = 1_000_000
_NOTE_FILE = "where.json"
_TIME = "%Y%m%dT%H%M%S"


class TrashItem(NamedTuple):
    """A deleted entry, or a discarded draft of an entry; `path` is the entry's path in the journal.

    Entries are numbered from 1, the last deleted first; then come the drafts, the last discarded
    first. `file` is the item's file in the trash, `deleted_day` the day of a deleted entry.
    """

    number: int
    when: datetime
    path: str
    file: Path
    draft: Draft | None = None
    deleted_day: date | None = None

    @property
    def day(self) -> date | None:
        """The day of the entry; None for a conflict copy."""
        return self.draft.day if self.draft else self.deleted_day

    def text(self) -> str:
        """Return the item's text. Raise OSError if it can't be read."""
        if self.draft:
            return self.draft.text
        return decode(read_plain(self.file, follow=False)[0])[0]


class Trash:
    """The deleted entries and discarded drafts of one journal.

    Entries are in the folder `deleted` of the journal's state folder; drafts are kept by `Drafts`.
    """

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._folder = library.state / "deleted"
        self._drafts = Drafts(library.state)

    def items(self) -> list[TrashItem]:
        """List the deleted entries, then the drafts whose text is neither in the entry nor its history."""
        found = list(self._entries())
        for when, draft in self._drafts.discarded():
            if not self._is_saved(draft):
                found.append(TrashItem(len(found) + 1, when, draft.path, draft.file, draft))
        return found

    def _entries(self) -> Iterator[TrashItem]:
        """Yield the deleted entries, the last deleted first."""
        found = []
        try:
            places = list(self._folder.iterdir())
        except OSError:
            places = []
        for place in places:
            try:
                note = json.loads(read_plain(place / _NOTE_FILE, LARGEST_NOTE, follow=False)[0])
                path, when = str(note["path"]), datetime.strptime(note["when"], _TIME)
                order = int(place.name.partition("-")[0])
            except (OSError, ValueError, KeyError, TypeError, RecursionError):
                continue
            file = place / "entry.md"
            # Not `is_file`, which raises if the folder can't be searched.
            if os.path.lexists(file):
                found.append((order, path, when, file))
        found.sort(reverse=True)
        for number, (_, path, when, file) in enumerate(found, 1):
            yield TrashItem(number, when, path, file, None, self._library.day_of(path))

    def _is_saved(self, draft: Draft) -> bool:
        # A draft may contain lone surrogates, which no file can.
        data = draft.text.encode("utf-8", "surrogatepass")
        versions = self._library.history.versions(draft.path)
        if digest(data) in {version.digest for version in versions}:
            return True
        try:
            return self._library.text(draft.path) == draft.text
        except (FileNotFoundError, UnreadableEntry):
            return False

    def delete(self, path: str, now: datetime) -> None:
        """Move an entry's file to the trash.

        Raise SaveError, with the file still in its place, or EntryError if the journal is a sample.
        """
        self._library.check_writable()
        with lock(self._library.state / "locks", path):
            try:
                self.take(self._library.absolute(path), path, now)
            except UnreadableEntry as error:
                raise SaveError(f"Nothing was deleted: {error}") from None
            except OSError as error:
                why = error.strerror or error
                raise SaveError(f"{path} cannot be moved to the trash ({why}).") from None

    def take(self, full: str, path: str, now: datetime) -> Path:
        """Move the file at `full` to the trash as the entry `path`; return its new path.

        The copy is on the disk before the file is deleted, so that one of them always exists. Raise
        OSError, or UnreadableEntry if it can't be an entry, with the file still in its place.
        """
        # Read before anything is created, so that an unreadable file leaves nothing in the trash.
        data, _ = read_bytes(full)
        self._sweep(now)
        private_folder(self._folder)
        order = max((int(p.name.partition("-")[0]) for p in self._numbered()), default=0) + 1
        place = self._folder / f"{order:08d}-{os.urandom(4).hex()}"
        new_private_folder(place)
        try:
            note = json.dumps({"path": path, "when": now.strftime(_TIME)})
            write_private(place / "entry.md", data)
            write_private(place / _NOTE_FILE, note.encode())
            sync_folder(str(place))
            sync_folder(str(self._folder))
            # Other programs don't take the lock.
            if read_bytes(full)[0] != data:
                raise OSError("it has just changed; try again")
            os.unlink(full)
        except (OSError, UnreadableEntry):
            # If another program has deleted the file in the meantime, this copy is the only one.
            if os.path.lexists(full):
                _remove(place)
            raise
        return place / "entry.md"

    def _numbered(self) -> list[Path]:
        return [p for p in self._folder.iterdir() if p.name.partition("-")[0].isdecimal()]

    def _sweep(self, now: datetime) -> None:
        for item in self._entries():
            if (now - item.when).days >= TRASH_DAYS:
                _remove(item.file.parent)

    def restore(self, item: TrashItem, now: datetime) -> "SaveResult":
        """Restore an item to its path and remove it from the trash.

        A draft is merged with changes made since, or saved in a file beside the entry. Raise
        SaveError, with nothing changed, if there is a file at the path of a deleted entry again.
        """
        if item.draft:
            saved = self._library.restore_draft(item.draft, now)
            if not saved.unconfirmed:
                # A draft that can't be deleted isn't listed again, because its text is saved.
                with suppress(OSError):
                    item.file.unlink(missing_ok=True)
            return saved
        saved = self._put_back(item, now)
        if not saved.unconfirmed:
            _remove(item.file.parent)
        return saved

    def _put_back(self, item: TrashItem, now: datetime) -> "SaveResult":
        """Restore an entry byte for byte, since it may not be UTF-8 text."""
        try:
            data, _ = read_plain(item.file, follow=False)
        except OSError as error:
            why = error.strerror or error
            raise SaveError(f"{item.path} cannot be read in the trash ({why}).") from None
        if self._library.stamp(item.path) is not None:
            raise SaveError(
                f"{item.path} has been written again. Delete the new entry first; it goes to the trash too."
            )
        return self._library.replace_bytes(item.path, data, None, now)


def _remove(place: Path) -> None:
    """Delete the folder of one item as far as possible."""
    # Not every call is covered by `ignore_errors`.
    with suppress(OSError):
        shutil.rmtree(place, ignore_errors=True)
