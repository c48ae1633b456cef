"""The saved versions of entries, in the state folder.

For each entry, the latest twenty versions are kept, and ten older ones that are further apart in time.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from journal_tui.library.file_reader import decode, digest, encode, read_plain
from journal_tui.library.locks import is_alive
from journal_tui.library.private_files import private_folder, write_private

KEPT = 30
# This many of the newest versions are never deleted, however close together they were saved.
RECENT = 20
_NAME = re.compile(r"[0-9]{8}-[0-9]{8}T[0-9]{6}-[0-9a-f]{32}\.md")
_TIME = "%Y%m%dT%H%M%S"


class Version(NamedTuple):
    """A saved version of an entry; number 1 is the newest, `when` is the local time of its save."""

    number: int
    when: datetime
    file: Path
    digest: str

    def read(self) -> bytes:
        """Return the version's bytes. Raise OSError if they can't be read or are damaged."""
        data, _ = read_plain(self.file, follow=False)
        if digest(data) != self.digest:
            raise OSError(f"version {self.number} is damaged")
        return data

    def load(self) -> tuple[str, str]:
        """Return the version's text, and why it may not be edited ("" if it may be). Raise OSError."""
        return decode(self.read())


class History:
    """The versions of a journal's entries; each entry has a folder of its own in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _of(self, path: str) -> Path:
        """Return the folder of an entry's versions.

        It is named by a digest, because a path may be too long for a file's name.
        """
        return self._folder / digest(os.fsencode(path))

    def versions(self, path: str) -> list[Version]:
        """List the kept versions of the entry at a path, the newest first."""
        folder, found = self._of(path), []
        for number, (name, when) in enumerate(reversed(_versions(_names(folder))), 1):
            found.append(Version(number, when, folder / name, _digest(name)))
        return found

    def keep(self, path: str, data: bytes, now: datetime) -> None:
        """Add a version, unless it equals the newest one. Raise OSError."""
        self.keep_all(path, [data], now)

    def keep_text(self, path: str, text: str, now: datetime) -> None:
        """Add a text as a version, unless it equals the newest one. Raise OSError."""
        self.keep(path, encode(text), now)

    def keep_all(self, path: str, texts: Iterable[bytes], now: datetime) -> None:
        """Add several versions as `keep` does, the oldest first, but list the folder once. Raise OSError."""
        folder = self._of(path)
        names = _names(folder)
        _sweep(folder, names)
        kept = _versions(names)
        for data in texts:
            check = digest(data)
            if kept and _digest(kept[-1][0]) == check:
                continue
            # Numbers give the order, because the clock may be set back.
            number = int(kept[-1][0][:8]) + 1 if kept else 1
            name = f"{number:08d}-{now.strftime(_TIME)}-{check}.md"
            _write(folder, name, data)
            kept.append((name, now.replace(microsecond=0)))
        while len(kept) > KEPT:
            name, _ = kept.pop(_version_to_delete([when for _, when in kept]))
            (folder / name).unlink(missing_ok=True)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _versions(names: Iterable[str]) -> list[tuple[str, datetime]]:
    """Return the file names of versions with their times, the oldest first."""
    found = []
    for name in filter(_NAME.fullmatch, names):
        # strptime would be too slow, since every save waits for this.
        day, time = name[9:17], name[18:24]
        parts = (day[:4], day[4:6], day[6:], time[:2], time[2:4], time[4:])
        try:
            year, month, on, hour, minute, second = map(int, parts)
            found.append((name, datetime(year, month, on, hour, minute, second)))
        except ValueError:
            continue
    return sorted(found)


def _digest(name: str) -> str:
    return name[25:57]


def _sweep(folder: Path, names: Iterable[str]) -> None:
    """Delete the temporary files of processes that have ended; their texts are in the entries."""
    for name in names:
        process = name.removesuffix(".tmp").rpartition(".")[2]
        if name.endswith(".tmp") and not (process.isdecimal() and is_alive(int(process))):
            with suppress(OSError):
                (folder / name).unlink()


def _version_to_delete(times: list[datetime]) -> int:
    """Return the index of the version to delete: the one that was followed soonest by the next.

    `times` has the oldest first; the RECENT newest are never chosen. If the oldest were deleted
    instead, an autosave every few seconds would push out the versions of other days.
    """
    gaps = [abs((times[i + 1] - times[i]).total_seconds()) for i in range(len(times) - RECENT)]
    return gaps.index(min(gaps))


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a private file completely or not at all, so that no truncated version is offered."""
    temporary = folder / f"{name[:-3]}.{os.getpid()}.tmp"
    try:
        try:
            write_private(temporary, data, sync=False)
        except FileNotFoundError:
            private_folder(folder)
            write_private(temporary, data, sync=False)
        os.replace(temporary, folder / name)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
