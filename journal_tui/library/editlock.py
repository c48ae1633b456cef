"""Who else has an entry open: a lock for each that its process holds, asked and never waited for."""

import os
from datetime import datetime
from pathlib import Path

from journal_tui.library.attributes import set_mode
from journal_tui.library.locking import take
from journal_tui.library.privately import private_folder
from journal_tui.library.reading import digest, open_plain

_TIME = "%Y-%m-%dT%H:%M"


class EditLock:
    """Says that the entry at `path` is open since `now`; it hinders nobody.

    `since` is when another window opened it, None where none has it open. The lock ends with
    `release`, or with the process.
    """

    def __init__(self, folder: Path, path: str, now: datetime) -> None:
        self.since: datetime | None = None
        self._handle: int | None = None
        try:
            private_folder(folder)
            # A fixed length: a path may be longer than the name of a file can be.
            file = folder / f"{digest(os.fsencode(path))}.open"
            # It stays: where it were removed, two windows might each lock a file of this name.
            handle, _ = open_plain(file, os.O_RDWR | os.O_CREAT, follow=False)
        except OSError:
            # Only a hint is missing then: saves are compared and merged all the same.
            return
        try:
            if take(handle):
                self._handle = handle
                set_mode(handle, 0o600)
                os.ftruncate(handle, 0)
                os.write(handle, now.strftime(_TIME).encode())
                return
            self.since = _time(os.read(handle, 32), now)
        except OSError:
            pass
        if self._handle is None:
            os.close(handle)

    def release(self) -> None:
        """The entry is not open here any more."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _time(written: bytes, now: datetime) -> datetime:
    """When it was opened; `now` where that is just being written."""
    try:
        return datetime.strptime(written.decode("ascii"), _TIME)
    except ValueError:
        return now
