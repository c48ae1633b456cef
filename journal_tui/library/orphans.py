"""Temporary files of interrupted saves, which become drafts if nothing else has their text."""

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.errors import UnreadableEntry
from journal_tui.library import naming
from journal_tui.library.atomic_write import day_of_temporary, is_abandoned
from journal_tui.library.drafts import Drafts
from journal_tui.library.file_reader import decode, digest, read_bytes, read_plain
from journal_tui.library.trash import Trash
from journal_tui.period import iso_day

if TYPE_CHECKING:
    from journal_tui.library.library import Library

DRAFT = "its text is kept as a draft; open the app to restore it"
TRASH = "moved to the trash"
KNOWN = "removed, because its text is kept elsewhere"
"""What was done with a file, as the end of a sentence."""


class Orphans:
    """The temporary files that ended processes left in one journal."""

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._drafts = Drafts(library.state)

    def clear_all(self, now: datetime) -> int:
        """Clear all temporary files away; return how many became drafts.

        A text that isn't kept elsewhere becomes a draft, which the next start offers to restore. A
        file that isn't text goes to the trash. One that is empty, or has only the beginning of the
        saved entry, a version or a draft, is deleted.
        """
        count = 0
        for folder, folders, names in os.walk(self._library.root):
            prefix = folder[len(str(self._library.root)) + 1 :]
            prefix = f"{Path(prefix).as_posix()}/" if prefix else ""
            folders[:] = [f for f in folders if not naming.is_left_out_folder(f"{prefix}{f}/")]
            for name in names:
                if name[0] == "." and day_of_temporary(name) is not None:
                    with suppress(OSError):
                        count += self.clear(os.path.join(folder, name), now) == DRAFT
        return count

    def clear(self, full: str, now: datetime) -> str:
        """Clear one file away; return DRAFT, TRASH or KNOWN, or "" if it was left. Raise OSError."""
        folder, name = os.path.split(full)
        day = iso_day(day_of_temporary(name) or "")
        if day is None or not is_orphan(full):
            return ""
        try:
            data, _ = read_bytes(full)
        except UnreadableEntry:
            return ""
        text, read_only_reason = decode(data)
        below = os.path.relpath(folder, self._library.root)
        prefix = "" if below == "." else f"{Path(below).as_posix()}/"
        if read_only_reason:
            Trash(self._library).take(full, prefix + name, now)
            return TRASH
        path = self._path(prefix, day, text)
        is_draft = not self._is_known(path, data)
        if is_draft:
            self._keep_draft(path, day, text)
        os.unlink(full)
        return DRAFT if is_draft else KNOWN

    def _path(self, prefix: str, day: date, text: str) -> str:
        """Return the path of the day's file in a folder that shares most lines with the text, or a new path.

        `prefix` is the folder's path in the journal, with `/` at the end, or "".
        """
        library = self._library
        lines = set(text.split("\n"))
        names = os.listdir(library.absolute(prefix))
        paths = [prefix + name for name in names if library.day_of(prefix + name) == day]

        def shared_lines(path: str) -> int:
            try:
                return len(lines & set(library.text(path).split("\n")))
            except (OSError, UnreadableEntry):
                return -1

        new = library.new_path(day)
        if new.rpartition("/")[0] != prefix[:-1]:
            new = f"{prefix}{day.isoformat()}.md"
        paths.sort(key=library.importance_key)
        return max(paths, key=shared_lines, default=new)

    def _is_known(self, path: str, data: bytes) -> bool:
        """Return whether the saved entry, a version or a draft begins with these bytes."""
        if not data.strip():
            return True
        with suppress(OSError, UnreadableEntry):
            if read_bytes(self._library.absolute(path))[0].startswith(data):
                return True
        for version in self._library.history.versions(path):
            with suppress(OSError):
                if read_plain(version.file, follow=False)[0].startswith(data):
                    return True
        return any(
            draft.path == path and draft.text.encode("utf-8", "replace").startswith(data)
            for draft in self._drafts.all()
        )

    def _keep_draft(self, path: str, day: date, text: str) -> None:
        base, expected_digest = "", None
        with suppress(FileNotFoundError, UnreadableEntry):
            data, _ = read_bytes(self._library.absolute(path))
            base, expected_digest = decode(data)[0], digest(data)
        log = self._drafts.log(day, path, expected_digest, base)
        log.record(text)
        log.close()


def is_orphan(full: str) -> bool:
    """Return whether a file is left over from an entry's interrupted save. Raise OSError."""
    name = os.path.basename(full)
    # The temporary file of journal.toml has no day, and isn't an entry.
    day = iso_day(day_of_temporary(name) or "")
    return day is not None and is_abandoned(name, os.lstat(full).st_mtime)
