"""Earlier versions of entries: what was saved, kept in the state folder, the last twenty of each."""

import os
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from journal_tui.library.reading import digest
from journal_tui.library.writing import write_private

KEPT = 20
# Of these newest ones none is given up, however close together they were saved.
RECENT = 10
_NAME = re.compile(r"([0-9]{8})-([0-9]{8}T[0-9]{6})-([0-9a-f]{32})\.md")
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
        found = []
        for number, (_, when, check, file) in enumerate(reversed(self._listed(path)), 1):
            found.append(Version(number, when, file, check))
        return found

    def _listed(self, path: str) -> list[tuple[int, datetime, str, Path]]:
        """Sequence number, time, digest and file of each version, the oldest first."""
        folder = self._of(path)
        try:
            names = os.listdir(folder)
        except OSError:
            return []
        found = []
        for name in names:
            if not (match := _NAME.fullmatch(name)):
                continue
            try:
                when = datetime.strptime(match[2], _TIME)
            except ValueError:
                continue
            found.append((int(match[1]), when, match[3], folder / name))
        return sorted(found)

    def keep(self, path: str, data: bytes, now: datetime) -> None:
        """Keep one more version, unless it is the newest already. Raises OSError."""
        listed = self._listed(path)
        check = digest(data)
        if listed and listed[-1][2] == check:
            return
        folder = self._of(path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The numbers tell the order: a clock may be put back.
        number = listed[-1][0] + 1 if listed else 1
        file = folder / f"{number:08d}-{now.strftime(_TIME)}-{check}.md"
        _write(file, data)
        listed.append((number, now.replace(microsecond=0), check, file))
        while len(listed) > KEPT:
            listed.pop(_least_missed([when for _, when, _, _ in listed]))[3].unlink(missing_ok=True)


def read(version: Version) -> bytes:
    """The bytes of a version. Raises OSError, also where they are not what was kept."""
    data = version.file.read_bytes()
    if digest(data) != version.digest:
        raise OSError(f"version {version.number} is damaged")
    return data


def _least_missed(times: list[datetime]) -> int:
    """Which of these (oldest first) to give up: the one that the next followed soonest.

    An autosave every few seconds would otherwise push out the versions of other days.
    """
    gaps = [abs((times[i + 1] - times[i]).total_seconds()) for i in range(len(times) - RECENT)]
    return gaps.index(min(gaps))


def _write(file: Path, data: bytes) -> None:
    """A whole private file or none: a version that was cut short would be offered as one."""
    temporary = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        write_private(temporary, data, sync=False)
        os.replace(temporary, file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
