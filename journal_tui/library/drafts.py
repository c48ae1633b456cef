"""What was typed and not yet saved: an append-only log of edits that outlives a crash."""

import json
import os
import sys
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from journal_tui.entry.edit import TextEdit, apply, smallest
from journal_tui.library.attributes import set_mode
from journal_tui.library.privately import private_folder
from journal_tui.library.reading import open_plain, read_plain
from journal_tui.period import iso_day

TRASH_DAYS = 30
# A log of more bytes is written again from its beginning, so that none has more than can be read.
MOST_LOGGED, LARGEST_LOG = 1 << 26, 1 << 28


class Draft(NamedTuple):
    """A draft left behind: which entry it belongs to, the digest of its file then, and its text.

    `base` is the text that the changes began with.
    """

    file: Path
    day: date
    path: str
    opened: str | None
    text: str
    base: str = ""


class DraftLog:
    """The log of one entry being edited; a file appears with the first change, mode 0600.

    The log is locked as long as its process lives, so that no other takes it for one left behind.
    """

    def __init__(self, folder: Path, day: date, path: str, opened: str | None, text: str) -> None:
        self._folder = folder
        self._head = {"day": day.isoformat(), "path": path, "opened": opened}
        self._base = self._text = text
        self._handle: int | None = None
        self._file = folder
        self._earlier: Path | None = None
        self._length = 0
        self._synced = True

    def record(self, text: str) -> None:
        """Append what changed since the last record, at once. Raises OSError when it cannot."""
        if text == self._text:
            return
        if self._is_removed():
            # What goes there is for nobody.
            self._close()
        if self._handle is not None and self._length > MOST_LOGGED:
            # The one until now stays until the disk has the other.
            self._drop_earlier()
            self._earlier = self._file
            self._close()
        if self._handle is None:
            self._open()
        if not self._length:
            self._append(self._head | {"text": self._base})
            self._text = self._base
        for edit in smallest(self._text, text):
            self._append(list(edit))
        self._text = text
        self._synced = False

    def _is_removed(self) -> bool:
        return self._handle is not None and not os.fstat(self._handle).st_nlink

    def _open(self) -> None:
        private_folder(self._folder)
        # A name of its own each time: no draft that waits to be looked at is written over.
        self._file = self._folder / f"{self._head['day']}-{os.urandom(6).hex()}.log"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND
        flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        self._handle = os.open(self._file, flags, 0o600)
        self._length = 0
        set_mode(self._handle, 0o600)
        _lock(self._handle)

    def _append(self, record: object) -> None:
        body = json.dumps(record).encode()
        line = b"%08x %s\n" % (zlib.crc32(body), body)
        handle = self._handle
        assert handle is not None
        position = 0
        try:
            while position < len(line):
                position += os.write(handle, line[position:])
        except OSError:
            # Half a record would end the log for all that is typed after it.
            try:
                os.ftruncate(handle, self._length)
            except OSError:
                # What comes goes into another log, which has all from the beginning.
                self._close()
            raise
        self._length += len(line)

    def sync(self) -> None:
        """Ask the disk to keep what was appended; called at most a second after a change."""
        if self._is_removed():
            text, self._text = self._text, self._base
            self.record(text)
        if self._handle is not None and not self._synced:
            getattr(os, "fdatasync", os.fsync)(self._handle)
            self._synced = True
            self._drop_earlier()

    def clear(self) -> None:
        """The text is saved: the draft is not needed any more."""
        self._close()
        self._drop_earlier()
        if self._file != self._folder:
            self._file.unlink(missing_ok=True)

    def _drop_earlier(self) -> None:
        if self._earlier is not None:
            self._earlier.unlink(missing_ok=True)
            self._earlier = None

    def close(self) -> None:
        """Leave the draft for the next start."""
        if self._handle is not None:
            try:
                self.sync()
            finally:
                self._close()

    def _close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def read(file: Path) -> Draft | None:
    """The draft that a log holds, up to its first damaged record; None where even the head is."""
    try:
        lines = read_plain(file, LARGEST_LOG, follow=False)[0].split(b"\n")
    except OSError:
        return None
    head = _record(lines[0])
    if not isinstance(head, dict):
        return None
    day = iso_day(str(head.get("day")))
    text = head.get("text")
    if day is None or not isinstance(text, str):
        return None
    base = text
    for line in lines[1:]:
        edit = _record(line)
        if not isinstance(edit, list):
            break
        try:
            text = apply(text, [TextEdit(*edit)])
        except (TypeError, ValueError):
            break
    opened = head.get("opened")
    opened = opened if isinstance(opened, str) else None
    return Draft(file, day, str(head.get("path")), opened, text, base)


def _record(line: bytes) -> object:
    check, _, body = line.partition(b" ")
    try:
        return json.loads(body) if int(check, 16) == zlib.crc32(body) else None
    except ValueError:
        return None


def left_behind(folder: Path) -> list[Draft]:
    """The drafts of processes that are no more, oldest first."""
    files = []
    for file in logs(folder):
        try:
            files.append((file.stat().st_mtime_ns, file))
        except OSError:
            continue
    drafts = [read(file) for _, file in sorted(files) if not _is_held(file)]
    return [draft for draft in drafts if draft is not None]


def logs(folder: Path) -> list[Path]:
    """The logs in a folder; none where it cannot be looked into."""
    try:
        return list(folder.glob("*.log"))
    except OSError:
        # Python 3.11 looks first whether it is a folder, and raises what that ends with.
        return []


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        """Nothing to do: an open file cannot be renamed."""

    def _is_held(file: Path) -> bool:
        try:
            os.rename(file, file)
        except PermissionError:
            return True
        except OSError:
            return False
        return False

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Hold the file until it is closed, by its process or by the end of it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            # Some network file systems know no locks; the draft is then offered once too often.
            pass

    def _is_held(file: Path) -> bool:
        """Whether a living process writes this log."""
        try:
            log, _ = open_plain(file, follow=False)
            try:
                fcntl.flock(log, fcntl.LOCK_SH | fcntl.LOCK_NB)
            finally:
                os.close(log)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False


def discard(draft: Draft, trash: Path) -> Path:
    """Move a draft to the trash, where it is kept for 30 days; gives its place there."""
    private_folder(trash)
    target = trash / draft.file.name
    os.replace(draft.file, target)
    # Its days in the trash count from now on, not from when it was typed.
    os.utime(target)
    _sweep(trash, target.stat().st_mtime - TRASH_DAYS * 86_400)
    return target


def discarded(trash: Path) -> list[tuple[datetime, Draft]]:
    """The drafts in the trash with the local time when they were discarded, the latest first."""
    found = []
    for file in logs(trash):
        try:
            when = file.stat().st_mtime
        except OSError:
            continue
        draft = read(file)
        if draft is not None:
            found.append((when, draft))
    found.sort(key=lambda one: one[0], reverse=True)
    return [(datetime.fromtimestamp(when), draft) for when, draft in found]


def _sweep(trash: Path, before: float) -> None:
    for file in logs(trash):
        try:
            if file.stat().st_mtime < before:
                file.unlink()
        except OSError:
            continue
