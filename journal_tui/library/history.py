"""Earlier versions of entries: what was saved. Of each the last twenty are kept in the state folder,
and ten older ones, further apart.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from journal_tui.library.privately import private_folder, write_private
from journal_tui.library.reading import digest, read_plain
from journal_tui.library.temporary import is_alive

KEPT = 30
# Of these newest ones none is given up, however close together they were saved.
RECENT = 20
_NAME = re.compile(r"[0-9]{8}-[0-9]{8}T[0-9]{6}-[0-9a-f]{32}\.md")
_TIME = "%Y%m%dT%H%M%S"


class Version(NamedTuple):
    """One version of an entry: 1 is the newest; `when` is the local time of its save."""

    number: int
    when: datetime
    file: Path
    digest: str


class History:
    """The versions of all entries of one journal, below `folder`, a folder for each entry."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _of(self, path: str) -> Path:
        """Named by a digest: a path may be longer than a name, and hold what no name may."""
        return self._folder / digest(os.fsencode(path))

    def versions(self, path: str) -> list[Version]:
        """What is kept of the entry at a path below the journal, the newest first."""
        folder, found = self._of(path), []
        for number, (name, when) in enumerate(reversed(_versions(_names(folder))), 1):
            found.append(Version(number, when, folder / name, _digest(name)))
        return found

    def keep(self, path: str, data: bytes, now: datetime) -> None:
        """Keep one more version, unless it is the newest already. Raises OSError."""
        self.keep_all(path, [data], now)

    def keep_all(self, path: str, texts: Iterable[bytes], now: datetime) -> None:
        """Keep one version after the other, looking at what is there once. Raises OSError."""
        folder = self._of(path)
        names = _names(folder)
        _sweep(folder, names)
        kept = _versions(names)
        for data in texts:
            check = digest(data)
            if kept and _digest(kept[-1][0]) == check:
                continue
            # The numbers tell the order: a clock may be put back.
            number = int(kept[-1][0][:8]) + 1 if kept else 1
            name = f"{number:08d}-{now.strftime(_TIME)}-{check}.md"
            _write(folder, name, data)
            kept.append((name, now.replace(microsecond=0)))
        while len(kept) > KEPT:
            name, _ = kept.pop(_least_missed([when for _, when in kept]))
            (folder / name).unlink(missing_ok=True)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _versions(names: Iterable[str]) -> list[tuple[str, datetime]]:
    """The names of versions with their times, the oldest first."""
    found = []
    for name in filter(_NAME.fullmatch, names):
        # Each save waits for this, and strptime takes its time.
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
    """Remove what was being written by a process that is no more: its text went to the entry first."""
    for name in names:
        process = name.removesuffix(".tmp").rpartition(".")[2]
        if name.endswith(".tmp") and not (process.isdecimal() and is_alive(int(process))):
            with suppress(OSError):
                (folder / name).unlink()


def read(version: Version) -> bytes:
    """The bytes of a version. Raises OSError, also where they are not what was kept."""
    data, _ = read_plain(version.file, follow=False)
    if digest(data) != version.digest:
        raise OSError(f"version {version.number} is damaged")
    return data


def _least_missed(times: list[datetime]) -> int:
    """Which of these (oldest first) to give up: the one that the next followed soonest.

    An autosave every few seconds would otherwise push out the versions of other days.
    """
    gaps = [abs((times[i + 1] - times[i]).total_seconds()) for i in range(len(times) - RECENT)]
    return gaps.index(min(gaps))


def _write(folder: Path, name: str, data: bytes) -> None:
    """A whole private file or none: a version that was cut short would be offered as one."""
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
